import { day, entity, fixed, integer, money, oneOf, optional, quantity, readonly, ref, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'
import { priceUnits } from '#kit/quantity.ts'

/** Prices that differ from the variant's own: at a place, for a customer group, between two days. The higher priority wins. */
export const priceList = entity('catalog_price_list', {
  name: 'catalog.priceList',
  path: '/catalog/price-lists',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    place: optional(ref('place')),
    customerGroup: optional(text({ max: 60 })),
    validFrom: optional(day()),
    validTo: optional(day()),
    priority: { ...integer({ min: 0, max: 1000 }), initial: 0 },
  },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.price.edit',
    import: 'catalog.price.edit',
    export: 'catalog.product.export',
  },
  list: ['name', 'place', 'customerGroup', 'validFrom', 'validTo', 'priority'],
  sort: ['name', 'priority'],
  filters: ['place'],
  search: ['name'],
  title: 'name',
  naturalKey: ['name'],
  // Whoever sets prices at one place sets none for another one, and none that all share.
  scope: { place: 'place', shared: true },
  archive: true,
})

export const price = entity('catalog_price', {
  name: 'catalog.price',
  path: '/catalog/prices',
  fields: {
    id: readonly(uid()),
    priceList: fixed(ref('catalog_price_list')),
    variant: ref('catalog_variant'),
    minQuantity: { ...quantity(), initial: '0' },
    price: money({ per: 'priceUnit' }),
    // Its article's.
    priceUnit: readonly(oneOf(priceUnits)),
  },
  can: {
    read: 'catalog.product.read',
    write: 'catalog.price.edit',
    import: 'catalog.price.edit',
    export: 'catalog.product.export',
  },
  list: ['priceList', 'variant', 'minQuantity', 'price'],
  sort: ['price', '-id'],
  filters: ['priceList', 'variant', 'price'],
  title: 'variant',
  naturalKey: ['priceList', 'variant', 'minQuantity'],
  scope: { within: 'priceList' },
})

export const PriceProblem = problems('catalog.price', {
  isOver: { status: 422, say: 'This price held until {day}, so it was left out.' },
  notYet: {
    status: 422,
    say: 'This price holds from {day} only. Bring it then, or now into a price list that begins on that day.',
  },
  endsLater: {
    status: 422,
    say: 'This price ends on {day} in the file, and does not end by itself here. Give its price list that day, or change it then.',
  },
  badPeriod: { status: 422, say: 'A price list can’t end before it begins.' },
})
