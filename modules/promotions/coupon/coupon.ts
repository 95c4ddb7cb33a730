import { entity, instant, optional, readonly, ref, text, uid } from '#kit/entity.ts'

/** A code that is used once. It is made by its promotion and by nobody's hand. */
export const coupon = entity('promotion_coupon', {
  name: 'promotions.coupon',
  path: '/promotions/coupons',
  fields: {
    id: readonly(uid()),
    code: readonly(text({ max: 8 })),
    promotion: readonly(ref('promotion')),
    madeAt: readonly(instant()),
    usedAt: readonly(optional(instant())),
    usedNumber: readonly(optional(text({ max: 40 }))),
  },
  can: { read: 'promotions.promotion.read', export: 'promotions.promotion.export' },
  list: ['code', 'promotion', 'madeAt', 'usedAt', 'usedNumber'],
  sort: ['-madeAt', 'code'],
  filters: ['promotion', 'usedAt'],
  search: ['code'],
  title: 'code',
  scope: { within: 'promotion' },
})
