import { sql } from 'kysely'
import { declaredEntities, writableFields, type Entity, type Field } from '../../entity.ts'
import { newId } from '../../id.ts'
import { decimalsOf, parseAmount } from '../../money.ts'
import { parseQuantity } from '../../quantity.ts'
import { CommonProblem, Problem } from '../../problem.ts'
import { blindIndexes } from '../blind.ts'
import type { Tx } from '../context.ts'
import { insertRow, lockRow, refuseHidden, refusePlace, updateRow, withoutNothing } from '../crud.ts'
import { holdOf } from '../keeping.ts'
import { columnOf } from '../list.ts'
import { importable, type Cells, type Importable, type Outcome, type Refusal, type Trace } from './importable.ts'

type Values = Record<string, unknown>

export interface EntityImportHooks {
  /** The same judgement as the form's: refuses, or fills columns. */
  tidy?(tx: Tx, values: Values): Promise<Values | void> | Values | void
  readonly aliases?: Readonly<Record<string, readonly string[]>>
}

/** Any entity with a natural key can come from a file: found by the key, made or changed field by field. */
export function importEntity(entity: Entity, currency: (tx: Tx) => Promise<string>, hooks: EntityImportHooks = {}): Importable {
  const fields = writableFields(entity).filter(([, field]) => field.kind !== 'json')
  const keys = (entity.naturalKey ?? [entity.title]) as readonly string[]
  return importable({
    kind: entity.name,
    can: entity.can.import ?? entity.can.write ?? entity.can.read,
    fields: fields.map(([name, field]) => ({
      name,
      required: !field.optional && field.initial === undefined,
      aliases: hooks.aliases?.[name] ?? [],
    })),
    async take(tx, groups, write) {
      const outcomes: (Outcome | Refusal[])[] = []
      const traces: Trace[] = []
      const money = decimalsOf(await currency(tx))
      const refs = await refsOf(
        tx,
        fields,
        groups.flatMap((group) => group.rows.map((row) => row.cells)),
      )
      const seen = new Set<string>()
      for (const { rows } of groups) {
        const { number, cells } = rows[0]!
        const read = readRow(fields, cells, money, refs)
        const refusals: Refusal[] = read.refusals.map((one) => ({ ...one, row: number }))
        if (refusals.length === 0) {
          try {
            const values: Values = { ...read.values, ...(await hooks.tidy?.(tx, read.values)) }
            const key = keys.map((name) => String(values[name] ?? '')).join('\u0000')
            if (seen.has(key)) {
              outcomes.push([{ row: number, field: keys[0] ?? null, problem: 'import.twice' }])
              continue
            }
            seen.add(key)
            // Before anything is compared: whether a value is the right one is told to nobody who may not see it.
            refuseHidden(tx, entity, withoutNothing(values))
            outcomes.push(await upsert(tx, entity, keys, values, write, traces))
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

async function upsert(
  tx: Tx,
  entity: Entity,
  keys: readonly string[],
  values: Values,
  write: boolean,
  traces: Trace[],
): Promise<Outcome> {
  const conditions = keys.map((name) => {
    const field = entity.fields[name]
    if (!field?.findable) return sql`${columnOf(name)} is not distinct from ${values[name] ?? null}`
    const indexes = blindIndexes(tx.db, values[name])
    return sql`${columnOf(`${name}Index`)} is not distinct from ${field.kind === 'texts' ? indexes : (indexes[0] ?? null)}`
  })
  const { rows } = await sql<{
    id: string
  }>`select t.id from ${sql.table(entity.table)} t where ${sql.join(conditions, sql` and `)} limit 1`.execute(tx.db)
  const found = rows[0]
  const permission = entity.can.import ?? entity.can.write ?? entity.can.read
  refusePlace(tx, entity, permission, values)
  if (!found) {
    const id = newId()
    if (write) {
      await insertRow(tx, entity, { ...values, id })
      traces.push({ table: entity.table, record: id, created: true, before: null, after: values })
    }
    return 'new'
  }
  const row = await lockRow(tx, entity, found.id)
  const changed = Object.entries(values).filter(
    ([name, value]) => JSON.stringify(row[name] ?? null) !== JSON.stringify(value ?? null),
  )
  if (changed.length === 0) return 'same'
  const stuck = changed.find(([name]) => entity.fields[name]?.fixed)
  if (stuck) throw CommonProblem.fixed({ field: stuck[0] })
  if (write) {
    await updateRow(tx, entity, row, Object.fromEntries(changed))
    traces.push({
      table: entity.table,
      record: found.id,
      created: false,
      before: Object.fromEntries(changed.map(([name]) => [name, row[name] ?? null])),
      after: Object.fromEntries(changed),
    })
  }
  return 'changed'
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
    const untouched = Object.entries(trace.after ?? {}).every(
      ([name, value]) => JSON.stringify(row[name] ?? null) === JSON.stringify(value ?? null),
    )
    if (!untouched) kept += 1
    else if (!trace.created) await updateRow(tx, entity, row, trace.before ?? {})
    else kept += (await deleteUnused(tx, entity, row)) ? 0 : 1
  }
  return kept
}

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
    const wanted = [...new Set(all.map((cells) => cells[name]?.trim().toLowerCase() ?? '').filter(Boolean))]
    if (wanted.length === 0) continue
    const columns = [target.title, ...(target.naturalKey?.length === 1 ? target.naturalKey : [])] as string[]
    const matches = columns.map((column) => sql`lower(${columnOf(column)}::text) = any(${wanted}::text[])`)
    const picked = columns.map((column, index) => sql`lower(${columnOf(column)}::text) as ${sql.id(`c${index}`)}`)
    const { rows } = await sql<
      Record<string, string>
    >`select t.id, ${sql.join(picked)} from ${sql.table(target.table)} t where ${sql.join(matches, sql` or `)}`.execute(tx.db)
    found.set(name, new Map(rows.flatMap((row) => columns.map((_, index) => [row[`c${index}`]!, row['id']!] as const))))
  }
  return found
}

function readRow(
  fields: readonly [string, Field][],
  cells: Cells,
  moneyDecimals: number,
  refs: ReadonlyMap<string, ReadonlyMap<string, string>>,
) {
  const values: Values = {}
  const refusals: Omit<Refusal, 'row'>[] = []
  for (const [name, field] of fields) {
    const text = cells[name]?.trim()
    if (text === undefined) continue
    if (text === '') {
      if (field.optional) values[name] = null
      else if (field.initial === undefined) refusals.push({ field: name, problem: 'required' })
      continue
    }
    const raw = rawOf(field, text, moneyDecimals, refs.get(name))
    if (raw === undefined) {
      refusals.push({
        field: name,
        problem: field.kind === 'ref' ? 'import.unknownRef' : 'import.unreadable',
        params: { value: text.slice(0, 80) },
      })
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
  for (const [name, field] of fields) {
    if (!(name in values) && cells[name] === undefined && !field.optional) {
      if (field.initial === undefined) refusals.push({ field: name, problem: 'required' })
      else values[name] = field.schema.parse(field.initial)
    }
  }
  return { values, refusals }
}

const YES = new Set(['true', 'yes', 'y', '1', 'ja', 'ndiyo', 'نعم', 'да', 'x'])
const NO = new Set(['false', 'no', 'n', '0', 'hapana', 'لا', 'нет', ''])

function rawOf(field: Field, text: string, moneyDecimals: number, refs: ReadonlyMap<string, string> | undefined): unknown {
  switch (field.kind) {
    case 'money':
      return parseAmount(text, moneyDecimals)?.toString()
    case 'quantity':
      return parseQuantity(text)?.toString()
    case 'rate':
      return parseAmount(text.replace('%', ''), 4)?.toString()
    case 'integer':
      return /^-?\d{1,12}$/.test(text) ? Number(text) : undefined
    case 'flag':
      return YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : undefined
    case 'texts':
      return text
        .split(/[,;]/)
        .map((one) => one.trim())
        .filter(Boolean)
    case 'ref':
      return refs?.get(text.toLowerCase()) ?? (/^[0-9a-f-]{36}$/i.test(text) ? text : undefined)
    case 'choice':
      return field.values?.find((value) => value.toLowerCase() === text.toLowerCase()) ?? text
    default:
      return text
  }
}
