import { z } from 'zod'
import { entity, instant, json, optional, readonly, text, uid } from '#kit/entity.ts'

/** What people did that changed nothing: signing in, failing to, asking for what is not theirs. */
export const activity = entity('activity', {
  name: 'access.activity',
  path: '/activity',
  fields: {
    id: readonly(uid()),
    at: readonly(instant()),
    kind: readonly(text({ max: 80 })),
    actor: readonly(optional(uid())),
    actorName: readonly(text({ max: 200 })),
    aboutTable: readonly(optional(text({ max: 60 }))),
    about: readonly(optional(uid())),
    facts: readonly(json(z.record(z.string(), z.unknown()))),
    address: readonly(optional(text({ max: 60 }))),
    device: readonly(optional(text({ max: 300 }))),
  },
  can: { read: 'access.audit.read', export: 'access.audit.export' },
  list: ['at', 'kind', 'actorName', 'address', 'device'],
  sort: ['-at'],
  filters: ['kind', 'at'],
  search: ['actorName', 'address'],
  title: 'kind',
  // Who looks after some places sees what they did themselves.
  scope: { own: 'actor' },
})
