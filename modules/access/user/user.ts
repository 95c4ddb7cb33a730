import { z } from 'zod'
import {
  emailText,
  entity,
  findable,
  instant,
  locale,
  oneOf,
  optional,
  personal,
  readonly,
  ref,
  text,
  texts,
  uid,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** A user signs in. Disabling ends every session at once; nobody is deleted, because the trail names them. */
export const userLife = machine('active', {
  disable: { from: ['active'], to: 'disabled', can: 'access.user.edit' },
  enable: { from: ['disabled'], to: 'active', can: 'access.user.edit' },
})

export const user = entity('access_user', {
  name: 'access.user',
  path: '/users',
  fields: {
    id: readonly(uid()),
    name: text({ max: 120 }),
    email: readonly(findable(personal('access.user.read', emailText()))),
    phones: findable(personal('access.user.read', { ...texts({ max: 5, each: 24 }), initial: [] })),
    state: readonly(oneOf(userLife.states)),
    locale: locale(),
    team: optional(ref('access_team')),
    lastSeenAt: readonly(optional(instant())),
    createdAt: readonly(instant()),
    erasedAt: readonly(optional(instant())),
  },
  can: { read: 'access.user.read', write: 'access.user.edit', export: 'access.user.export' },
  list: ['name', 'email', 'team', 'state', 'lastSeenAt'],
  sort: ['name', 'createdAt'],
  filters: ['state', 'team'],
  search: ['name', 'email', 'phones'],
  title: 'name',
  life: userLife,
  reasoned: true,
  trailed: { roles: { place: 'place', seller: 'party' }, photo: {}, codePhone: {}, held: {} },
})

export const userChanged = event('access.user.changed', 'access.user.read', z.object({ user: z.uuid() }), { rightsOf: 'user' })

export const UserProblem = problems('access.user', {
  lastOwner: { status: 409, say: 'This is the last owner. Make somebody else an owner first.' },
  notYourself: { status: 409, say: 'You can’t change your own roles or disable yourself. Ask another owner.' },
  beyondYours: { status: 403, say: 'You can only give and take rights that you hold yourself, where you hold them.' },
  erased: { status: 409, say: 'This person was erased. Invite them anew if they come back.' },
  disableFirst: { status: 409, say: 'Disable this person first; then they can be erased.' },
  ownersOnly: { status: 403, say: 'Only an owner may make or change an owner.' },
})
