import { entity, hour, integer, longText, oneOf, optional, phone, sealed, text, uid, readonly } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

/** A place is where business is done: it has a clock (time zone and cut-off) and owns locations, tills and drawers. */
export const place = entity('place', {
  name: 'places.place',
  path: '/places',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    code: text({ max: 8 }),
    kind: oneOf(['store', 'warehouse']),
    timeZone: text({ max: 60 }),
    cutOffHour: hour({ max: 12 }),
    phone: optional(sealed(phone())),
    address: optional(longText({ max: 400 })),
    taxNumber: optional(text({ max: 40 })),
    receiptNote: optional(longText({ max: 400 })),
    /** For how many days goods are taken back here. */
    returnDays: optional(integer({ min: 0, max: 3650 })),
  },
  can: { read: 'places.place.read', write: 'places.place.edit', export: 'places.place.export' },
  list: ['name', 'code', 'kind', 'timeZone', 'cutOffHour'],
  sort: ['name', 'code'],
  filters: ['kind'],
  search: ['name', 'code'],
  title: 'name',
  naturalKey: ['code'],
  scope: { place: 'id' },
  archive: true,
  custom: true,
})

export const PlaceProblem = problems('places.place', {
  badTimeZone: { status: 422, say: '{zone} is not a time zone. Choose one from the list.' },
  badCode: { status: 422, say: 'A code has one to eight capital letters or digits.' },
})
