import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['promotion_use'],
  pages: ['/promotions/coupons', '/promotions/uses'],
}
