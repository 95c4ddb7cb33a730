import { withoutMark } from '../../import.ts'
import type { Tx } from '../door/context.ts'
import { json, keysOf } from '../data/db.ts'
import { inTurns } from '../host/turns.ts'
import type { Awaited } from './extra.ts'
import type { Cells, Group, Refusal, Trace } from './importable.ts'

/** So many refused rows are listed; of a file with more of them the heading is wrong, and no row has to be looked at. */
export const REFUSALS_KEPT = 20_000

/** No longer than others may wait while it is made into JSON. */
const PORTION = 500
const portions = <One>(all: readonly One[]): One[][] =>
  Array.from({ length: Math.ceil(all.length / PORTION) }, (_, at) => all.slice(at * PORTION, (at + 1) * PORTION))

export async function keepRefusals(
  tx: Tx,
  run: string,
  before: number,
  refused: readonly { refusals: readonly Refusal[]; rows: Group['rows'] }[],
): Promise<void> {
  if (refused.length === 0 || before > REFUSALS_KEPT) return
  const listed = await inTurns(refused, ({ refusals, rows }) => {
    const all = Map.groupBy(refusals, ({ row }) => row)
    return rows.flatMap(({ number, cells }) => {
      // Every row of a refused record goes into the file to mend, the ones without a fault of their own as well.
      const own = all.get(number) ?? [{ row: number, field: null, problem: 'import.sameRecord', params: {} }]
      return own.map((one) => ({ ...one, cells, isWarning: false }))
    })
  })
  await insertRefusals(tx, run, listed.flat())
}

export async function keepWarnings(
  tx: Tx,
  run: string,
  before: number,
  warned: readonly { one: Refusal; rows: Group['rows'] }[],
): Promise<void> {
  if (warned.length === 0 || before > REFUSALS_KEPT) return
  const numbered = new Map(warned.flatMap(({ rows }) => rows.map((row) => [row.number, row] as const)))
  const listed = warned.map(({ one, rows }) => {
    const { cells } = numbered.get(one.row) ?? rows[0]!
    return { ...one, cells, isWarning: true }
  })
  await insertRefusals(tx, run, listed)
}

/** Lists reasons beside the rows that they are about. */
export async function insertRefusals(tx: Tx, run: string, all: readonly (Refusal & { cells: Cells; isWarning: boolean })[]) {
  const plain = (all: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, typeof one === 'string' ? withoutMark(one) : one]))
  const sealed = (value: Readonly<Record<string, unknown>>) => keysOf(tx.db).sealed(run, plain(value)).toString('base64')
  const values = await inTurns(all, (one) => ({
    run,
    row_number: one.row,
    field: one.field,
    problem: one.problem,
    params: sealed(one.params ?? {}),
    cells: sealed(one.cells),
    is_warning: one.isWarning,
  }))
  for (const part of portions(values))
    await tx.client.query(
      `insert into import_refusal (run, row_number, field, problem, params, cells, is_warning)
       select r.run, r.row_number, r.field, r.problem, decode(r.params, 'base64'), decode(r.cells, 'base64'), r.is_warning
       from jsonb_to_recordset($1::jsonb) as r(run uuid, row_number int, field text, problem text, params text, cells text, is_warning boolean)`,
      [json(part)],
    )
}

export async function keepTraces(tx: Tx, run: string, traces: readonly Trace[]): Promise<void> {
  if (traces.length === 0) return
  const sealed = (side: Trace['before']) => side && keysOf(tx.db).sealed(run, side).toString('base64')
  const values = await inTurns(traces, (one) => ({ ...one, before: sealed(one.before), after: sealed(one.after) }))
  for (const part of portions(values))
    await tx.client.query(
      `insert into import_trace (run, table_name, record, created, before, after)
       select $1, t."table", t.record, t.created, decode(t.before, 'base64'), decode(t.after, 'base64')
       from jsonb_to_recordset($2::jsonb) as t("table" text, record uuid, created boolean, before text, after text)`,
      [run, json(part)],
    )
}

export async function keepLater(tx: Tx, run: string, extra: string, later: readonly Awaited[]): Promise<void> {
  if (later.length === 0) return
  await tx.db
    .insertInto('importLater')
    .values(later.map(({ row, record, what }) => ({ run, extra, rowNumber: row, record, what: keysOf(tx.db).sealed(run, what) })))
    .execute()
}
