import { entity, instant, longText, optional, readonly, text, uid } from '#kit/entity.ts'

/** People who work together; each belongs to one team at most. Who leads a team sees what its people make, where a role says so. */
export const team = entity('access_team', {
  name: 'access.team',
  path: '/teams',
  fields: {
    id: readonly(uid()),
    name: text({ max: 80 }),
    note: optional(longText({ max: 400 })),
    createdAt: readonly(instant()),
  },
  can: { read: 'access.user.read', write: 'access.user.edit', export: 'access.user.export' },
  list: ['name', 'note', 'createdAt'],
  sort: ['name', '-createdAt'],
  search: ['name'],
  title: 'name',
  naturalKey: ['name'],
  archive: true,
})
