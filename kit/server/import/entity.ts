import { sql } from 'kysely'
import { z } from 'zod'
import { isCustom } from '../../custom.ts'
import { declaredEntities, valuesOf, writableFields, type Entity, type Field } from '../../entity.ts'
import { newId } from '../../id.ts'
import { isCellError, isNothing, isTotalName, meantBy, readDayIn, readNumber } from '../../import.ts'
import { readCounted, readPriced } from '../../measure-said.ts'
import { decimalText, decimalsOf } from '../../money.ts'
import { QTY_DECIMALS } from '../../quantity.ts'
import { translate } from '../../words.ts'
import { CommonProblem, Problem, problems } from '../../problem.ts'
import { blindIndexes } from '../data/blind.ts'
import { whole, type Part } from '../../part.ts'
import { issueCode, type Tx } from '../door/context.ts'
import { asPgError, type Db } from '../data/db.ts'
import {
  insertRow,
  insertRows,
  lockRow,
  refuseEnded,
  refuseHidden,
  refusePlace,
  updateRow,
  withoutNothing,
  type Locked,
} from '../list/crud.ts'
import { holdOf } from '../list/keeping.ts'
import { all, columnOf, seenBy } from '../door/scope.ts'
import { readSetting } from '../door/setting.ts'
import { groupInTurns, inTurns, turns } from '../host/turns.ts'
import { namesOfSeed, seedKeyOf, serverWords } from '../host/words.ts'
import {
  importable,
  type Cells,
  type Group,
  type Importable,
  type ImportField,
  type Judged,
  type Pass,
  type Refusal,
  type Trace,
  type Warned,
} from './importable.ts'
import { currencyColumn, refusedCurrency, refusedTax, taxIncludedColumn } from '../../amounts.ts'

type Values = Record<string, unknown>

interface Elsewhere {
  readonly table: string
  find(tx: Tx, said: readonly string[]): Promise<readonly (readonly [said: string, id: string])[]>
}
const elsewhere = whole<Elsewhere>()
/** Records that a file may name by something that is not theirs: an article by its barcode. Asked for what their titles don't tell. */
export const namedElsewhere = (table: string, find: Elsewhere['find']): Part => elsewhere.part({ table, find })

export const EntityImportProblem = problems('import', {
  total: {
    status: 422,
    say: 'This looks like the total below a list, so it was left out. If it is more than that, fill in another column of its row.',
  },
  circle: { status: 422, say: 'These lie inside one another: {names}. Give one of them another parent, or none.' },
})

/** Who is meant: a record, nobody, or nobody for sure while some might be. */
export type Found = { readonly id: string } | { readonly mayBe: Omit<Refusal, 'row'> } | undefined

export interface Meant {
  readonly values?: Values
  readonly refusals?: readonly Omit<Refusal, 'row'>[]
  /** The row is taken, and somebody should look at it. */
  readonly warnings?: readonly Omit<Refusal, 'row'>[]
}

export interface Among {
  tidy(values: Values): Values
  find(values: Values): Found
  meant?(values: Values, cells: Cells): Values
  written(row: Values & { readonly id: string }): void
  /** Rows that are locked already, as they stand. */
  readonly rows: ReadonlyMap<string, Locked>
}

export interface EntityImportHooks {
  /** Puts cells into the columns that the entity has, before they are read: a first and a last name are one name. */
  join?(cells: Cells, pass: Pass): Cells
  /** Puts into rows what other rows of the file say: whom the number of another row means. */
  gather?(groups: readonly Group[]): readonly Group[]
  /** Columns of `join` or `gather` that the entity itself has not. */
  readonly more?: readonly ImportField[]
  /** Amounts that may be finer than the currency, or name what they are for, "5.00 / kg": `meant` reads their cells itself. */
  readonly finer?: readonly string[]
  /** Quantities with which a cell may name a unit, "5 kg": `meant` judges that. */
  readonly counted?: readonly string[]
  /** Says amounts as they are kept, by what headings and other cells say that they are for. */
  meant?(tx: Tx, values: Values, from: { cells: Cells; pass: Pass }): Promise<Meant>
  /** The same judgement as the form's: refuses, or fills columns. */
  tidy?(tx: Tx, values: Values): Promise<Values | void> | Values | void
  /** Finds the record that is meant, where the natural key alone does not tell it. */
  find?(tx: Tx, values: Values): Promise<Found>
  /**
   * What `tidy`, `find` and `meant` ask of the database for some hundred rows at once: a file of many thousands would ask it for
   * each of its rows. What a row writes is told to it, for those below.
   */
  among?(tx: Tx, rows: readonly Values[]): Promise<Among>
  /** What two rows of one file have in common that mean the same record; the natural key otherwise. */
  keyOf?(values: Values): string
  readonly aliases?: Readonly<Record<string, readonly string[]>>
  /** References that a code tells better than the name. */
  readonly byCode?: readonly string[]
  /** References that a file may leave to be chosen for all its rows: prices of one list, levels of one store. */
  readonly forAll?: readonly string[]
  /** Lists of these have no sums below, and one of them may be called so: "Jumla" is wholesale as well. */
  readonly hasNoTotals?: true
  /** Its amounts are prices: do those of the company hold their tax? */
  taxInside?(tx: Tx): Promise<boolean>
  /** What a list of words may hold; a file may call them as people do. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** Which choice other programs mean by a word, in small letters. */
  readonly meaning?: Readonly<Record<string, (word: string) => string | undefined>>
}

const companyCurrency = async (tx: Tx): Promise<string> =>
  (await readSetting(tx.db, 'company', z.object({ currency: z.string() }))).currency

/** May hold any words. */
const WRITTEN = new Set(['text', 'longText'])
const NUMBERS = new Set(['money', 'quantity', 'rate', 'integer'])

/** Any entity with a natural key can come from a file: found by the key, made or changed field by field. */
export function importEntity(
  entity: Entity,
  currency: (tx: Tx) => Promise<string> = companyCurrency,
  hooks: EntityImportHooks = {},
): Importable & Part {
  const fields = writableFields(entity)
    .filter(([, field]) => field.kind !== 'json')
    .map(([name, field]): [string, Field] => [name, { ...field, ...(hooks.choices?.[name] && { values: hooks.choices[name] }) }])
  const keys = (entity.naturalKey ?? [entity.title]) as readonly string[]
  // The column that names another one of its kind, in which this one lies.
  const around = fields.find(([, field]) => field.kind === 'ref' && field.to === entity.table)?.[0]
  const numbers = new Set(fields.flatMap(([name, field]) => (NUMBERS.has(field.kind) ? [name] : [])))
  const amounts = fields.flatMap(([name, field]) => (field.kind === 'money' ? [name] : []))
  // What has no amounts is in no currency.
  const hasOwnCurrency = amounts.length === 0 || fields.some(([name]) => name === 'currency')
  const isNeeded = (field: Field) => !field.optional && field.initial === undefined
  return importable({
    kind: entity.name,
    can: entity.can.import ?? entity.can.write ?? entity.can.read,
    fields: [
      ...fields.map(([name, field]) => ({
        name,
        // The other columns are needed for new records only; a file of the key and a price changes prices.
        required: keys.includes(name) && isNeeded(field) && !hooks.join,
        isNumber: NUMBERS.has(field.kind),
        ...(field.kind === 'money' && { isMoney: true }),
        isDay: field.kind === 'day',
        ...(hooks.byCode?.includes(name) && { isByCode: true }),
        ...(field.to && hooks.forAll?.includes(name) && { ofAll: field.to }),
        aliases: hooks.aliases?.[name] ?? [],
      })),
      ...(hooks.more ?? []),
      ...(hasOwnCurrency ? [] : [currencyColumn]),
      ...(hooks.taxInside ? [taxIncludedColumn] : []),
    ],
    ...(fields.some(([, field]) => field.kind === 'money') && {
      amountsOf: async (tx: Tx) => ({
        currency: await currency(tx),
        ...(hooks.taxInside && { taxInside: await hooks.taxInside(tx) }),
      }),
    }),
    ...(hooks.gather && { gather: hooks.gather }),
    ...(around && { nests: { name: entity.title, parent: around } }),
    ...(hooks.join && { oneOf: [entity.title, ...(hooks.more ?? []).map(({ name }) => name)] }),
    async take(tx, groups, pass) {
      const outcomes: Judged[] = []
      const traces: Trace[] = []
      const ids = new Map<number, Readonly<Record<string, string>>>()
      const money = await currency(tx)
      const taxInside = await hooks.taxInside?.(tx)
      const rows = await inTurns(groups, ({ rows: [row] }) => joined(hooks, row!, pass))
      const refs = await refsOf(
        tx,
        fields,
        rows.map((row) => row.cells),
      )
      // What was chosen for all rows says nothing of one.
      const silent = new Set([...numbers, ...(hooks.forAll ?? []).filter((name) => pass.headings[name] === undefined)])
      const circles = around ? await circlesIn(rows, entity.title, around) : undefined
      const readAt = (at: number) => readRow(entity, fields, rows[at]!.cells, money, refs, pass, hooks)
      // What lies in one another is read one by one, for a row may name one above it.
      const reads = hooks.among && !around ? await inTurns(rows, (_, at) => readAt(at)) : undefined
      const among =
        reads &&
        (await hooks.among?.(
          tx,
          reads.map(({ values }) => values),
        ))
      const writing = writerOf(tx, entity, among)
      const rest = turns()
      for (const [at, { number, cells, problem }] of rows.entries()) {
        const others = rest()
        if (others) await others
        if (!hooks.hasNoTotals && isTotal(groups[at]!.rows[0]!.cells, silent)) {
          outcomes.push([{ row: number, field: null, problem: 'import.total' }])
          continue
        }
        const circle = circles?.get(number)
        if (circle) {
          outcomes.push([{ row: number, field: around!, problem: 'import.circle', params: { names: circle } }])
          continue
        }
        if (problem) {
          outcomes.push([
            { row: number, field: null, problem: problem.code, params: { ...problem.params, said: problem.message } },
          ])
          continue
        }
        const read = reads?.[at] ?? readAt(at)
        const refusals: Refusal[] = [
          ...read.refusals.map((one) => ({ ...one, row: number })),
          ...(hasOwnCurrency ? [] : refusedCurrency(cells, 'currency', money).map((one) => ({ ...one, row: number }))),
          ...(taxInside === undefined ? [] : refusedTax({ number, cells }, { of: amounts, taxInside }, pass)),
        ]
        if (refusals.length === 0) {
          try {
            const meant = among
              ? { values: among.meant?.(read.values, cells) ?? {} }
              : await hooks.meant?.(tx, read.values, { cells, pass })
            if (meant?.refusals?.length) {
              outcomes.push(meant.refusals.map((one) => ({ ...one, row: number })))
              continue
            }
            const said: Values = { ...read.values, ...meant?.values }
            const values: Values = { ...said, ...(among ? among.tidy(said) : await hooks.tidy?.(tx, said)) }
            for (const name of keys) if (values[name] === undefined && name in read.initial) values[name] = read.initial[name]
            const key = `key:${hooks.keyOf?.(values) ?? keys.map((name) => String(values[name] ?? '')).join('\u0000')}`
            if (pass.memory.get(key)) {
              outcomes.push([{ row: number, field: keys[0] ?? null, problem: 'import.twice' }])
              continue
            }
            pass.memory.set(key, String(number))
            // Before anything is compared: whether a value is the right one is told to nobody who may not see it.
            refuseHidden(tx, entity, withoutNothing(values))
            const { judged, id } = await upsert(
              tx,
              entity,
              { keys, hooks, among, writing, values, initial: read.initial, number, owed: pass.owed?.get(number) ?? [] },
              traces,
            )
            outcomes.push(warned(judged, meant?.warnings?.map((one) => ({ ...one, row: number })) ?? []))
            if (id) ids.set(number, { [idName(entity)]: id })
            const made = traces.at(-1)
            if (around && made?.created) learn(refs, around, String(values[entity.title]), made.record)
            continue
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            refusals.push(...refusedFor(error).map((one) => ({ ...one, row: number })))
          }
        }
        outcomes.push(refusals)
      }
      await writing.flush()
      return { outcomes, traces, ids }
    },
    undo: async (tx, traces) => (await undoRows(tx, entity, traces)).length,
  })
}

function warned(judged: Judged, warnings: readonly Refusal[]): Judged {
  if (warnings.length === 0 || Array.isArray(judged)) return judged
  const { outcome, warnings: own } = typeof judged === 'string' ? { outcome: judged, warnings: [] } : (judged as Warned)
  return { outcome, warnings: [...own, ...warnings] }
}

interface Issue {
  readonly path: string
  readonly code: string
  readonly n?: string
}
/** What a rule refuses about fields is told of each of them. */
function refusedFor({ code, params, message, details }: Problem): Omit<Refusal, 'row'>[] {
  if (code !== 'kit.invalid' || !Array.isArray(details) || details.length === 0)
    return [{ field: null, problem: code, params: { ...params, said: message } }]
  return (details as Issue[]).map(({ path, code: problem, n }) => ({
    field: path,
    problem,
    params: n === undefined ? {} : { n },
  }))
}

/** It is called so and says nothing else, but for numbers. */
function isTotal(cells: Cells, silent: ReadonlySet<string>): boolean {
  const said = Object.entries(cells).filter(([name, cell]) => cell.trim() !== '' && !silent.has(name))
  return said.length === 1 && isTotalName(said[0]![1])
}

/** What this file has made can be named by the rows below. */
function learn(refs: Map<string, Map<string, string>>, field: string, title: string, id: string): void {
  const known = refs.get(field) ?? new Map<string, string>()
  refs.set(field, known)
  const [key, before] = [title.toLowerCase(), known.get(title.toLowerCase())]
  known.set(key, before === undefined || before === id ? id : SEVERAL)
}

/** Rows that lie in themselves by way of others, with the names of the way round. A name that stands there twice tells nothing. */
async function circlesIn(rows: readonly JoinedRow[], title: string, around: string): Promise<Map<number, string>> {
  const said = ({ cells }: JoinedRow, field: string) => cells[field]?.trim().toLowerCase() ?? ''
  const named = await groupInTurns(rows, (row) => said(row, title))
  const above = (row: JoinedRow) => {
    const all = named.get(said(row, around)) ?? []
    return all.length === 1 && said(row, around) !== '' ? all[0] : undefined
  }
  const found = new Map<number, string>()
  const judged = new Set<JoinedRow>()
  const rest = turns()
  for (const row of rows) {
    const others = rest()
    if (others) await others
    const way: JoinedRow[] = []
    let at: JoinedRow | undefined = row
    while (at && !judged.has(at)) {
      judged.add(at)
      way.push(at)
      at = above(at)
    }
    const begin = at ? way.indexOf(at) : -1
    const round = begin < 0 ? [] : way.slice(begin)
    const least = round.reduce((all, one) => Math.min(all, one.number), Infinity)
    const first = round.findIndex((one) => one.number === least)
    // Each has two letters at least with its arrow, so no more of them are told.
    const names = [...round.slice(first), ...round.slice(0, first)].slice(0, 100).map((one) => one.cells[title]!.trim())
    const told = names.join(' → ').slice(0, 200)
    for (const one of round) found.set(one.number, told)
  }
  return found
}

interface JoinedRow {
  readonly number: number
  readonly cells: Cells
  readonly problem?: Problem
}
function joined(hooks: EntityImportHooks, row: { number: number; cells: Cells }, pass: Pass): JoinedRow {
  try {
    return { number: row.number, cells: hooks.join?.(row.cells, pass) ?? row.cells }
  } catch (problem) {
    if (problem instanceof Problem) return { ...row, problem }
    throw problem
  }
}

interface Writing {
  /** Makes a row, or keeps it to be made with others. */
  insert(row: Values & { readonly id: string }): Promise<void>
  lock(id: string): Promise<Locked>
  flush(): Promise<void>
}
/** Rows that are made wait for one another where what was asked of the database was asked for all of them. */
function writerOf(tx: Tx, entity: Entity, among: Among | undefined): Writing {
  const waiting: (Values & { readonly id: string })[] = []
  const flush = async () => {
    if (waiting.length > 0) await insertRows(tx, entity, waiting.splice(0))
  }
  return {
    flush,
    async insert(row) {
      if (!among) return insertRow(tx, entity, row)
      waiting.push(row)
      among.written(row)
    },
    async lock(id) {
      const known = among?.rows.get(id)
      if (known) return known
      await flush()
      return lockRow(tx, entity, id)
    },
  }
}

interface Wanted {
  readonly keys: readonly string[]
  readonly hooks: EntityImportHooks
  readonly among: Among | undefined
  readonly writing: Writing
  /** What the file says. */
  readonly values: Values
  /** What a new record begins with where the file says nothing. */
  readonly initial: Values
  readonly number: number
  /** What is missing if it is new. */
  readonly owed: readonly Refusal[]
}

/** By which name an import tells the id of a record of this entity: `product`. */
export const idName = ({ name }: Pick<Entity, 'name'>): string => name.split('.').at(-1)!

async function upsert(tx: Tx, entity: Entity, wanted: Wanted, traces: Trace[]): Promise<{ judged: Judged; id?: string }> {
  const { keys, hooks, among, writing, values, number } = wanted
  const found = among ? among.find(values) : await (hooks.find ? hooks.find(tx, values) : findByKey(tx, entity, keys, values))
  const permission = entity.can.import ?? entity.can.write ?? entity.can.read
  refusePlace(tx, entity, permission, values)
  if (!found || !('id' in found)) {
    const missing = writableFields(entity).filter(
      ([name, field]) => !(name in values) && !(name in wanted.initial) && !field.optional && field.kind !== 'json',
    )
    const owed = [...missing.map(([name]) => ({ row: number, field: name, problem: 'required' })), ...wanted.owed]
    if (owed.length > 0) return { judged: owed }
    const id = newId()
    const row = { ...wanted.initial, ...values }
    await writing.insert({ ...row, id })
    traces.push({ table: entity.table, record: id, created: true, before: null, after: row })
    return { judged: found ? { outcome: 'new', warnings: [{ ...found.mayBe, row: number }] } : 'new', id }
  }
  const row = await writing.lock(found.id)
  const changed = Object.entries(values).filter(
    ([name, value]) =>
      JSON.stringify(row[name] ?? null) !== JSON.stringify(value ?? null) && !isSameSeed(entity, name, row[name], value),
  )
  if (changed.length === 0) return { judged: 'same', id: found.id }
  refuseEnded(entity, row, Object.fromEntries(changed))
  const stuck = changed.find(([name]) => entity.fields[name]?.fixed)
  if (stuck) throw CommonProblem.fixed({ field: stuck[0] })
  const version = await updateRow(tx, entity, row, Object.fromEntries(changed))
  traces.push({
    table: entity.table,
    record: found.id,
    created: false,
    before: Object.fromEntries(changed.map(([name]) => [name, row[name] ?? null])),
    after: Object.fromEntries(changed),
  })
  // A row below may mean it as well.
  Object.assign(row, Object.fromEntries(changed), { version })
  among?.written(row)
  return { judged: 'changed', id: found.id }
}

/** What a company began with is called otherwise in another language, and the same thing. */
function isSameSeed({ seeded, title }: Entity, name: string, before: unknown, now: unknown): boolean {
  if (seeded === undefined || name !== title) return false
  const key = seedKeyOf(seeded, String(now))
  return (
    key !== undefined && (key === seedKeyOf(seeded, String(before)) || namesOfSeed(seeded, String(now)).includes(String(before)))
  )
}

async function findByKey(tx: Tx, entity: Entity, keys: readonly string[], values: Values): Promise<{ id: string } | undefined> {
  const { rows } = await byKey(tx.db, entity, keys, values).execute(tx.db)
  return rows[0]
}

/** The record with that key; asked for each row of a file, so an index has to answer it: none knows "is not distinct from". */
export function byKey(db: Db, entity: Pick<Entity, 'table' | 'fields'>, keys: readonly string[], values: Values) {
  const conditions = keys.map((name) => {
    const field = entity.fields[name]
    const indexes = field?.findable ? blindIndexes(db, values[name]) : []
    const value = !field?.findable ? values[name] : field.kind === 'texts' ? indexes : indexes[0]
    const column = columnOf(field?.findable ? `${name}Index` : name)
    return value === undefined || value === null ? sql`${column} is null` : sql`${column} = ${value}`
  })
  return sql<{ id: string }>`select t.id from ${sql.table(entity.table)} t where ${sql.join(conditions, sql` and `)} limit 1`
}

/** What a file wrote is taken back where it still stands as the file left it. @returns the rows that stay */
export async function undoRows(tx: Tx, entity: Entity, traces: readonly Trace[]): Promise<Values[]> {
  const kept: Values[] = []
  for (const trace of traces) {
    const { rows } = await sql<{
      id: string
    }>`select id from ${sql.table(entity.table)} where id = ${trace.record} for update`.execute(tx.db)
    if (!rows[0]) continue
    const row = await lockRow(tx, entity, trace.record)
    if (!isAsLeft(row, trace)) kept.push(row)
    else if (!trace.created) await updateRow(tx, entity, row, trace.before ?? {})
    else if (!(await deleteUnused(tx, entity, row))) kept.push(row)
  }
  return kept
}

/** Does it still stand as the file left it? */
export const isAsLeft = (row: Readonly<Values>, { after }: Trace): boolean =>
  Object.entries(after ?? {}).every(([name, value]) => JSON.stringify(row[name] ?? null) === JSON.stringify(value ?? null))

/** A record that is used elsewhere by now stays. */
async function deleteUnused(tx: Tx, entity: Entity, row: Values & { id: string; version: number }): Promise<boolean> {
  if (await holdOf(tx.db, row.id)) return false
  await sql`savepoint undo_one`.execute(tx.db)
  try {
    await sql`delete from ${sql.table(entity.table)} where id = ${row.id}`.execute(tx.db)
    await sql`release savepoint undo_one`.execute(tx.db)
    tx.changed({ table: entity.table, record: row.id, before: row, after: null })
    return true
  } catch (error) {
    // What somebody holds at this moment is not used: the portion is tried again.
    if (!/^(?:23|42)/.test(asPgError(error)?.code ?? '')) throw error
    await sql`rollback to savepoint undo_one`.execute(tx.db)
    return false
  }
}

const SEVERAL = 'several'
/** Titles in the file become ids: one statement for each kind of reference. */
export async function refsOf(
  tx: Tx,
  fields: readonly [string, Field][],
  rows: readonly Cells[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>()
  for (const [name, field] of fields) {
    const target = field.kind === 'ref' && field.to ? declaredEntities.get(field.to) : undefined
    if (!target) continue
    const said = [...new Set(rows.map((cells) => cells[name]?.trim().toLowerCase() ?? '').filter(Boolean))]
    // A file says what a company began with in the language of whoever got it.
    const seeds = target.seeded ? said.map((text) => namesOfSeed(target.seeded!, text).map((one) => one.toLowerCase())) : []
    const wanted = [...new Set([...said, ...seeds.flat()])]
    if (wanted.length === 0) continue
    const columns = [target.title, ...(target.naturalKey?.length === 1 ? target.naturalKey : [])] as string[]
    const matches = columns.map((column) => sql`lower(${columnOf(column)}::text) = any(${wanted}::text[])`)
    const picked = columns.map((column, index) => sql`lower(${columnOf(column)}::text) as ${sql.id(`c${index}`)}`)
    // No constraint of the database knows what a field of the company's own may point to: only to what its writer sees.
    const seen = isCustom(name) ? all(seenBy(target, tx.actor)) : sql`true`
    const { rows: matched } = await sql<
      Record<string, string>
    >`select t.id, ${sql.join(picked)} from ${sql.table(target.table)} t where (${sql.join(matches, sql` or `)}) and ${seen}`.execute(
      tx.db,
    )
    const ids = new Map(matched.flatMap((row) => columns.map((_, index) => [row[`c${index}`]!, row['id']!] as const)))
    // A title that several have means none of them.
    for (const [title, several] of Map.groupBy(matched, (row) => row['c0']!))
      if (several.length > 1 && ids.get(title) === several.at(-1)!['id']) ids.set(title, SEVERAL)
    for (const [at, text] of said.entries()) {
      const id = ids.get(text) ?? seeds[at]?.map((one) => ids.get(one)).find(Boolean)
      if (id) ids.set(text, id)
    }
    for (const other of elsewhere.all().filter(({ table }) => table === target.table)) {
      const unknown = said.filter((text) => !ids.has(text))
      const named = unknown.length > 0 ? await other.find(tx, unknown) : []
      const mine = isCustom(name)
        ? await seenAmong(
            tx,
            target,
            [...named].map(([, id]) => id),
          )
        : undefined
      for (const [text, id] of named)
        if (!mine || mine.has(id)) ids.set(text, [undefined, id].includes(ids.get(text)) ? id : SEVERAL)
    }
    found.set(name, ids)
  }
  return found
}

async function seenAmong(tx: Tx, target: Entity, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const seen = all([sql`t.id = any(${ids}::uuid[])`, ...seenBy(target, tx.actor)])
  const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(target.table)} t where ${seen}`.execute(tx.db)
  return new Set(rows.map(({ id }) => id))
}

/** What the cells of a row say of an entity's fields, and what of it can't be read. */
export function readRow(
  entity: Entity,
  fields: readonly [string, Field][],
  cells: Cells,
  currency: string,
  refs: ReadonlyMap<string, ReadonlyMap<string, string>>,
  pass: Pass,
  { finer = [], counted = [], meaning = {} }: EntityImportHooks = {},
) {
  const values: Values = {}
  const initial: Values = {}
  const refusals: Omit<Refusal, 'row'>[] = []
  for (const [name, field] of fields) {
    const cell = cells[name]?.trim()
    const isNone = cell !== undefined && field.optional === true && isNothing(cell, WRITTEN.has(field.kind))
    const text = isNone ? '' : cell
    if (field.initial !== undefined && !text) initial[name] = field.schema.parse(field.initial)
    if (text === undefined) continue
    if (text === '') {
      if (field.optional) values[name] = null
      else if (field.initial === undefined) refusals.push({ field: name, problem: 'required' })
      continue
    }
    if (isCellError(text)) {
      refusals.push({ field: name, problem: 'import.cellError', params: { value: text } })
      continue
    }
    // "6+" is from six on.
    const isPriced = finer.includes(name)
    const counting = counted.includes(name) ? readCounted(text.endsWith('+') ? text.slice(0, -1) : text).number : text
    const bare = isPriced ? readPriced(counting).number : counting
    const raw = rawOf(name, field, bare, { entity, currency, refs: refs.get(name), pass, meant: meaning[name] })
    if (raw === null) {
      if (field.initial !== undefined) initial[name] = field.schema.parse(field.initial)
      continue
    }
    if (typeof raw === 'object' && 'problem' in raw) {
      if (isPriced && raw.problem === 'import.tooFine') continue
      refusals.push(raw as Omit<Refusal, 'row'>)
      continue
    }
    const read = field.schema.safeParse(raw)
    if (read.success) values[name] = read.data
    else
      refusals.push({
        field: name,
        problem: read.error.issues[0] ? issueCode(read.error.issues[0]) : 'import.unreadable',
        params: { value: text.slice(0, 80) },
      })
  }
  return { values, initial, refusals }
}

const YES = new Set(['true', 'yes', 'y', '1', 'ja', 'ndiyo', 'نعم', 'да', 'x'])
const NO = new Set(['false', 'no', 'n', '0', 'hapana', 'لا', 'нет', ''])

/** A choice by what it is called in any language: an export for people says it so. */
function choiceOf(name: string, field: Field, text: string, entity: Entity): string | undefined {
  const values = valuesOf(field)
  const said = text.toLowerCase()
  return (
    values.find((value) => value.toLowerCase() === said) ??
    values.find((value) => wordsOfChoice(`${entity.name}.${name}.${value}`).includes(said))
  )
}
const choices = new Map<string, readonly string[]>()
function wordsOfChoice(key: string): readonly string[] {
  const found =
    choices.get(key) ??
    Object.keys(serverWords()).map((language) => translate(serverWords(), language).of('state', key).toLowerCase())
  choices.set(key, found)
  return found
}

interface Meaning {
  readonly entity: Entity
  readonly currency: string
  readonly refs: ReadonlyMap<string, string> | undefined
  readonly pass: Pass
  readonly meant: ((word: string) => string | undefined) | undefined
}

const RATE_DECIMALS = 4
const ONE_PERCENT = 10n ** BigInt(RATE_DECIMALS)

/** A cell as the wire would bring it, or why it is none; null where somebody chose that it says nothing. */
function rawOf(name: string, field: Field, text: string, { entity, currency, refs, pass, meant }: Meaning): unknown {
  const refusal = (problem: string) => ({ field: name, problem, params: { value: text.slice(0, 80) } })
  const scaled = (scale: number, of = text) => {
    const read = readNumber(of, { field: name, scale, pass, ...(field.kind === 'money' && { currency }) })
    return typeof read === 'bigint' ? read.toString() : read
  }
  /** A choice by its own words, by those of other programs, or by what somebody chose that it means, also nothing: null. */
  const said = (word: string): string | null => {
    const known = choiceOf(name, field, word, entity) ?? meant?.(word.toLowerCase())
    const answers = known === undefined ? valuesOf(field).map((value) => `${name}.${value}`) : []
    const chosen = answers.length > 0 ? meantBy(word, answers, { field: name, pass }) : undefined
    return known ?? (chosen === null ? null : (chosen?.slice(name.length + 1) ?? word))
  }
  switch (field.kind) {
    case 'money':
      return scaled(decimalsOf(currency))
    case 'quantity':
      return scaled(QTY_DECIMALS)
    case 'rate': {
      const bare = text.replace(/[%٪]/, '')
      const read = scaled(RATE_DECIMALS, bare)
      const rate = typeof read === 'string' ? BigInt(read) : 0n
      if (bare !== text || rate === 0n || rate <= -ONE_PERCENT || rate >= ONE_PERCENT) return read
      // A sheet keeps 16% as 0.16, and there are levies of half a percent.
      const [one, other] = [rate, rate * 100n].map((each) => decimalText(each, RATE_DECIMALS))
      return { field: name, problem: 'import.shareOrPercent', params: { value: text.slice(0, 80), one, other } }
    }
    case 'integer': {
      const read = scaled(0)
      return typeof read === 'string' && read.length < 14 ? Number(read) : read
    }
    case 'day':
      return readDayIn(text, { field: name, pass })
    case 'flag':
      return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : refusal('import.unreadable')
    case 'texts':
      return text
        .split(/[,;\n]/)
        .map((one) => one.trim())
        .filter(Boolean)
        .map((one) => said(one))
        .filter((one) => one !== null)
    case 'ref':
      if (refs?.get(text.toLowerCase()) === SEVERAL) return refusal('import.severalRefs')
      return refs?.get(text.toLowerCase()) ?? (/^[0-9a-f-]{36}$/i.test(text) ? text : refusal('import.unknownRef'))
    case 'choice':
      return said(text)
    case 'text':
      // A name has one line; a cell that was wrapped has more. What keeps a name apart in a sentence is no part of it.
      return text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ')
    default:
      return text
  }
}
