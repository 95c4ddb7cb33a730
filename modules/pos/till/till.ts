import { entity, fixed, readonly, ref, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** A till sells from one location and has one drawer, which is an account of the money ledger. */
export const till = entity('pos_till', {
  name: 'pos.till',
  path: '/pos/tills',
  fields: {
    id: readonly(uid()),
    name: text({ max: 60 }),
    // It stands in every number that the till has given.
    code: fixed(text({ max: 8 })),
    place: fixed(ref('place')),
    location: ref('inventory_location'),
    drawer: readonly(ref('ledger_account')),
  },
  can: { read: 'pos.till.read', write: 'pos.till.edit', export: 'pos.sale.export' },
  list: ['name', 'code', 'place', 'location'],
  sort: ['name', 'code'],
  filters: ['place'],
  search: ['name', 'code'],
  title: 'name',
  naturalKey: ['code'],
  scope: { place: 'place' },
  archive: true,
})

export const TillProblem = problems('pos.till', {
  noShift: { status: 409, say: 'This till is not open. Open it with its float first.' },
  elsewhere: { status: 422, say: 'The stock location must belong to the same store as the till.' },
  isOpen: { status: 409, say: 'This till is open. Count and close it first.' },
  sells: { status: 409, say: 'A till sells from this location. Give the till another one first.' },
  badCode: { status: 422, say: 'A till’s code has one to eight capital letters or digits.' },
})
