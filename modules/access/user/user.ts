import { emailText, entity, instant, oneOf, optional, readonly, text, uid } from '#kit/entity.ts'
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
    email: readonly(emailText()),
    state: readonly(oneOf(userLife.states)),
    locale: oneOf(['en', 'ar', 'sw']),
    lastSeenAt: readonly(optional(instant())),
    createdAt: readonly(instant()),
  },
  can: { read: 'access.user.read', write: 'access.user.edit', export: 'access.user.edit' },
  list: ['name', 'email', 'state', 'lastSeenAt'],
  sort: ['name', 'email', 'createdAt'],
  filters: ['state'],
  search: ['name', 'email'],
  title: 'name',
  life: userLife,
})

export const UserProblem = problems('access.user', {
  lastOwner: { status: 409, say: 'This is the last owner. Make somebody else an owner first.' },
  notYourself: { status: 409, say: 'You can’t change your own roles or disable yourself. Ask another owner.' },
  ownersOnly: { status: 403, say: 'Only an owner may make or change an owner.' },
})
