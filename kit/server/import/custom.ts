import { may } from '../../access.ts'
import { customisable, customNames } from '../../custom.ts'
import { declaredEntities, type Entity, type Field } from '../../entity.ts'
import { z } from 'zod'
import type { Tx } from '../door/context.ts'
import { readSetting } from '../door/setting.ts'
import { lockRow, refuseHidden, updateRow, withoutNothing } from '../list/crud.ts'
import { owned } from '../list/custom.ts'
import { idName, isAsLeft, readRow, refsOf } from './entity.ts'
import { importExtra, type Brought, type TakenRow } from './extra.ts'
import type { Refusal, Trace } from './importable.ts'

const entityOf = (kind: string): Entity => [...declaredEntities.values()].find((one) => one.name === kind)!
/** Traces of these say which entity they are of. */
const traced = (kind: string) => `custom:${kind}`
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/**
 * The company's own fields of what a file brings, by their names as exports have them. What a file leaves empty, it leaves as it
 * was: a product has a row for each variant, and one of them says it.
 */
export const ownColumns = importExtra({
  name: 'ownFields',
  kind: (kind) => customisable().includes(kind),
  isUsual: true,
  can: [],
  get tables() {
    return customisable().map(traced)
  },
  async fieldsFor({ db, actor, kind }, header) {
    const of = await owned(db, entityOf(kind))
    const mine = customNames(of).filter((name) => may(actor, of.fields[name]!.personal ?? 'signedIn'))
    const fields = mine.map((name) => {
      const field = of.fields[name]!
      const column = header.find((one) => [name, field.label ?? ''].map(plain).includes(plain(one)))
      return {
        name,
        label: field.label ?? name,
        isNumber: field.kind === 'money' || field.kind === 'quantity',
        isDay: field.kind === 'day',
        ...(column !== undefined && { column }),
      }
    })
    return fields.some((field) => 'column' in field) ? fields : []
  },
  async take(tx, rows, pass, kind): Promise<Brought> {
    const of = await owned(tx.db, entityOf(kind))
    const fields = customNames(of).map((name): [string, Field] => [name, of.fields[name]!])
    const said = rows.map(({ cells, ...row }) => ({ ...row, cells: onlySaid(cells, fields) }))
    const refs = await refsOf(
      tx,
      fields,
      said.map(({ cells }) => cells),
    )
    const { currency } = await readSetting(tx.db, 'company', z.object({ currency: z.string() }))
    const traces: Trace[] = []
    const warnings: Refusal[] = []
    for (const row of said) {
      const record = row.ids[idName(of)]
      if (!record || Object.keys(row.cells).length === 0) continue
      const { values, refusals } = readRow(of, fields, row.cells, currency, refs, pass)
      warnings.push(...refusals.map((one) => ({ ...one, row: row.number })))
      const trace = await write(tx, of, record, values)
      if (trace) traces.push({ ...trace, table: traced(kind) })
    }
    return { traces, warnings, counts: { fields: BigInt(traces.length) } }
  },
  async undo(tx, traces) {
    let kept = 0
    for (const trace of traces) {
      const of = await owned(tx.db, entityOf(trace.table.slice(traced('').length)))
      const row = await lockRow(tx, of, trace.record)
      if (isAsLeft(row, trace)) await updateRow(tx, of, row, trace.before ?? {})
      else kept += 1
    }
    return { kept, stays: [] }
  },
})

const onlySaid = (cells: TakenRow['cells'], fields: readonly [string, Field][]): Record<string, string> =>
  Object.fromEntries(fields.flatMap(([name]) => (cells[name]?.trim() ? [[name, cells[name]]] : [])))

async function write(tx: Tx, of: Entity, record: string, values: Record<string, unknown>) {
  if (Object.keys(values).length === 0) return undefined
  refuseHidden(tx, of, withoutNothing(values))
  const row = await lockRow(tx, of, record)
  const changed = Object.keys(values).filter((name) => JSON.stringify(row[name] ?? null) !== JSON.stringify(values[name]))
  if (changed.length === 0) return undefined
  const pick = (from: Readonly<Record<string, unknown>>) => Object.fromEntries(changed.map((name) => [name, from[name] ?? null]))
  await updateRow(tx, of, row, pick(values))
  return { record, created: false, before: pick(row), after: pick(values) }
}
