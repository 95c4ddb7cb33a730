import { entity, instant, integer, money, optional, readonly, ref, text, uid } from '#kit/entity.ts'

/** What a promotion gave in a document; below zero where that was taken back. */
export const use = entity('promotion_use', {
  name: 'promotions.use',
  path: '/promotions/uses',
  fields: {
    id: readonly(uid()),
    usedAt: readonly(instant()),
    promotion: readonly(ref('promotion')),
    ruleVersion: readonly(integer()),
    number: readonly(text({ max: 40 })),
    place: readonly(ref('place')),
    customer: readonly(optional(ref('party'))),
    coupon: readonly(optional(ref('promotion_coupon'))),
    amount: readonly(money({ min: -10_000_000_000_000n })),
  },
  can: { read: 'promotions.promotion.read', export: 'promotions.promotion.export' },
  list: ['usedAt', 'promotion', 'number', 'amount', 'coupon', 'customer', 'place'],
  sort: ['-usedAt', 'amount'],
  filters: ['promotion', 'usedAt', 'place', 'customer'],
  sums: ['amount'],
  search: ['number'],
  title: 'number',
  scope: { place: 'place' },
})
