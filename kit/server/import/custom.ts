import { may } from '../../access.ts'
import { customisable, customNames, isCustom } from '../../custom.ts'
import { declaredEntities, writableFields, type Entity, type Field } from '../../entity.ts'
import { z } from 'zod'
import type { Db } from '../data/db.ts'
import type { Tx } from '../door/context.ts'
import { readSetting } from '../door/setting.ts'
import { serverWords, wordsFor } from '../host/words.ts'
import { lockRow, refuseHidden, updateRow, withoutNothing } from '../list/crud.ts'
import { owned } from '../list/custom.ts'
import { idName, isAsLeft, readRow, refsOf } from './entity.ts'
import { importExtra, type Brought, type TakenRow } from './extra.ts'
import { importableOf, type Group, type Pass, type Refusal, type Trace } from './importable.ts'

const entityOf = (kind: string): Entity | undefined => [...declaredEntities.values()].find((one) => one.name === kind)
const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

interface Beside {
  readonly name: string
  /** Begins what traces of it are kept under; the kind follows. */
  readonly traced: string
  readonly kinds: () => readonly string[]
  /** The entity with the fields that are meant, and their names. */
  of(db: Db, kind: string): Promise<{ of: Entity; names: readonly string[] }>
  /** What a column of a field may be called. */
  called(field: { of: Entity; name: string }, locale: string): { label: string; ways: readonly string[] }
}

/**
 * Fields of what a file brings that its import does not read by itself. What a file leaves empty, it leaves as it was: a product
 * has a row for each variant, and one of them says it.
 */
const fieldsBeside = (beside: Beside) =>
  importExtra({
    name: beside.name,
    kind: (kind) => beside.kinds().includes(kind),
    isUsual: true,
    can: [],
    get tables() {
      return beside.kinds().map((kind) => `${beside.traced}:${kind}`)
    },
    async fieldsFor({ db, actor, kind }, header) {
      const { of, names } = await beside.of(db, kind)
      const mine = names.filter((name) => may(actor, of.fields[name]!.personal ?? 'signedIn'))
      const fields = mine.map((name) => {
        const field = of.fields[name]!
        const { label, ways } = beside.called({ of, name }, actor.locale)
        const wanted = new Set([name, label, ...ways].map(plain))
        const column = header.find((one) => wanted.has(plain(one)))
        return {
          name,
          label,
          isNumber: field.kind === 'money' || field.kind === 'quantity',
          isDay: field.kind === 'day',
          ...(column !== undefined && { column }),
        }
      })
      return fields.some((field) => 'column' in field) ? fields : []
    },
    async take(tx, rows, pass, kind): Promise<Brought> {
      const { of, names } = await beside.of(tx.db, kind)
      const fields = names.map((name): [string, Field] => [name, of.fields[name]!])
      const said = rows.map(({ cells, ...row }) => ({ ...row, cells: onlySaid(cells, fields) }))
      const refs = await refsOf(
        tx,
        fields,
        said.map(({ cells }) => cells),
      )
      const { currency } = await theCurrency(tx)
      const traces: Trace[] = []
      const written: number[] = []
      const warnings: Refusal[] = []
      for (const row of said) {
        const record = row.ids[idName(of)]
        if (!record || Object.keys(row.cells).length === 0) continue
        const { values, refusals } = readRow(of, fields, row.cells, currency, refs, pass)
        warnings.push(...refusals.map((one) => ({ ...one, row: row.number })))
        const trace = await write(tx, of, record, values)
        if (!trace) continue
        traces.push({ ...trace, table: `${beside.traced}:${kind}` })
        written.push(row.number)
      }
      return { rows: written, traces, warnings, counts: { fields: BigInt(traces.length) } }
    },
    async undo(tx, traces) {
      let kept = 0
      for (const trace of traces) {
        const { of } = await beside.of(tx.db, trace.table.slice(beside.traced.length + 1))
        const row = await lockRow(tx, of, trace.record)
        if (isAsLeft(row, trace)) await updateRow(tx, of, row, trace.before ?? {})
        else kept += 1
      }
      return { kept, stays: [] }
    },
  })

const OWN_FIELDS = 'ownFields'
/** The company's own fields, by their names as exports have them. */
export const ownColumns = fieldsBeside({
  name: OWN_FIELDS,
  traced: 'custom',
  kinds: customisable,
  async of(db, kind) {
    const of = await owned(db, entityOf(kind)!)
    return { of, names: customNames(of) }
  },
  called({ of, name }) {
    return { label: of.fields[name]!.label ?? name, ways: [] }
  },
})

/**
 * Fields that an entity declares and the import that was written for it does not know: one that is added to articles comes from a
 * file as soon as it is declared.
 */
const unread = (kind: string): string[] => {
  const [of, target] = [entityOf(kind), importableOf(kind)]
  if (!of || !target) return []
  const known = new Set(target.fields.map(({ name }) => name))
  return writableFields(of).flatMap(([name, field]) =>
    known.has(name) || field.kind === 'json' || field.fixed || isCustom(name) ? [] : [name],
  )
}
export const declaredColumns = fieldsBeside({
  name: 'moreFields',
  traced: 'declared',
  kinds: () => [...declaredEntities.values()].flatMap(({ name }) => (unread(name).length > 0 ? [name] : [])),
  of: (_, kind) => Promise.resolve({ of: entityOf(kind)!, names: unread(kind) }),
  called({ of, name }, locale) {
    const key = `${of.name}.${name}`
    return {
      label: wordsFor(locale).of('field', key),
      ways: Object.keys(serverWords()).map((one) => wordsFor(one).of('field', key)),
    }
  },
})

/**
 * What each group leaves open of the fields that the company asks for with every new record: a form would refuse it, and so would
 * its file.
 */
export async function owedByNew(
  tx: Tx,
  kind: string,
  groups: readonly Group[],
  pass: Pass,
): Promise<ReadonlyMap<number, readonly Refusal[]>> {
  if (!customisable().includes(kind)) return new Map()
  const of = await owned(tx.db, entityOf(kind)!)
  const fields = customNames(of).flatMap((name): [string, Field][] =>
    of.fields[name]!.optional ? [] : [[name, of.fields[name]!]],
  )
  if (fields.length === 0) return new Map()
  const isAsked = pass.options[OWN_FIELDS] === true
  const said = groups.map(({ rows }) => (isAsked ? Object.assign({}, ...rows.map(({ cells }) => onlySaid(cells, fields))) : {}))
  const [refs, { currency }] = await Promise.all([refsOf(tx, fields, said), theCurrency(tx)])
  return new Map(
    groups.map(({ rows: [first] }, at) => {
      const row = first!.number
      const { refusals } = readRow(of, fields, said[at]!, currency, refs, pass)
      const missing = fields.filter(([name]) => !(name in said[at]!)).map(([name]) => ({ row, field: name, problem: 'required' }))
      return [row, [...refusals.map((one) => ({ ...one, row })), ...missing]]
    }),
  )
}

const theCurrency = (tx: Tx) => readSetting(tx.db, 'company', z.object({ currency: z.string() }))

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
