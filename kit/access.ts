import { whole, type Part } from './part.ts'
import type { ShippedRole } from './program.ts'

/**
 * How far a right reaches: `all` rows, those of some places, those that some people made or look after (oneself, or one's
 * team), those of some sellers. Who may see a row by any of these ways may see it. Applied by the scope of the entity.
 */
export interface Reach {
  readonly all: boolean
  readonly places: readonly string[]
  readonly owners: readonly string[]
  readonly sellers: readonly string[]
}

export type ActorKind = 'user' | 'system' | 'setup'

/** Who asks. The system acts for jobs and the first-run set-up; both are named in the audit trail like a person. */
export interface Actor {
  readonly kind: ActorKind
  readonly id: string | null
  readonly name: string
  readonly grants: ReadonlyMap<string, Reach>
  readonly locale: string
  /** Owners alone make and change owners. */
  readonly isOwner?: boolean
  /** Somebody from outside: of these sellers alone they see anything. */
  readonly sellers?: readonly string[]
  /** Somebody's session is open on this device and waits for a PIN. */
  readonly isLocked?: boolean
  /** The session is bound to a device, which has not shown lately that it is here. */
  readonly isUnproven?: boolean
  /** Somebody else looks through this person's eyes: they see what the person sees, and change nothing. */
  readonly viewedBy?: { readonly id: string; readonly name: string }
  /** A program with a key: it has the rights of the key, and nothing that goes with merely being somebody. */
  readonly isProgram?: boolean
}

export const EVERYWHERE: Reach = { all: true, places: [], owners: [], sellers: [] }
export const NOWHERE: Reach = { all: false, places: [], owners: [], sellers: [] }

/**
 * How far a role's line carries a permission: to what is one's `own`, to what one's `team` makes, to the `place` where the
 * role is held (everywhere, when it is held everywhere), to the `seller` that it is held for, to `all` wherever it is held.
 */
export const scopes = ['own', 'team', 'seller', 'place', 'all'] as const
export type Scope = (typeof scopes)[number]

/** What modules declare: permissions with the sentence shown on the roles screen, and suggested roles. */
export interface AccessDeclaration {
  readonly area: string
  readonly permissions: Readonly<Record<string, string>>
  /** `'pos.sale.read'`, or with another scope than the place: `'pos.sale.read@own'`. */
  readonly roles: Readonly<Partial<Record<ShippedRole, readonly string[]>>>
  /** Permissions over what all places share: a role that is held at some places does not bring them. */
  readonly companyWide: readonly string[]
}

const declared = whole<AccessDeclaration>()
export const declaredAccess = declared.all

/** `access('pos', { 'pos.sale.read': 'See sales' }, { cashier: ['pos.sale.read'] })`. Default is deny. */
export function access<const Permissions extends Record<string, string>>(
  area: string,
  permissions: Permissions,
  roles: Partial<Record<ShippedRole, readonly (Named<Permissions> | `${Named<Permissions>}@${Scope}`)[]>>,
  { companyWide = [] }: { companyWide?: readonly Named<Permissions>[] } = {},
): Part {
  return declared.part({ area, permissions, roles, companyWide })
}
type Named<Permissions> = keyof Permissions & string

/** Is there such a permission? */
export const isDeclared = (permission: string): boolean => declaredAccess().some((one) => permission in one.permissions)

export const isCompanyWide = (permission: string): boolean => declaredAccess().some((one) => one.companyWide.includes(permission))

/** The reach of a permission, or nothing when the actor does not hold it. The system may do everything. */
export const reachOf = (actor: Actor, permission: string): Reach | undefined =>
  actor.kind === 'system' ? EVERYWHERE : actor.grants.get(permission)

/** What lies within both. */
export function intersect(a: Reach, b: Reach): Reach {
  if (a.all) return b
  if (b.all) return a
  const both = (one: readonly string[], other: readonly string[]) => one.filter((each) => other.includes(each))
  return {
    all: false,
    places: both(a.places, b.places),
    owners: both(a.owners, b.owners),
    sellers: both(a.sellers, b.sellers),
  }
}

/** Is all of one reach within the other? */
export const covers = (wide: Reach, narrow: Reach): boolean =>
  wide.all ||
  (!narrow.all && (['places', 'owners', 'sellers'] as const).every((of) => narrow[of].every((one) => wide[of].includes(one))))

/** Does a reach take in a place? What belongs to no place in particular is asked with `null`. */
export const reaches = (reach: Reach, place: string | null): boolean =>
  reach.all || (place !== null && reach.places.includes(place))

/** Does the actor hold it at this very place? What belongs to none takes a right that holds everywhere. */
export function holdsAt(actor: Actor, permission: string, place: string | null): boolean {
  const reach = reachOf(actor, permission)
  return reach !== undefined && reaches(reach, place)
}

/** May the actor do this at all, and, when a place is named, there? `public` needs no sign-in, `signedIn` only that. */
export function may(actor: Actor, permission: string, place?: string | null): boolean {
  if (permission === 'public') return true
  if (permission === 'signedIn')
    return !actor.isProgram && actor.kind !== 'setup' && (actor.kind === 'system' || actor.id !== null)
  const reach = reachOf(actor, permission)
  if (!reach) return false
  return place === undefined || place === null || reaches(reach, place)
}
