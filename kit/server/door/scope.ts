import { sql, type RawBuilder } from 'kysely'
import { reachOf, type Actor, type Reach } from '../../access.ts'
import { CUSTOM, isCustom } from '../../custom.ts'
import { declaredEntities, type Entity, type Field, type FieldKind } from '../../entity.ts'
import { snake } from '../data/row.ts'

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
