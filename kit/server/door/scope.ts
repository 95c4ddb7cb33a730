import { sql, type RawBuilder } from 'kysely'
import { covers, EVERYWHERE, reachOf, type Actor, type Reach } from '../../access.ts'
import { CUSTOM, isCustom } from '../../custom.ts'
import { declaredEntities, type Entity, type Field, type FieldKind } from '../../entity.ts'
import type { Db } from '../data/db.ts'
import { snake } from '../data/row.ts'
import type { Reading } from './context.ts'

/** A column of the table that is read, which statements call `t`; a field of the company's own is a member of one. */
export const columnOf = (name: string, field?: Pick<Field, 'kind'>): RawBuilder<unknown> =>
  isCustom(name)
    ? sql`(t.custom->>${sql.lit(name.slice(CUSTOM.length))}::text)${sql.raw(CASTS[field?.kind ?? 'text'] ?? '')}`
    : sql`t.${sql.id(snake(name))}`
const CASTS: Partial<Record<FieldKind, string>> = { money: '::bigint', quantity: '::bigint', flag: '::boolean', ref: '::uuid' }

/** All of them hold; nothing asked is nothing left out. */
export const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)

/** The rows that the actor may see at all; `at` names another field of a place than the entity's own. */
export function scopeOf(
  entity: Entity,
  reach: Reach,
  actor: string | null,
  { toWrite = false, at }: { toWrite?: boolean; at?: string | undefined } = {},
): RawBuilder<unknown>[] {
  if (reach.all) return []
  const { shared, own, seller, alsoPlace, within } = entity.scope ?? {}
  if (within) {
    const whole = declaredEntities.get(entity.fields[within]!.to!)!
    const theirs = all(scopeOf(whole, reach, actor, { toWrite }))
    return [sql`${columnOf(within)} in (select t.id from ${sql.table(whole.table)} t where ${theirs})`]
  }
  const place = at ?? entity.scope?.place
  // What all places share is seen from each of them; of what belongs to people only, one's own.
  if (!place && !own && reach.places.length > 0) return []
  const owners = !place && reach.places.length > 0 && actor ? [actor, ...reach.owners] : reach.owners
  const ways: RawBuilder<unknown>[] = []
  const either = (field: string | undefined, values: readonly string[]) => {
    if (field && values.length > 0) ways.push(sql`${columnOf(field)} = any(${values}::uuid[])`)
  }
  either(place, reach.places)
  if (!toWrite) either(alsoPlace, reach.places)
  if (place && shared && !toWrite && reach.places.length > 0) ways.push(sql`${columnOf(place)} is null`)
  either(own, owners)
  either(seller, reach.sellers)
  return [ways.length === 0 ? sql`false` : sql`(${sql.join(ways, sql` or `)})`]
}

/** The rows that somebody may see at all by the right to read them; none for nobody. */
export function seenBy(entity: Entity, actor: Actor | undefined): RawBuilder<unknown>[] {
  const reach = actor && reachOf(actor, entity.can.read)
  return reach ? scopeOf(entity, reach, actor.id) : [sql`false`]
}

/**
 * Of the rows that somebody sees by `reach`, those of which a right of its own lets them see more: all, none, or those that meet a
 * condition. A right at one store tells what things cost there, and not what they cost at another.
 */
export function heldIn(
  entity: Entity,
  { actor, reach }: Pick<Reading, 'actor' | 'reach'>,
  permission: string | undefined,
): boolean | RawBuilder<unknown> {
  const own = permission === undefined ? reach : reachOf(actor, permission)
  if (!own) return false
  if (covers(own, reach)) return true
  const conditions = scopeOf(entity, own, actor.id)
  return conditions.length === 0 || all(conditions)
}

/** Which of some rights somebody holds at each of some records; at those that are not there, those that hold everywhere. */
export async function heldAt(
  db: Db,
  entity: Entity,
  ids: readonly string[],
  actor: Actor,
  permissions: Iterable<string | undefined>,
): Promise<(id: string, permission: string) => boolean> {
  const wanted = [...new Set(permissions)].filter((one) => one !== undefined)
  const partly = wanted.flatMap((name) => {
    const held = heldIn(entity, { actor, reach: EVERYWHERE }, name)
    return typeof held === 'boolean' ? [] : [{ name, held }]
  })
  if (partly.length === 0 || ids.length === 0) return (_, permission) => reachOf(actor, permission) !== undefined
  const { rows } = await sql<{ id: string; held: readonly boolean[] }>`
    select t.id, array[${sql.join(partly.map(({ held }) => sql`coalesce(${held}, false)`))}] as held
    from ${sql.table(entity.table)} t where t.id = any(${[...new Set(ids)]}::uuid[])`.execute(db)
  const found = new Map(rows.map((row) => [row.id, row.held]))
  return (id, permission) => {
    const at = partly.findIndex(({ name }) => name === permission)
    return at < 0 ? reachOf(actor, permission) !== undefined : found.get(id)?.[at] === true
  }
}

/** Which of some rights somebody holds at one record. */
export async function heldOf(
  db: Db,
  entity: Entity,
  id: string,
  actor: Actor,
  permissions: Iterable<string | undefined>,
): Promise<(permission: string) => boolean> {
  const held = await heldAt(db, entity, [id], actor, permissions)
  return (permission) => held(id, permission)
}
