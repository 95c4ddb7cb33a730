import { sql, type RawBuilder } from 'kysely'
import { holdsAt, type Actor, type Reach } from '#kit/access.ts'
import { declaredDocuments } from '#kit/document.ts'
import { declaredEntities, maskRow, type Field, type Fields } from '#kit/entity.ts'
import type { Db } from '#kit/server/data/db.ts'
import { all, heldAt } from '#kit/server/door/scope.ts'

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

type Holds = (permission: string) => boolean

/** A record, or the lines of one, without what whoever holds these rights may not see. */
function withoutHidden(fields: Fields, side: Values, holds: Holds): Values {
  const isHidden = ({ seenBy, toldTo }: Field) => [seenBy, toldTo].some((permission) => permission && !holds(permission))
  return Object.fromEntries(Object.entries(side).filter(([name]) => !fields[name] || !isHidden(fields[name])))
}

/** One side of a change without what the reader may not see of the record and of its lines. */
function visibleSide(table: string, side: Values | null, holds: Holds): Values | null {
  const entity = declaredEntities.get(table)
  if (!entity || !side) return side
  const shown = maskRow(entity, withoutHidden(entity.fields, side, holds), holds)
  const of = declaredDocuments.get(table)
  if (!of || !Array.isArray(shown['lines'])) return shown
  return { ...shown, lines: shown['lines'].map((line: Values) => withoutHidden(of.lines.fields, line, holds)) }
}

export interface Changed {
  readonly tableName: string
  readonly record: string
  readonly before: Values | null
  readonly after: Values | null
}

/** Changes as their reader may see them: of each record what they would see of the record itself. */
export async function visibleChanges<One extends Changed>(db: Db, actor: Actor, changes: readonly One[]): Promise<One[]> {
  const byTable = [...Map.groupBy(changes, (one) => one.tableName)]
  const holding = new Map(
    await Promise.all(
      byTable.map(async ([table, some]) => {
        const entity = declaredEntities.get(table)
        const fields = [entity?.fields, declaredDocuments.get(table)?.lines.fields].flatMap((of) => Object.values(of ?? {}))
        const rights = fields.flatMap(({ seenBy, toldTo, personal }) => [seenBy, toldTo, personal])
        const ids = some.map((one) => one.record)
        return [table, entity && (await heldAt(db, entity, ids, actor, rights))] as const
      }),
    ),
  )
  return changes.map((one) => {
    const holds = (permission: string) => holding.get(one.tableName)?.(one.record, permission) ?? false
    return {
      ...one,
      before: visibleSide(one.tableName, one.before, holds),
      after: visibleSide(one.tableName, one.after, holds),
    }
  })
}

/** What was sent about a place, without the fields that the reader may not see there in any record. */
export function visibleInput(actor: Actor, input: unknown, place: string | null): unknown {
  const fields = [
    ...[...declaredEntities.values()].map((entity) => entity.fields),
    ...[...declaredDocuments.values()].map((of) => of.lines.fields),
  ].flatMap((of) => Object.entries(of))
  const hidden = new Set(
    fields.flatMap(([name, { seenBy, toldTo }]) =>
      [seenBy, toldTo].some((permission) => permission && !holdsAt(actor, permission, place)) ? [name] : [],
    ),
  )
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
