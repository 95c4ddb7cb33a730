/**
 * How far a permission reaches: `all` rows, those of some `place`s, or only the person's `own`.
 * Declared on roles, applied by the store through the scope of the entity.
 */
export interface Reach {
  readonly all: boolean
  readonly places: readonly string[]
  readonly own: boolean
}

export type ActorKind = 'user' | 'system' | 'setup'

/** Who asks. The system acts for jobs and the first-run set-up; both are named in the audit trail like a person. */
export interface Actor {
  readonly kind: ActorKind
  readonly id: string | null
  readonly name: string
  readonly grants: ReadonlyMap<string, Reach>
  readonly locale: string
  /** Somebody's session is open on this device and waits for a PIN. */
  readonly isLocked?: boolean
  /** A program with a key: it has the rights of the key, and nothing that goes with merely being somebody. */
  readonly isProgram?: boolean
}

export const EVERYWHERE: Reach = { all: true, places: [], own: true }

/** What modules declare: permissions with the sentence shown on the roles screen, and suggested roles. */
export interface AccessDeclaration {
  readonly area: string
  readonly permissions: Readonly<Record<string, string>>
  readonly roles: Readonly<Partial<Record<RoleName, readonly string[]>>>
  /** Permissions over what all places share: a role that is held at some places does not bring them. */
  readonly companyWide: readonly string[]
}

/** Roles shipped in this form; `owner` holds everything. Auditors read all and change nothing. */
export const roleNames = ['owner', 'manager', 'cashier', 'stockKeeper', 'accountant', 'auditor'] as const
export type RoleName = (typeof roleNames)[number]

export const declaredAccess = new Map<string, AccessDeclaration>()

/** `access('pos', { 'pos.sale.read': 'See sales' }, { cashier: ['pos.sale.read'] })`. Default is deny. */
export function access<const Permissions extends Record<string, string>>(
  area: string,
  permissions: Permissions,
  roles: Partial<Record<RoleName, readonly (keyof Permissions & string)[]>>,
  { companyWide = [] }: { companyWide?: readonly (keyof Permissions & string)[] } = {},
): AccessDeclaration {
  const declaration = { area, permissions, roles, companyWide }
  declaredAccess.set(area, declaration)
  return declaration
}

export const isCompanyWide = (permission: string): boolean =>
  [...declaredAccess.values()].some((one) => one.companyWide.includes(permission))

/** The reach of a permission, or nothing when the actor does not hold it. The system may do everything. */
export const reachOf = (actor: Actor, permission: string): Reach | undefined =>
  actor.kind === 'system' ? EVERYWHERE : actor.grants.get(permission)

/** May the actor do this at all, and, when a place is named, there? `public` needs no sign-in, `signedIn` only that. */
export function may(actor: Actor, permission: string, place?: string | null): boolean {
  if (permission === 'public') return true
  if (permission === 'signedIn')
    return !actor.isProgram && actor.kind !== 'setup' && (actor.kind === 'system' || actor.id !== null)
  const reach = reachOf(actor, permission)
  if (!reach) return false
  return place === undefined || place === null || reach.all || reach.places.includes(place)
}
