import { z } from 'zod'
import { scopes, type Scope } from '#kit/access.ts'
import { entity, flag, instant, integer, longText, optional, readonly, text, uid } from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { problems } from '#kit/problem.ts'

/** A role: what it may do stands in its lines, over what the program suggests for its base. */
export const role = entity('access_role', {
  name: 'access.role',
  path: '/roles',
  fields: {
    id: readonly(uid()),
    key: readonly(text({ max: 40 })),
    base: readonly(optional(text({ max: 40 }))),
    name: optional(text({ max: 60 })),
    note: optional(longText({ max: 400 })),
    hours: { ...integer({ min: 1, max: 24 * 90 }), initial: 8 },
    idleMinutes: { ...integer({ min: 5, max: 60 * 24 * 90 }), initial: 60 },
    lockMinutes: optional(integer({ min: 1, max: 120 })),
    secondFactor: flag(false),
    bindDevice: flag(false),
    createdAt: readonly(instant()),
  },
  can: { read: 'access.user.read', write: 'access.role.edit', export: 'access.user.export' },
  list: ['name', 'key', 'base'],
  sort: ['key'],
  search: ['name'],
  title: 'key',
  trailed: { lines: {} },
  archive: true,
})

/** What a role says of a permission: how far it carries it, or that it takes it away whatever other roles bring. */
export type Line = Scope | 'never'
/** As it is kept: `none` is not held though it is suggested. */
export const lineSettings = [...scopes, 'none', 'never'] as const
export type LineSetting = (typeof lineSettings)[number]

export const roleKey = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)

/** A role that a person holds: everywhere or at one place, for a seller or not, for good or until a moment. */
export interface Membership {
  readonly role: string
  readonly place: string | null
  readonly seller?: string | null
  readonly until?: string | null
}

export const membershipsInput = z
  .array(
    z.object({
      role: roleKey,
      place: z.uuid().nullable().default(null),
      seller: z.uuid().nullable().default(null),
      until: z.iso.datetime({ offset: true }).nullable().default(null),
    }),
  )
  .min(1)
  .max(40)

const momentOf = (until: string | null | undefined) => (until ? Temporal.Instant.from(until).epochMilliseconds : null)
const isSame = (a: Membership, b: Membership) =>
  a.role === b.role && a.place === b.place && (a.seller ?? null) === (b.seller ?? null) && momentOf(a.until) === momentOf(b.until)
const isSameRole = (a: Membership, b: Membership) => isSame({ ...a, until: null }, { ...b, until: null })

/** Each role at each place once; of two that differ in their end only, the later one given. */
export const distinct = <M extends Membership>(all: readonly M[]): M[] =>
  all.filter((one, at) => all.findLastIndex((other) => isSameRole(one, other)) === at)
/** What one list has and the other has not, either way. */
export const difference = (a: readonly Membership[], b: readonly Membership[]): Membership[] => [
  ...a.filter((one) => !b.some((other) => isSame(one, other))),
  ...b.filter((one) => !a.some((other) => isSame(one, other))),
]

export const roleChanged = event('access.role.changed', 'access.user.read', z.object({ role: z.uuid() }), {
  rightsOf: 'everybody',
})

export const RoleProblem = problems('access.role', {
  unknown: { status: 422, say: 'There is no role {role}.' },
  fixed: { status: 409, say: 'What an owner may do can’t be changed: an owner may do everything.' },
  yourOwn: { status: 409, say: 'You hold this role yourself. Ask somebody else to change what it may do.' },
  held: { status: 409, say: 'Somebody still holds this role. Give them another one first.' },
  nameTaken: { status: 409, say: 'There is a role with this name already.' },
  seller: { status: 422, say: 'This role looks after the goods of a seller. Say which seller.' },
  ended: { status: 422, say: 'This role would have ended already. Choose a later day.' },
})

/** A role that somebody holds, as pages show it: with the names of the place and the seller. */
export interface PlacedRole extends Membership {
  readonly placeName: string | null
  readonly sellerName: string | null
  /** What this company calls the role; none when it goes by its own name. */
  readonly name: string | null
}
