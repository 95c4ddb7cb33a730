import { sql, type RawBuilder } from 'kysely'
import { reachOf, type Actor, type Reach } from '#kit/access.ts'
import { declaredEntities, maskRow, visibleFields } from '#kit/entity.ts'
import { all } from '#kit/server/door/scope.ts'

type Values = Record<string, unknown>

export interface TrailFilters {
  readonly who?: string | undefined
  readonly kind?: 'user' | 'system' | 'setup' | undefined
  readonly command?: string | undefined
  readonly table?: string | undefined
  readonly about?: string | undefined
  readonly place?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Entries of the places that the reader looks after, and their own; all of them for who reads everywhere. */
export const scopeOfTrail = (reach: Reach, actor: Actor): RawBuilder<unknown>[] =>
  reach.all ? [] : [sql`(place = any(${reach.places}::uuid[]) or actor = ${actor.id}::uuid)`]

export function conditionsOfTrail(input: TrailFilters, reach: Reach, actor: Actor): RawBuilder<unknown> {
  const conditions = scopeOfTrail(reach, actor)
  if (input.who) conditions.push(sql`actor = ${input.who}::uuid`)
  if (input.kind) conditions.push(sql`actor_kind = ${input.kind}`)
  if (input.command) conditions.push(sql`command = ${input.command}`)
  if (input.table) conditions.push(sql`about_table = ${input.table}`)
  if (input.place) conditions.push(sql`place = ${input.place}::uuid`)
  if (input.from) conditions.push(sql`at >= ${input.from}::timestamptz`)
  if (input.to) conditions.push(sql`at <= ${input.to}::timestamptz`)
  // What another command did to the record counts too: an import, a sale that took its stock.
  if (input.about)
    conditions.push(sql`id in (select a.id from audit_trail a where a.about = ${input.about}::uuid
      union select c.entry from audit_trail_change c where c.record = ${input.about}::uuid)`)
  return all(conditions)
}

const holds = (actor: Actor) => (permission: string) => reachOf(actor, permission) !== undefined

/** One side of a change without the fields that the reader may not see. */
export function visibleSide(actor: Actor, table: string, side: Values | null): Values | null {
  const entity = declaredEntities.get(table)
  if (!entity || !side) return side
  const visible = new Set(visibleFields(entity, holds(actor)).map(([name]) => name))
  const shown = Object.fromEntries(Object.entries(side).filter(([name]) => visible.has(name) || !(name in entity.fields)))
  return maskRow(entity, shown, holds(actor))
}

/** What was sent, without the fields that the reader may not see in any record. */
export function visibleInput(actor: Actor, input: unknown): unknown {
  const hidden = new Set(
    [...declaredEntities.values()].flatMap((entity) =>
      Object.entries(entity.fields).flatMap(([name, field]) => (field.seenBy && !holds(actor)(field.seenBy) ? [name] : [])),
    ),
  )
  // What goods cost is called so on the lines of a receipt, which are no entity.
  if (!holds(actor)('catalog.cost.read')) hidden.add('unitCost')
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).flatMap(([name, one]) => (hidden.has(name) ? [] : [[name, strip(one)]])))
  }
  return strip(input)
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\da-f]{8}-[\da-f-]{27}$/.test(value)

/** The records that values point to, told by the names of the fields: `variant`, `location`, `customer`. */
export function pointedFrom(value: unknown): [string, string][] {
  const tables = new Map(
    [...declaredEntities.values()].flatMap((entity) =>
      Object.entries(entity.fields).flatMap(([name, field]) => (field.to ? [[name, field.to] as const] : [])),
    ),
  )
  const found: [string, string][] = []
  const walk = (one: unknown): void => {
    if (Array.isArray(one)) return one.forEach(walk)
    if (typeof one !== 'object' || one === null) return
    for (const [name, inner] of Object.entries(one)) {
      const table = tables.get(name)
      if (table && isId(inner)) found.push([table, inner])
      else walk(inner)
    }
  }
  walk(value)
  return found
}
