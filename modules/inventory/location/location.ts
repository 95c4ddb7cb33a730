import { entity, fixed, flag, oneOf, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** Where goods can be. Storage belongs to a place; customers, suppliers and losses are locations without one. */
export const location = entity('inventory_location', {
  name: 'inventory.location',
  path: '/inventory/locations',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    code: text({ max: 40 }),
    kind: readonly(oneOf(['storage', 'customer', 'supplier', 'loss', 'opening', 'transit'])),
    place: fixed(optional(ref('place'))),
    allowsNegative: flag(false),
    /** What lies there: goods for sale, or those that came damaged. */
    holds: readonly(oneOf(['goods', 'damaged'])),
  },
  can: { read: 'inventory.stock.read', write: 'inventory.location.edit', export: 'inventory.stock.export' },
  list: ['name', 'code', 'kind', 'place', 'allowsNegative'],
  sort: ['name', 'code'],
  filters: ['kind', 'place'],
  search: ['name', 'code'],
  title: 'name',
  seeded: 'location',
  naturalKey: ['code'],
  scope: { place: 'place' },
  archive: true,
  custom: true,
})

export const LocationProblem = problems('inventory.location', {
  unknown: { status: 404, say: 'There is no such stock location, or you may not use it.' },
  holdsStock: { status: 409, say: 'There are goods at this location. Move or write them off first.' },
  ours: { status: 409, say: 'The books rest on this location. It stays.' },
})
