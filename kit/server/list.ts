import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf, type Actor, type Reach } from '../access.ts'
import {
  declaredEntities,
  maskRow,
  tellsOfPersons,
  visibleFields,
  type Entity,
  type Field,
  type Fields,
  type RowOf,
} from '../entity.ts'
import { wordsOf } from '../fold.ts'
import { CommonProblem } from '../problem.ts'
import { note } from './activity.ts'
import { searchIndexes } from './blind.ts'
import type { Reading } from './context.ts'
import type { Db } from './db.ts'
import { snake } from './row.ts'
import { seedsSaid, shownName, wordsFor } from './words.ts'
import type { Translate } from '../words.ts'

/** What every list takes; filters are further members, named like the field. */
export const listInput = z.looseObject({
  q: z.string().trim().max(200).optional(),
  sort: z.string().max(60).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  archived: z.enum(['without', 'with', 'only']).default('without'),
})
export type ListInput = z.output<typeof listInput>

export interface ListPage<Row = Record<string, unknown>> {
  readonly rows: Row[]
  /** The cursor of the next page; null at the end. */
  readonly next: string | null
  /** Titles of the records that the rows refer to, by id. */
  readonly refs: Record<string, string>
}

/** A row as it is read; fields that the reader may not see are missing from it. */
export type ListedRow<F extends Fields = Fields> = RowOf<{ fields: F }> & {
  readonly version?: number
  readonly archivedAt?: Temporal.Instant | null
}

export const columnOf = (name: string): RawBuilder<unknown> => sql`t.${sql.id(snake(name))}`

/**
 * One page of an entity's rows: filtered, searched, sorted by declared fields and then by id, so that the order is stable
 * and a cursor finds its place in an index however deep the page lies. Two round trips at most: rows, then titles. `more` are
 * conditions that no filter of the entity says.
 */
export async function listRows<F extends Fields>(
  reading: Reading,
  entity: Entity<F>,
  input: ListInput,
  more: readonly RawBuilder<unknown>[] = [],
): Promise<ListPage<ListedRow<F>>> {
  const fields = visibleFields(entity, (permission) => reachOf(reading.actor, permission) !== undefined)
  const { field: sortField, descending } = readSort(entity, input.sort)
  const conditions = [...conditionsOf(reading, entity, input), ...more]
  const cursor = input.cursor ? readCursor(input.cursor, entity.fields[sortField]) : undefined
  if (cursor) {
    const compare = descending ? sql`<` : sql`>`
    conditions.push(
      sortField === 'id'
        ? sql`t.id ${compare} ${cursor.id}::uuid`
        : sql`(${columnOf(sortField)}, t.id) ${compare} (${cursor.value}, ${cursor.id}::uuid)`,
    )
  }
  const direction = descending ? sql`desc` : sql`asc`
  const order = sortField === 'id' ? sql`t.id ${direction}` : sql`${columnOf(sortField)} ${direction}, t.id ${direction}`
  const { rows } = await sql<Record<string, unknown>>`
    select ${selection(entity, fields)} from ${sql.table(entity.table)} t
    where ${all(conditions)} order by ${order} limit ${input.limit + 1}`.execute(reading.db)
  const isMore = rows.length > input.limit
  if (isMore) rows.pop()
  const last = rows.at(-1)
  const holds = (permission: string) => reachOf(reading.actor, permission) !== undefined
  noteReading(reading, entity, rows, holds)
  return {
    rows: rows.map((row) => maskRow(entity, row, holds) as ListedRow<F>),
    next: isMore && last ? writeCursor(last[sortField], String(last['id'])) : null,
    refs: await titlesIn(reading, entity, fields, rows),
  }
}

/** A pattern for LIKE that finds a text anywhere, whatever letters it is made of. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`

export const all = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)

export function selection(entity: Entity, fields: readonly [string, Field][]): RawBuilder<unknown> {
  const columns = fields.map(([name]) => columnOf(name))
  if (entity.can.write) columns.push(sql`t.version`)
  if (entity.archive) columns.push(sql`t.archived_at`)
  return sql.join(columns)
}

/** The rows that the actor may see at all. */
export function scopeOf(entity: Entity, reach: Reach, actor: string | null, { toWrite = false } = {}): RawBuilder<unknown>[] {
  if (reach.all) return []
  const { place, shared, own, seller } = entity.scope ?? {}
  // What all places share is seen from each of them; of what belongs to people only, one's own.
  if (!place && !own && reach.places.length > 0) return []
  const owners = !place && reach.places.length > 0 && actor ? [actor, ...reach.owners] : reach.owners
  const ways: RawBuilder<unknown>[] = []
  const either = (field: string | undefined, values: readonly string[]) => {
    if (field && values.length > 0) ways.push(sql`${columnOf(field)} = any(${values}::uuid[])`)
  }
  either(place, reach.places)
  if (place && shared && !toWrite && reach.places.length > 0) ways.push(sql`${columnOf(place)} is null`)
  either(own, owners)
  either(seller, reach.sellers)
  return [ways.length === 0 ? sql`false` : sql`(${sql.join(ways, sql` or `)})`]
}

export function conditionsOf({ db, reach, actor }: Reading, entity: Entity, input: ListInput): RawBuilder<unknown>[] {
  const conditions = scopeOf(entity, reach, actor.id)
  if (entity.archive && input.archived !== 'with')
    conditions.push(input.archived === 'only' ? sql`t.archived_at is not null` : sql`t.archived_at is null`)
  if (input.q && entity.search?.length) conditions.push(searchOf(db, entity, actor, input.q))
  for (const [name, value] of Object.entries(input)) {
    if (name in listInput.shape || value === undefined || value === '') continue
    const field = entity.fields[name]
    if (!field || !(entity.filters as readonly string[] | undefined)?.includes(name))
      throw CommonProblem.unknownField({ field: name })
    conditions.push(field.findable ? foundBy(db, name, field, actor, String(value)) : filterOf(name, field, String(value)))
  }
  return conditions
}

/** Every word stands somewhere in `where`, whatever their order, accents and forms of letters. It has an index as `fold_text(where)`. */
export function saying(where: RawBuilder<unknown>, text: string): RawBuilder<unknown> {
  const words = wordsOf(text)
  return words.length === 0 ? sql`false` : all(words.map((word) => sql`fold_text(${where}) like ${containing(word)}`))
}

const elsewhere = new Map<string, (text: string) => RawBuilder<unknown>>()
/** Rows that are found by something that is not theirs too: a product by the codes of its variants. The condition is about `t`. */
export const foundElsewhere = (table: string, condition: (text: string) => RawBuilder<unknown>): void =>
  void elsewhere.set(table, condition)

/** What the search box looks for: words anywhere in the fields, a sealed one by what was typed whole. */
export function searchOf(db: Db, entity: Entity, actor: Actor, text: string): RawBuilder<unknown> {
  const names = (entity.search ?? []).map((name) => [name, entity.fields[name]] as const)
  const texts = names.flatMap(([name, field]) => {
    if (!field || field.findable) return []
    return [field.optional ? sql`coalesce(${columnOf(name)}, '')` : columnOf(name)]
  })
  const ways = [
    ...(texts.length > 0 ? [sql`(${saying(sql.join(texts, sql` || ' ' || `), text)})`] : []),
    ...names.flatMap(([name, field]) => (field?.findable ? [foundBy(db, name, field, actor, text)] : [])),
    ...(entity.seeded
      ? [sql`${columnOf(entity.title)} = any(${seedsSaid(wordsFor(actor.locale), entity.seeded, text)}::text[])`]
      : []),
    ...[elsewhere.get(entity.table)?.(text)].filter((one) => one !== undefined),
  ]
  return ways.length === 0 ? sql`false` : sql`(${sql.join(ways, sql` or `)})`
}

function foundBy(db: Db, name: string, field: Field, actor: Actor, text: string): RawBuilder<unknown> {
  // Who may not read a number does not find out by asking whose it is.
  if (field.personal && !reachOf(actor, field.personal)) return sql`false`
  const wanted = searchIndexes(db, text)
  const column = columnOf(`${name}Index`)
  return field.kind === 'texts' ? sql`${column} && ${wanted}::text[]` : sql`${column} = any(${wanted}::text[])`
}

function filterOf(name: string, field: Field, text: string): RawBuilder<unknown> {
  const column = columnOf(name)
  const read = (part: string): string => {
    const value = field.kind === 'integer' ? Number(part) : field.kind === 'flag' ? part === 'true' : part
    if (!field.schema.safeParse(value).success) throw CommonProblem.invalid({}, [{ path: name, code: 'invalid', message: part }])
    return part
  }
  if (text.includes('..') && ['day', 'instant', 'money', 'integer', 'quantity', 'rate'].includes(field.kind)) {
    const [from, to] = text.split('..', 2)
    const bounds = [from ? sql`${column} >= ${read(from)}` : undefined, to ? sql`${column} <= ${read(to)}` : undefined]
    return all(bounds.filter((one) => one !== undefined))
  }
  const parts = text.split(',').slice(0, 100)
  if (parts.includes('none') && field.optional) return sql`${column} is null`
  if (field.kind === 'text' || field.kind === 'email' || field.kind === 'phone') return sql`${column} = any(${parts}::text[])`
  const values = parts.map(read)
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column}::text = any(${values}::text[])`
}

function readSort(entity: Entity, wanted: string | undefined): { field: string; descending: boolean } {
  const sort = wanted ?? entity.sort[0] ?? 'id'
  const field = sort.replace(/^-/, '')
  if (field !== 'id' && !entity.sort.some((one) => one.replace(/^-/, '') === field)) throw CommonProblem.unknownField({ field })
  return { field, descending: sort.startsWith('-') }
}

const writeCursor = (value: unknown, id: string): string => Buffer.from(JSON.stringify([value, id])).toString('base64url')

function readCursor(text: string, field: Field | undefined): { value: unknown; id: string } {
  try {
    const [value, id] = z
      .tuple([z.union([z.string(), z.number(), z.boolean()]), z.uuid()])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    // What no page of ours has written is refused here, not by the database.
    if (field && field.kind !== 'text') field.schema.parse(value)
    return { value, id }
  } catch {
    throw CommonProblem.badCursor()
  }
}

/** That somebody read what is personal, of whom (one) or of how many. Never delays or breaks the reading. */
export function noteReading(
  { ctx }: Reading,
  entity: Entity,
  rows: readonly Record<string, unknown>[],
  holds: (permission: string) => boolean,
): void {
  const told = rows.filter((row) => tellsOfPersons(entity, row, holds))
  if (told.length === 0) return
  const [only] = told.length === 1 ? told : []
  note(ctx, 'kit.personalRead', {
    ...(only && { about: { table: entity.table, id: String(only['id']) } }),
    facts: { what: entity.name, count: told.length },
  })
}

/** What rows and what they refer to are called, by id, in the reader's language where a new company began with them. */
export async function titlesIn(
  { db, actor }: Pick<Reading, 'db' | 'actor'>,
  entity: Entity,
  fields: readonly [string, Field][],
  rows: readonly Record<string, unknown>[],
): Promise<Record<string, string>> {
  const t = wordsFor(actor.locale)
  const refs = await titlesOf(db, fields, rows, t)
  const own = entity.seeded
    ? rows.flatMap((row) => {
        const [id, name] = [row['id'], row[entity.title]]
        return typeof id === 'string' && typeof name === 'string' ? [[id, shownName(t, entity.seeded!, name)]] : []
      })
    : []
  return { ...refs, ...Object.fromEntries(own) }
}

/**
 * Titles for every reference in some rows: one statement for all the tables that they point to. With `t`, what a new company began
 * with is called in those words.
 */
export async function titlesOf(
  db: Db,
  fields: readonly [string, Field][],
  rows: readonly Record<string, unknown>[],
  t?: Translate,
): Promise<Record<string, string>> {
  const wanted = new Map<string, Set<string>>()
  for (const [name, field] of fields) {
    if (field.kind !== 'ref' || !field.to) continue
    const ids = wanted.get(field.to) ?? new Set()
    for (const row of rows) if (typeof row[name] === 'string') ids.add(row[name])
    if (ids.size > 0) wanted.set(field.to, ids)
  }
  const parts = [...wanted].flatMap(([table, ids]) => {
    const target = declaredEntities.get(table)
    return target
      ? [
          sql`select t.id, ${columnOf(target.title)}::text as title, ${target.seeded ?? null}::text as seeded from ${sql.table(table)} t where t.id = any(${[...ids]}::uuid[])`,
        ]
      : []
  })
  if (parts.length === 0) return {}
  const { rows: titles } = await sql<{
    id: string
    title: string
    seeded: string | null
  }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return Object.fromEntries(
    titles.map(({ id, title, seeded }) => [id, t && seeded && title ? shownName(t, seeded, title) : title]),
  )
}
