import { day, entity, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** Goods of one article that were made together and expire together. Made when goods are taken in; only its date is mended. */
export const lot = entity('inventory_lot', {
  name: 'inventory.lot',
  path: '/inventory/lots',
  fields: {
    id: readonly(uid()),
    variant: readonly(ref('catalog_variant')),
    code: readonly(text({ max: 60 })),
    expiresOn: optional(day()),
  },
  can: { read: 'inventory.stock.read', write: 'inventory.stock.adjust', export: 'inventory.stock.export' },
  list: ['code', 'variant', 'expiresOn'],
  sort: ['-id', 'code', 'expiresOn'],
  filters: ['variant', 'expiresOn'],
  search: ['code'],
  title: 'code',
})

export const LotProblem = problems('inventory.lot', {
  unknown: { status: 422, say: 'There is no lot {lot} of these goods. Choose one of their lots.' },
  otherDate: {
    status: 409,
    say: 'Lot {lot} is known with another date ({date}). Use that date, or mend it on the page of the lot first.',
  },
  elsewhere: {
    status: 403,
    say: 'Goods of this lot lie at another place too. Ask somebody who may correct stock there as well.',
  },
})
