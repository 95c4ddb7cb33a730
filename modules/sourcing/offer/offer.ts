import { entity, fixed, integer, money, optional, quantity, readonly, ref, seenBy, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** What a supplier calls an article, what it costs there without tax, in what packs it comes, and how long it takes. */
export const offer = entity('sourcing_offer', {
  name: 'sourcing.offer',
  path: '/sourcing/offers',
  fields: {
    id: readonly(uid()),
    supplier: fixed(ref('party', { roles: 'supplier' })),
    variant: fixed(ref('catalog_variant')),
    code: optional(text({ max: 60 })),
    price: optional(seenBy('catalog.cost.read', money())),
    pack: optional(quantity({ min: 1n })),
    least: optional(quantity({ min: 1n })),
    leadDays: optional(integer({ max: 365 })),
  },
  can: {
    read: 'sourcing.purchase.read',
    write: 'sourcing.offer.edit',
    import: 'sourcing.offer.edit',
    export: 'sourcing.purchase.export',
  },
  list: ['supplier', 'variant', 'code', 'price', 'pack', 'leadDays'],
  sort: ['-id', 'price'],
  filters: ['supplier', 'variant'],
  search: ['code'],
  title: 'variant',
  naturalKey: ['supplier', 'variant'],
  archive: true,
})

export const OfferProblem = problems('sourcing.offer', {
  noSupplier: { status: 422, say: '{name} is no supplier yet. Open their page and add the role “supplier”.' },
})
