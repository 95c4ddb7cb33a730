import { z } from 'zod'
import { roleNames, type RoleName } from '#kit/access.ts'
import { emailText, entity, instant, oneOf, optional, readonly, text, uid, locale } from '#kit/entity.ts'
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
    email: readonly(emailText()),
    state: readonly(oneOf(userLife.states)),
    locale: locale(),
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

/** A role, held everywhere (no place) or at one place. */
export interface Membership {
  readonly role: RoleName
  readonly place: string | null
}
/** The same with the name of the place, as pages show it. */
export interface PlacedRole extends Membership {
  readonly placeName: string | null
}

export const membershipsInput = z
  .array(z.object({ role: z.enum(roleNames), place: z.uuid().nullable().default(null) }))
  .min(1)
  .max(40)

const isSame = (a: Membership, b: Membership) => a.role === b.role && a.place === b.place
/** Each role at each place once. */
export const distinct = (all: readonly Membership[]): Membership[] =>
  all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at)
/** What one list has and the other has not, either way. */
export const difference = (a: readonly Membership[], b: readonly Membership[]): Membership[] => [
  ...a.filter((one) => !b.some((other) => isSame(one, other))),
  ...b.filter((one) => !a.some((other) => isSame(one, other))),
]

export const userChanged = event('access.user.changed', 'access.user.read', z.object({ user: z.uuid() }), { rightsOf: 'user' })

export const UserProblem = problems('access.user', {
  lastOwner: { status: 409, say: 'This is the last owner. Make somebody else an owner first.' },
  notYourself: { status: 409, say: 'You can’t change your own roles or disable yourself. Ask another owner.' },
  beyondYours: { status: 403, say: 'You can only give and take rights that you hold yourself, where you hold them.' },
  ownersOnly: { status: 403, say: 'Only an owner may make or change an owner.' },
})
