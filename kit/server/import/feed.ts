import { readDecimal, type DecimalMark } from '../../decimal.ts'
import type { Table } from '../table/read.ts'
import { Memory, type Cells, type Group, type Importable, type Pass } from './importable.ts'

const BATCH = 400
/** Up to so many rows, those of one record are brought together wherever they stand; in longer files they stand together. */
const SORTED_ROWS = 100_000
const READING_SCALE = 12

interface Ask {
  readonly option: string
  readonly field: string
  readonly readings?: readonly string[]
}

const isMark = (value: unknown): value is DecimalMark => value === '.' || value === ','

/** The signs that a person chose. */
export const marksOf = (options: Readonly<Record<string, unknown>>): Record<string, DecimalMark> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) =>
      name.startsWith('mark.') && isMark(value) ? [[name.slice('mark.'.length), value] as const] : [],
    ),
  )

const columnsOf = (table: Table, mapping: Readonly<Record<string, string>>) =>
  Object.entries(mapping).flatMap(([field, column]) =>
    table.header.includes(column) ? [[field, table.header.indexOf(column)] as const] : [],
  )

/** Looks at whole columns before a row is judged: what they say about their numbers, and what a person has to say. */
export async function surveyOf(
  target: Importable,
  table: Table,
  mapping: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>>,
): Promise<{ marks: Record<string, DecimalMark>; asks: Ask[]; unused: string[] }> {
  const numbers = new Set(target.fields.flatMap((field) => (field.isNumber ? [field.name] : [])))
  const columns = columnsOf(table, mapping).filter(([field]) => numbers.has(field))
  const proven = new Map<string, Set<DecimalMark>>()
  const twofold = new Map<string, { readings: readonly string[] }>()
  const taken = new Set(Object.values(mapping))
  const left = new Map<number, boolean>(
    table.header.flatMap((column, index) => (column && !taken.has(column) ? [[index, false] as const] : [])),
  )
  for await (const { cells } of table.rows) {
    for (const [index, isFull] of left) if (!isFull && cells[index]?.trim()) left.set(index, true)
    for (const [field, index] of columns) {
      const text = cells[index]
      if (!text) continue
      const read = readDecimal(text, { scale: READING_SCALE })
      if (read.kind === 'value' && read.mark) proven.set(field, (proven.get(field) ?? new Set()).add(read.mark))
      if (read.kind === 'ambiguous' && !twofold.has(field)) {
        // With a comma for decimals "1,250" is one and a quarter, "1.250" a thousand and more.
        const [thousands, decimal] = read.readings
        twofold.set(field, { readings: read.sign === '.' ? [decimal, thousands] : [thousands, decimal] })
      }
    }
  }
  const marks: Record<string, DecimalMark> = {}
  for (const [field, signs] of proven) if (signs.size === 1) marks[field] = [...signs][0]!
  const asks = [...twofold].flatMap(([field, { readings }]) =>
    marks[field] && !isMark(options[`mark.${field}`]) ? [] : [{ option: `mark.${field}`, field, readings }],
  )
  // Columns that say something which nobody takes.
  const unused = [...left].flatMap(([index, isFull]) => (isFull ? [table.header[index]!] : []))
  return { marks, asks, unused }
}

/** Brings rows together to records and hands them on, so many at a time. @returns nothing when it was stopped */
export async function feed(
  target: Importable,
  table: Table,
  known: { mapping: Readonly<Record<string, string>>; options: Pass['options']; marks: Pass['marks'] },
  take: (from: number, groups: Group[], pass: Pass) => Promise<boolean>,
): Promise<{ asks: Ask[] } | undefined> {
  const columns = columnsOf(table, known.mapping)
  const memory = new Memory()
  const headings = Object.fromEntries(columns.map(([field, index]) => [field, table.header[index]!]))
  const pass: Pass = { options: known.options, marks: known.marks, headings, memory }
  let from = 0
  const flush = async (groups: Group[]): Promise<boolean> => {
    for (let at = 0; at < groups.length; at += BATCH) {
      const part = groups.slice(at, at + BATCH)
      if (!(await take(from, part, pass))) return false
      from += part.length
    }
    return true
  }
  type Growing = { key: string; rows: { number: number; cells: Cells }[] }
  let waiting = new Map<string, Growing>()
  let above: string | undefined
  let rows = 0
  for await (const { number, cells: row } of table.rows) {
    const cells: Cells = Object.fromEntries(columns.map(([field, index]) => [field, row[index] ?? '']))
    const key = target.groupKey?.(cells, number, above) ?? String(number)
    const isTogether = above === key
    above = key
    rows += 1
    const group = waiting.get(key)
    if (group) group.rows.push({ number, cells })
    else {
      // Where nothing can still grow, nothing waits.
      const isFull = target.groupKey ? rows > SORTED_ROWS && !isTogether : waiting.size >= BATCH
      if (isFull && waiting.size >= BATCH) {
        if (!(await flush([...waiting.values()]))) return undefined
        waiting = new Map()
      }
      waiting.set(key, { key, rows: [{ number, cells }] })
    }
  }
  if (!(await flush([...waiting.values()]))) return undefined
  const shared = ['sku', 'barcode'].filter((field) => memory.get(`shared:${field}`))
  return { asks: shared.map((field) => ({ option: 'sharedCodes', field })) }
}
