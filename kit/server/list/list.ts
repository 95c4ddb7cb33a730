import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { NOWHERE, reachOf, type Actor } from '../../access.ts'
import {
  beyondOf,
  declaredEntities,
  type Beyond,
  maskRow,
  tellsOfPersons,
  visibleFields,
  type Entity,
  type Field,
  type Fields,
  type RowOf,
} from '../../entity.ts'
import { isShort, wordsBegin, wordsOf } from '../../fold.ts'
import { CUSTOM, customNames, isCustom } from '../../custom.ts'
import { CommonProblem } from '../../problem.ts'
import { note } from '../door/activity.ts'
import { searchIndexes } from '../data/blind.ts'
import type { Reading } from '../door/context.ts'
import type { Db } from '../data/db.ts'
import { seedsSaid, shownName, unnumbered, wordsFor } from '../host/words.ts'
import type { Translate } from '../../words.ts'
import { whole, type Part } from '../../part.ts'
import { snake } from '../data/row.ts'
import { all, columnOf, heldIn, scopeOf, seenBy } from '../door/scope.ts'
import { withBeside } from './beside.ts'
import { owned } from './custom.ts'

type Values = Readonly<Record<string, unknown>>

/** What every list takes; filters are further members, named like the field. */
export const listInput = z.looseObject({
  q: z.string().trim().max(200).optional(),
  sort: z.string().max(60).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** These records only, as they were picked: keys with commas between them. */
  ids: z
    .string()
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,199}$/)
    .optional(),
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

/**
 * One page of an entity's rows: filtered, searched, sorted by declared fields and then by id, so that the order is stable
 * and a cursor finds its place in an index however deep the page lies. Two round trips at most: rows, then titles. `more` are
 * conditions that no filter of the entity says.
 */
export async function listRows<F extends Fields>(
  reading: Reading,
  declared: Entity<F>,
  input: ListInput,
  more: readonly RawBuilder<unknown>[] = [],
): Promise<ListPage<ListedRow<F>>> {
  const entity = await owned(reading.db, declared)
  const fields = visibleFields(entity, (permission) => reachOf(reading.actor, permission) !== undefined)
  const { field: sortField, descending } = readSort(reading, entity, input)
  const conditions = [...conditionsOf(reading, entity, input), ...more]
  const cursor = input.cursor ? readCursor(input.cursor, sortField, entity.fields[sortField]) : undefined
  if (cursor) conditions.push(afterOf(sortField, entity.fields[sortField], descending, cursor))
  const order = orderOf(reading, entity, input)
  const { rows } = await sql<Record<string, unknown>>`
    select ${selection(entity, fields, reading)} from ${sql.table(entity.table)} t
    where ${all(conditions)} order by ${order} limit ${input.limit + 1}`.execute(reading.db)
  const isMore = rows.length > input.limit
  if (isMore) rows.pop()
  const last = rows.at(-1)
  const holds = (permission: string) => reachOf(reading.actor, permission) !== undefined
  noteReading(reading, entity, rows, holds)
  const [seen, refs] = await Promise.all([
    withBeside(
      reading,
      entity,
      rows.map((row) => maskRow(entity, row, holds)),
    ),
    titlesIn(reading, entity, fields, rows),
  ])
  return {
    rows: seen as ListedRow<F>[],
    next: isMore && last ? writeCursor(last[sortField], String(last['id'])) : null,
    refs,
  }
}

/** The rows that come after a cursor; those without a value stand where PostgreSQL puts them: last, or first in falling order. */
function afterOf(name: string, field: Field | undefined, descending: boolean, { value, id }: Cursor): RawBuilder<unknown> {
  const compare = descending ? sql`<` : sql`>`
  if (name === 'id') return sql`t.id ${compare} ${id}::uuid`
  const column = columnOf(name, field)
  const isOptional = mayBeEmpty(name, field)
  if (value !== null) {
    const after = sql`(${column}, t.id) ${compare} (${value}, ${id}::uuid)`
    return descending || !isOptional ? after : sql`(${after} or ${column} is null)`
  }
  const among = sql`${column} is null and t.id ${compare} ${id}::uuid`
  return descending ? sql`(${among} or ${column} is not null)` : among
}

/** What the company asks for today was not asked for when older records were made. */
const mayBeEmpty = (name: string, field: Field | undefined): boolean => field?.optional === true || isCustom(name)

/** The order of a list: by a declared field, and then by id. */
export function orderOf(reading: Reading, entity: Entity, input: ListInput): RawBuilder<unknown> {
  const { field, descending } = readSort(reading, entity, input)
  const direction = descending ? sql`desc` : sql`asc`
  return field === 'id' ? sql`t.id ${direction}` : sql`${columnOf(field, entity.fields[field])} ${direction}, t.id ${direction}`
}

/** A pattern for LIKE that finds a text anywhere, whatever letters it is made of. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`

/** The columns of some fields; for a reader, without what is in them where the right to see it does not reach. */
export function selection(
  entity: Entity,
  fields: readonly [string, Field][],
  reader?: Pick<Reading, 'actor' | 'reach'>,
): RawBuilder<unknown> {
  const columns = fields.map(([name, field]) => {
    const held = reader && field.seenBy ? heldIn(entity, reader, field.seenBy) : true
    if (held !== true) return sql`case when ${held} then ${columnOf(name, field)} end as ${sql.id(name)}`
    return isCustom(name) ? sql`${columnOf(name, field)} as ${sql.id(name)}` : columnOf(name)
  })
  if (entity.can.write) columns.push(sql`t.version`)
  if (entity.archive) columns.push(sql`t.archived_at`)
  return sql.join(columns)
}

export function conditionsOf(reading: Reading, entity: Entity, input: ListInput): RawBuilder<unknown>[] {
  const { db, reach, actor } = reading
  const conditions = scopeOf(entity, reach, actor.id)
  if (entity.archive && input.archived !== 'with')
    conditions.push(input.archived === 'only' ? sql`t.archived_at is not null` : sql`t.archived_at is null`)
  if (input.ids) conditions.push(sql`t.id = any(${input.ids.split(',')}::uuid[])`)
  if (input.q && entity.search?.length) conditions.push(searchOf(reading, entity, input.q))
  for (const [name, value] of Object.entries(input)) {
    if (name in listInput.shape || value === undefined || value === '') continue
    const beyond = beyondOf(entity)[name]
    if (beyond) {
      if (!reads(reading, entity, beyond.field, input)) throw CommonProblem.unknownField({ field: name })
      conditions.push(saidBeyond(name, beyond, String(value)))
      continue
    }
    const field = entity.fields[name]
    if (!field || !(entity.filters as readonly string[] | undefined)?.includes(name))
      throw CommonProblem.unknownField({ field: name })
    if (!field.findable && !reads(reading, entity, field, input)) throw CommonProblem.unknownField({ field: name })
    conditions.push(
      field.findable
        ? foundBy(db, name, field, actor, String(value))
        : filterOf(columnOf(name, field), name, field, String(value)),
    )
  }
  return conditions
}

/** A word stands anywhere, or begins one where it is short (`isShort`). */
function saysWord(folded: RawBuilder<unknown>, word: string): RawBuilder<unknown> {
  if (!isShort(word)) return sql`${folded} like ${containing(word)}`
  const beginning = containing(word).slice(1)
  const ways = ['', ...wordsBegin.map((sign) => `%${sign}`)].map((before) => sql`${folded} like ${before + beginning}`)
  return sql`(${sql.join(ways, sql` or `)})`
}

/** Every word stands somewhere in `where`, whatever their order, accents and forms of letters. It has an index as `fold_text(where)`. */
export function saying(where: RawBuilder<unknown>, text: string): RawBuilder<unknown> {
  const words = wordsOf(text)
  return words.length === 0 ? sql`false` : all(words.map((word) => saysWord(sql`fold_text(${where})`, word)))
}

const elsewhere = whole<{ readonly table: string; readonly condition: (text: string) => RawBuilder<unknown> }>()
/** Rows that are found by something that is not theirs too: a product by the codes of its variants. The condition is about `t`. */
export const foundElsewhere = (table: string, condition: (text: string) => RawBuilder<unknown>): Part =>
  elsewhere.part({ table, condition })

/** What the search box looks for: words anywhere in the fields, a sealed one by what was typed whole. */
export function searchOf(reading: Pick<Reading, 'db' | 'actor' | 'reach'>, entity: Entity, text: string): RawBuilder<unknown> {
  const { db, actor } = reading
  const names = (entity.search ?? []).map((name) => [name, entity.fields[name]] as const)
  const texts = names.flatMap(([name, field]) => {
    if (!field || field.findable || !reads(reading, entity, field)) return []
    return [field.optional ? sql`coalesce(${columnOf(name)}, '')` : columnOf(name)]
  })
  const ways = [
    ...(texts.length > 0 ? [sql`(${saying(sql.join(texts, sql` || ' ' || `), text)})`] : []),
    ...names.flatMap(([name, field]) => (field?.findable ? [foundBy(db, name, field, actor, text)] : [])),
    ...(entity.seeded
      ? [sql`${columnOf(entity.title)} = any(${seedsSaid(wordsFor(actor.locale), entity.seeded, text)}::text[])`]
      : []),
    ...(entity.custom && mayReadCustom(entity, actor) ? [sql`(${saying(sql`t.custom_said`, text)})`] : []),
    ...elsewhere.all().flatMap(({ table, condition }) => (table === entity.table ? [condition(text)] : [])),
  ]
  return ways.length === 0 ? sql`false` : sql`(${sql.join(ways, sql` or `)})`
}

const mayReadCustom = (entity: Entity, actor: Actor): boolean =>
  customNames(entity).every(
    (name) => !entity.fields[name]!.personal || reachOf(actor, entity.fields[name]!.personal) !== undefined,
  )

function foundBy(db: Db, name: string, field: Field, actor: Actor, text: string): RawBuilder<unknown> {
  // Who may not read a number does not find out by asking whose it is.
  if (field.personal && !reachOf(actor, field.personal)) return sql`false`
  const wanted = searchIndexes(db, text)
  const column = columnOf(`${name}Index`)
  return field.kind === 'texts' ? sql`${column} && ${wanted}::text[]` : sql`${column} = any(${wanted}::text[])`
}

/** Rows of which a part, or a column that is no field, says so. */
function saidBeyond(name: string, { field, through, column }: Beyond, text: string): RawBuilder<unknown> {
  const at = (of: 't' | 'part') => {
    const ways = [column].flat().map((one) => filterOf(sql`${sql.raw(of)}.${sql.id(snake(one))}`, name, field, text))
    return ways.length === 1 ? ways[0]! : sql`(${sql.join(ways, sql` or `)})`
  }
  if (!through) return at('t')
  return sql`exists (select from ${sql.table(through.table)} part where part.${sql.id(snake(through.of))} = ${columnOf(through.row ?? 'id')} and ${at('part')})`
}

function filterOf(column: RawBuilder<unknown>, name: string, field: Field, text: string): RawBuilder<unknown> {
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
  // One of them is enough, as with a choice.
  if (field.kind === 'texts') return sql`${column} && ${parts}::text[]`
  const values = parts.map(read)
  // One value of a field of the company's own is found by the index over all of them.
  if (isCustom(name) && values.length === 1)
    return sql`t.custom @> ${JSON.stringify({ [name.slice(CUSTOM.length)]: field.kind === 'flag' ? values[0] === 'true' : values[0] })}::jsonb`
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column}::text = any(${values}::text[])`
}

/** Who may not read a value does not find it out by what stands before it, or by asking whose it is. */
function reads(
  { actor, reach }: Pick<Reading, 'actor' | 'reach'>,
  entity: Entity,
  { seenBy, personal }: Field,
  input: Partial<ListInput> = {},
): boolean {
  // Of all that is listed: its order tells of each row.
  const asked = placesAsked(entity, input)
  const listed = asked ? { ...NOWHERE, places: asked } : reach
  if (seenBy && heldIn(entity, { actor, reach: listed }, seenBy) !== true) return false
  return !personal || reachOf(actor, personal) !== undefined
}

/** The places whose rows alone are asked for; nothing where all of them are. */
function placesAsked({ scope, filters }: Entity, input: Partial<ListInput>): readonly string[] | undefined {
  const place = scope?.place
  const asked = place && (filters as readonly string[] | undefined)?.includes(place) ? (input as Values)[place] : undefined
  const ids = typeof asked === 'string' ? asked.split(',') : []
  return ids.length > 0 && ids.every((id) => z.uuid().safeParse(id).success) ? ids : undefined
}

function readSort(reading: Reading, entity: Entity, input: ListInput): { field: string; descending: boolean } {
  const fieldOf = (sort: string) => sort.replace(/^-/, '')
  const offered = entity.sort.filter(
    (one) => fieldOf(one) === 'id' || reads(reading, entity, entity.fields[fieldOf(one)]!, input),
  )
  const sort = input.sort ?? offered[0] ?? 'id'
  const field = fieldOf(sort)
  if (field !== 'id' && !offered.some((one) => fieldOf(one) === field)) throw CommonProblem.unknownField({ field })
  return { field, descending: sort.startsWith('-') }
}

const writeCursor = (value: unknown, id: string): string => Buffer.from(JSON.stringify([value, id])).toString('base64url')

interface Cursor {
  readonly value: string | number | boolean | null
  readonly id: string
}

function readCursor(text: string, name: string, field: Field | undefined): Cursor {
  try {
    const [value, id] = z
      .tuple([z.union([z.string(), z.number(), z.boolean(), z.null()]), z.uuid()])
      .parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    // What no page of ours has written is refused here, not by the database.
    // Of the company's own choices, rows still hold one that was taken away.
    const isText = field?.kind === 'text' || (field?.kind === 'choice' && isCustom(name))
    if (value === null ? !mayBeEmpty(name, field) : field && !isText) field!.schema.parse(value)
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
  const refs = await titlesOf(db, fields, rows, t, actor)
  const own = rows.flatMap((row) => {
    const [id, name] = [row['id'], row[entity.title]]
    if (typeof id !== 'string') return []
    // A draft that gets its number later is called something all the same.
    if (name === null && 'lines' in entity) return [[id, unnumbered(t, entity)]]
    return entity.seeded && typeof name === 'string' ? [[id, shownName(t, entity.seeded, name)]] : []
  })
  return { ...refs, ...Object.fromEntries(own) }
}

/**
 * Titles for every reference in some rows: one statement for all the tables that they point to. With `t`, what a new company began
 * with is called in those words. What a field of the company's own points to is told to an actor who may see it, for nothing else
 * says that it belongs to the row.
 */
export async function titlesOf(
  db: Db,
  fields: readonly [string, Field][],
  rows: readonly Record<string, unknown>[],
  t?: Translate,
  actor?: Actor,
): Promise<Record<string, string>> {
  const parts = [false, true].flatMap((isOwn) => {
    const wanted = new Map<string, Set<string>>()
    for (const [name, field] of fields) {
      if (field.kind !== 'ref' || !field.to || isCustom(name) !== isOwn) continue
      const ids = wanted.get(field.to) ?? new Set()
      for (const row of rows) if (typeof row[name] === 'string') ids.add(row[name])
      if (ids.size > 0) wanted.set(field.to, ids)
    }
    return [...wanted].flatMap(([table, ids]) => {
      const target = declaredEntities.get(table)
      if (!target) return []
      const seen = all([sql`t.id = any(${[...ids]}::uuid[])`, ...(isOwn ? seenBy(target, actor) : [])])
      return [
        sql`select t.id, ${columnOf(target.title)}::text as title, ${target.seeded ?? null}::text as seeded from ${sql.table(table)} t where ${seen}`,
      ]
    })
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

/** What records are called, for those that the reader may see; `[table, id]` pairs in, titles by id out. */
export function titlesFor(
  db: Db,
  actor: Actor,
  records: readonly (readonly [string, string])[],
): Promise<Record<string, string>> {
  const seen = records.filter(([table]) => {
    const entity = declaredEntities.get(table)
    return entity && reachOf(actor, entity.can.read)
  })
  const fields = [...new Set(seen.map(([table]) => table))].map((to): [string, Field] => [to, { kind: 'ref', to } as Field])
  return titlesOf(
    db,
    fields,
    seen.map(([table, id]) => ({ [table]: id })),
    wordsFor(actor.locale),
  )
}
