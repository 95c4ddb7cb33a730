import { sql } from 'kysely'
import { z } from 'zod'
import { declaredEntities, writableFields, type Entity, type Field } from '../../entity.ts'
import { newId } from '../../id.ts'
import { readNumber } from '../../import.ts'
import { decimalsOf } from '../../money.ts'
import { QTY_DECIMALS } from '../../quantity.ts'
import { CommonProblem, Problem } from '../../problem.ts'
import { blindIndexes } from '../blind.ts'
import type { Tx } from '../context.ts'
import { insertRow, lockRow, refuseEnded, refuseHidden, refusePlace, updateRow, withoutNothing } from '../crud.ts'
import { holdOf } from '../keeping.ts'
import { columnOf } from '../list.ts'
import { readSetting } from '../setting.ts'
import { namesOfSeed } from '../words.ts'
import { importable, type Cells, type Importable, type Judged, type Pass, type Refusal, type Trace } from './importable.ts'

type Values = Record<string, unknown>

/** Who is meant: a record, nobody, or nobody for sure while some might be. */
export type Found = { readonly id: string } | { readonly mayBe: Omit<Refusal, 'row'> } | undefined

export interface EntityImportHooks {
  /** Puts cells into the columns that the entity has, before they are read: a first and a last name are one name. */
  join?(cells: Cells, pass: Pass): Cells
  /** Columns of `join` that the entity itself has not. */
  readonly more?: readonly { readonly name: string; readonly aliases?: readonly string[] }[]
  /** The same judgement as the form's: refuses, or fills columns. */
  tidy?(tx: Tx, values: Values): Promise<Values | void> | Values | void
  /** Finds the record that is meant, where the natural key alone does not tell it. */
  find?(tx: Tx, values: Values): Promise<Found>
  /** What two rows of one file have in common that mean the same record; the natural key otherwise. */
  keyOf?(values: Values): string
  readonly aliases?: Readonly<Record<string, readonly string[]>>
}

const companyCurrency = async (tx: Tx): Promise<string> =>
  (await readSetting(tx.db, 'company', z.object({ currency: z.string() }))).currency

const NUMBERS = new Set(['money', 'quantity', 'rate', 'integer'])

/** Any entity with a natural key can come from a file: found by the key, made or changed field by field. */
export function importEntity(
  entity: Entity,
  currency: (tx: Tx) => Promise<string> = companyCurrency,
  hooks: EntityImportHooks = {},
): Importable {
  const fields = writableFields(entity).filter(([, field]) => field.kind !== 'json')
  const keys = (entity.naturalKey ?? [entity.title]) as readonly string[]
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
        aliases: hooks.aliases?.[name] ?? [],
      })),
      ...(hooks.more ?? []),
    ],
    ...(hooks.join && { oneOf: [entity.title, ...(hooks.more ?? []).map(({ name }) => name)] }),
    async take(tx, groups, pass) {
      const outcomes: Judged[] = []
      const traces: Trace[] = []
      const money = await currency(tx)
      const rows = groups.map(({ rows: [row] }) => joined(hooks, row!, pass))
      const refs = await refsOf(
        tx,
        fields,
        rows.map((row) => row.cells),
      )
      for (const { number, cells, problem } of rows) {
        if (problem) {
          outcomes.push([
            { row: number, field: null, problem: problem.code, params: { ...problem.params, said: problem.message } },
          ])
          continue
        }
        const read = readRow(fields, cells, money, refs, pass)
        const refusals: Refusal[] = read.refusals.map((one) => ({ ...one, row: number }))
        if (refusals.length === 0) {
          try {
            const values: Values = { ...read.values, ...(await hooks.tidy?.(tx, read.values)) }
            for (const name of keys) if (values[name] === undefined && name in read.initial) values[name] = read.initial[name]
            const key = `key:${hooks.keyOf?.(values) ?? keys.map((name) => String(values[name] ?? '')).join('\u0000')}`
            if (pass.memory.get(key)) {
              outcomes.push([{ row: number, field: keys[0] ?? null, problem: 'import.twice' }])
              continue
            }
            pass.memory.set(key, String(number))
            // Before anything is compared: whether a value is the right one is told to nobody who may not see it.
            refuseHidden(tx, entity, withoutNothing(values))
            outcomes.push(await upsert(tx, entity, { keys, hooks, values, initial: read.initial, number }, traces))
            continue
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            refusals.push({ row: number, field: null, problem: error.code, params: { ...error.params, said: error.message } })
          }
        }
        outcomes.push(refusals)
      }
      return { outcomes, traces }
    },
    undo: (tx, traces) => undoRows(tx, entity, traces),
  })
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

interface Wanted {
  readonly keys: readonly string[]
  readonly hooks: EntityImportHooks
  /** What the file says. */
  readonly values: Values
  /** What a new record begins with where the file says nothing. */
  readonly initial: Values
  readonly number: number
}

async function upsert(tx: Tx, entity: Entity, wanted: Wanted, traces: Trace[]): Promise<Judged> {
  const { keys, hooks, values, number } = wanted
  const found = await (hooks.find ? hooks.find(tx, values) : findByKey(tx, entity, keys, values))
  const permission = entity.can.import ?? entity.can.write ?? entity.can.read
  refusePlace(tx, entity, permission, values)
  if (!found || !('id' in found)) {
    const missing = writableFields(entity).filter(
      ([name, field]) => !(name in values) && !(name in wanted.initial) && !field.optional && field.kind !== 'json',
    )
    if (missing.length > 0) return missing.map(([name]) => ({ row: number, field: name, problem: 'required' }))
    const id = newId()
    const row = { ...wanted.initial, ...values }
    await insertRow(tx, entity, { ...row, id })
    traces.push({ table: entity.table, record: id, created: true, before: null, after: row })
    return found ? { outcome: 'new', warnings: [{ ...found.mayBe, row: number }] } : 'new'
  }
  const row = await lockRow(tx, entity, found.id)
  const changed = Object.entries(values).filter(
    ([name, value]) => JSON.stringify(row[name] ?? null) !== JSON.stringify(value ?? null),
  )
  if (changed.length === 0) return 'same'
  refuseEnded(entity, row)
  const stuck = changed.find(([name]) => entity.fields[name]?.fixed)
  if (stuck) throw CommonProblem.fixed({ field: stuck[0] })
  await updateRow(tx, entity, row, Object.fromEntries(changed))
  traces.push({
    table: entity.table,
    record: found.id,
    created: false,
    before: Object.fromEntries(changed.map(([name]) => [name, row[name] ?? null])),
    after: Object.fromEntries(changed),
  })
  return 'changed'
}

async function findByKey(tx: Tx, entity: Entity, keys: readonly string[], values: Values): Promise<{ id: string } | undefined> {
  const conditions = keys.map((name) => {
    const field = entity.fields[name]
    if (!field?.findable) return sql`${columnOf(name)} is not distinct from ${values[name] ?? null}`
    const indexes = blindIndexes(tx.db, values[name])
    return sql`${columnOf(`${name}Index`)} is not distinct from ${field.kind === 'texts' ? indexes : (indexes[0] ?? null)}`
  })
  const { rows } = await sql<{
    id: string
  }>`select t.id from ${sql.table(entity.table)} t where ${sql.join(conditions, sql` and `)} limit 1`.execute(tx.db)
  return rows[0]
}

/** What a file wrote is taken back where it still stands as the file left it. */
export async function undoRows(tx: Tx, entity: Entity, traces: readonly Trace[]): Promise<number> {
  let kept = 0
  for (const trace of traces) {
    const { rows } = await sql<{
      id: string
    }>`select id from ${sql.table(entity.table)} where id = ${trace.record} for update`.execute(tx.db)
    if (!rows[0]) continue
    const row = await lockRow(tx, entity, trace.record)
    if (!isAsLeft(row, trace)) kept += 1
    else if (!trace.created) await updateRow(tx, entity, row, trace.before ?? {})
    else kept += (await deleteUnused(tx, entity, row)) ? 0 : 1
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
  } catch {
    await sql`rollback to savepoint undo_one`.execute(tx.db)
    return false
  }
}

/** Titles in the file become ids: one statement for each kind of reference. */
async function refsOf(
  tx: Tx,
  fields: readonly [string, Field][],
  all: readonly Cells[],
): Promise<Map<string, Map<string, string>>> {
  const found = new Map<string, Map<string, string>>()
  for (const [name, field] of fields) {
    const target = field.kind === 'ref' && field.to ? declaredEntities.get(field.to) : undefined
    if (!target) continue
    const said = [...new Set(all.map((cells) => cells[name]?.trim().toLowerCase() ?? '').filter(Boolean))]
    // A file says what a company began with in the language of whoever got it.
    const seeds = target.seeded ? said.map((text) => namesOfSeed(target.seeded!, text).map((one) => one.toLowerCase())) : []
    const wanted = [...new Set([...said, ...seeds.flat()])]
    if (wanted.length === 0) continue
    const columns = [target.title, ...(target.naturalKey?.length === 1 ? target.naturalKey : [])] as string[]
    const matches = columns.map((column) => sql`lower(${columnOf(column)}::text) = any(${wanted}::text[])`)
    const picked = columns.map((column, index) => sql`lower(${columnOf(column)}::text) as ${sql.id(`c${index}`)}`)
    const { rows } = await sql<
      Record<string, string>
    >`select t.id, ${sql.join(picked)} from ${sql.table(target.table)} t where ${sql.join(matches, sql` or `)}`.execute(tx.db)
    const ids = new Map(rows.flatMap((row) => columns.map((_, index) => [row[`c${index}`]!, row['id']!] as const)))
    for (const [at, text] of said.entries()) {
      const id = ids.get(text) ?? seeds[at]?.map((one) => ids.get(one)).find(Boolean)
      if (id) ids.set(text, id)
    }
    found.set(name, ids)
  }
  return found
}

function readRow(
  fields: readonly [string, Field][],
  cells: Cells,
  currency: string,
  refs: ReadonlyMap<string, ReadonlyMap<string, string>>,
  pass: Pass,
) {
  const values: Values = {}
  const initial: Values = {}
  const refusals: Omit<Refusal, 'row'>[] = []
  for (const [name, field] of fields) {
    const text = cells[name]?.trim()
    if (field.initial !== undefined && !text) initial[name] = field.schema.parse(field.initial)
    if (text === undefined) continue
    if (text === '') {
      if (field.optional) values[name] = null
      else if (field.initial === undefined) refusals.push({ field: name, problem: 'required' })
      continue
    }
    const raw = rawOf(name, field, text, { currency, refs: refs.get(name), pass })
    if (typeof raw === 'object' && raw !== null && 'problem' in raw) {
      refusals.push(raw as Omit<Refusal, 'row'>)
      continue
    }
    const read = field.schema.safeParse(raw)
    if (read.success) values[name] = read.data
    else
      refusals.push({
        field: name,
        problem: read.error.issues[0]?.code ?? 'import.unreadable',
        params: { value: text.slice(0, 80) },
      })
  }
  return { values, initial, refusals }
}

const YES = new Set(['true', 'yes', 'y', '1', 'ja', 'ndiyo', 'نعم', 'да', 'x'])
const NO = new Set(['false', 'no', 'n', '0', 'hapana', 'لا', 'нет', ''])

interface Meaning {
  readonly currency: string
  readonly refs: ReadonlyMap<string, string> | undefined
  readonly pass: Pass
}

/** A cell as the wire would bring it, or why it is none. */
function rawOf(name: string, field: Field, text: string, { currency, refs, pass }: Meaning): unknown {
  const refusal = (problem: string) => ({ field: name, problem, params: { value: text.slice(0, 80) } })
  const scaled = (scale: number, of = text) => {
    const read = readNumber(of, { field: name, scale, pass, ...(field.kind === 'money' && { currency }) })
    return typeof read === 'bigint' ? read.toString() : read
  }
  switch (field.kind) {
    case 'money':
      return scaled(decimalsOf(currency))
    case 'quantity':
      return scaled(QTY_DECIMALS)
    case 'rate':
      return scaled(4, text.replace(/[%٪]/, ''))
    case 'integer': {
      const read = scaled(0)
      return typeof read === 'string' && read.length < 14 ? Number(read) : read
    }
    case 'flag':
      return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : refusal('import.unreadable')
    case 'texts':
      return text
        .split(/[,;\n]/)
        .map((one) => one.trim())
        .filter(Boolean)
    case 'ref':
      return refs?.get(text.toLowerCase()) ?? (/^[0-9a-f-]{36}$/i.test(text) ? text : refusal('import.unknownRef'))
    case 'choice':
      return field.values?.find((value) => value.toLowerCase() === text.toLowerCase()) ?? text
    case 'text':
      // A name has one line; a cell that was wrapped has more.
      return text.replace(/\s+/g, ' ')
    default:
      return text
  }
}
