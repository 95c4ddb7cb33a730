import { declaredAccess, EVERYWHERE, isCompanyWide, NOWHERE, type Reach, type Scope } from '#kit/access.ts'
import { declaredEntities } from '#kit/entity.ts'
import type { Line, LineSetting, Membership } from './role.ts'
import type { ShippedRole } from './shipped.ts'

/** How far a role carries each permission that it holds. */
export type Lines = ReadonlyMap<string, Line>
/** Lines by the key of their role. A role that nobody knows holds nothing. */
export type Policy = ReadonlyMap<string, Lines>

/** What the program suggests: owners and administrators everything, auditors whatever is only read, the others what the modules say. */
export function suggested(base: ShippedRole | null): Map<string, Scope> {
  const areas = declaredAccess()
  const every = areas.flatMap((one) => Object.keys(one.permissions))
  if (base === null) return new Map()
  if (base === 'owner' || base === 'administrator') return new Map(every.map((name) => [name, 'place']))
  if (base === 'auditor') return new Map(every.filter((name) => /\.(read|export)$/.test(name)).map((name) => [name, 'place']))
  return new Map(
    areas
      .flatMap((one) => one.roles[base] ?? [])
      .map((line) => {
        const [name = '', scope = 'place'] = line.split('@')
        return [name, scope as Scope]
      }),
  )
}

/** What is suggested, with what this company says otherwise. An owner's is never otherwise. */
export function linesOf(base: ShippedRole | null, settings: ReadonlyMap<string, LineSetting>): Map<string, Line> {
  const lines = new Map<string, Line>(suggested(base))
  if (base === 'owner') return lines
  for (const [permission, setting] of settings) {
    if (setting === 'none') lines.delete(permission)
    else lines.set(permission, setting)
  }
  return lines
}

/** Whom the rights are for: the person, and those who are in the same team. */
export interface Holder {
  readonly id: string
  readonly team: readonly string[]
}

/** How far a line reaches where its role is held. Over what all places share, a role that is held at one place brings nothing. */
export function reachOfLine(line: Scope, permission: string, held: Membership, holder: Holder): Reach {
  switch (line) {
    case 'all':
      return EVERYWHERE
    case 'place':
      if (held.place === null) return EVERYWHERE
      return isCompanyWide(permission) ? NOWHERE : { ...NOWHERE, places: [held.place] }
    case 'own':
      return { ...NOWHERE, owners: [holder.id] }
    case 'team':
      return { ...NOWHERE, owners: [...new Set([holder.id, ...holder.team])] }
    case 'seller':
      return held.seller ? { ...NOWHERE, sellers: [held.seller] } : NOWHERE
  }
}

export const isNowhere = ({ all, places, owners, sellers }: Reach): boolean =>
  !all && places.length + owners.length + sellers.length === 0

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])]
const widen = (a: Reach, b: Reach): Reach =>
  a.all || b.all
    ? EVERYWHERE
    : {
        all: false,
        places: union(a.places, b.places),
        owners: union(a.owners, b.owners),
        sellers: union(a.sellers, b.sellers),
      }

/** Takes a place out of a reach. What is one's own, or a seller's, can't be told by place, so it goes too. */
const without = (reach: Reach, place: string, allPlaces: readonly string[]): Reach => ({
  ...NOWHERE,
  places: (reach.all ? allPlaces : reach.places).filter((one) => one !== place),
})

/**
 * What a person's roles add up to, by permission: the widest of what they bring, less what a role takes away where it is held.
 * Rights that reach nothing are left out.
 */
export function grantsOf(
  held: readonly Membership[],
  policy: Policy,
  holder: Holder,
  allPlaces: readonly string[],
): Map<string, Reach> {
  const grants = new Map<string, Reach>()
  const linesHeld = held.flatMap((one) =>
    [...(policy.get(one.role) ?? [])].map(([permission, line]) => ({ one, permission, line })),
  )
  for (const { one, permission, line } of linesHeld) {
    if (line === 'never') continue
    grants.set(permission, widen(grants.get(permission) ?? NOWHERE, reachOfLine(line, permission, one, holder)))
  }
  for (const { one, permission, line } of linesHeld) {
    const reach = grants.get(permission)
    if (line !== 'never' || !reach) continue
    if (one.place === null) grants.delete(permission)
    else if (!isCompanyWide(permission)) grants.set(permission, without(reach, one.place, allPlaces))
  }
  for (const [permission, reach] of grants) if (isNowhere(reach)) grants.delete(permission)
  return grants
}

/** Stands for those who are in a team with whoever will hold a role: who that will be, nobody knows when it is given. */
export const SOME_TEAM = 'some team'
/** For judging what a role would bring to somebody. */
export const somebody = (giver: string): Holder => ({ id: giver, team: [SOME_TEAM] })

/**
 * Does one reach take in all of another? Whose own things they are does not matter to whoever gives the right; what a team
 * makes does: whoever sees their own only gives nobody a team's.
 */
export function covers(yours: Reach | undefined, theirs: Reach): boolean {
  if (isNowhere(theirs)) return true
  if (!yours) return false
  if (yours.all) return true
  if (theirs.all) return false
  return (
    theirs.places.every((place) => yours.places.includes(place)) &&
    theirs.sellers.every((seller) => yours.sellers.includes(seller)) &&
    (theirs.owners.includes(SOME_TEAM)
      ? yours.places.length > 0 || yours.owners.length > 1
      : theirs.owners.every((owner) => yours.owners.includes(owner) || (theirs.owners.length === 1 && !isNowhere(yours))))
  )
}

/** `pos.sale` of `pos.sale.refund`. */
const thingOf = (permission: string) => permission.split('.').slice(0, 2).join('.')

/** Does a permission reach no further than the place at which its role is held? Told from what belongs to a place. */
export function isAtPlace(permission: string): boolean {
  if (isCompanyWide(permission)) return false
  const entities = [...declaredEntities.values()]
  const placed = entities.filter((one) => one.scope?.place).flatMap((one) => Object.values(one.can) as string[])
  if (placed.includes(permission)) return true
  const thing = thingOf(permission)
  return placed.some((one) => thingOf(one) === thing) && !entities.some((one) => !one.scope?.place && one.name === thing)
}

/** The scopes that make a difference to a permission, the usual one first. */
export function offeredScopes(permission: string): Scope[] {
  const entities = [...declaredEntities.values()].filter((one) => Object.values(one.can).includes(permission))
  const suggestions = declaredAccess().flatMap((one) => Object.values(one.roles).flat())
  const isSuggested = (scope: Scope) => suggestions.includes(`${permission}@${scope}`)
  const byPeople = entities.some((one) => one.scope?.own)
  return [
    'place',
    ...(isAtPlace(permission) || isCompanyWide(permission) ? (['all'] as const) : []),
    ...(byPeople || isSuggested('team') || isSuggested('own') ? (['team', 'own'] as const) : []),
    ...(entities.some((one) => one.scope?.seller) || isSuggested('seller') ? (['seller'] as const) : []),
  ]
}
