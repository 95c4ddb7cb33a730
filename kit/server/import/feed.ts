import { isDayOrder, readDayCell, type DayOrder } from '../../day-cell.ts'
import { readDecimal, type DecimalMark } from '../../decimal.ts'
import { forAll, numberCell, SURPLUS, type Ask } from '../../import.ts'
import { readPriced } from '../../measure-said.ts'
import { problems } from '../../problem.ts'
import type { Table, TableRow } from '../table/read.ts'
import { groupInTurns, inTurns } from '../host/turns.ts'
import {
  Memory,
  type Cells,
  type FileRow,
  type Group,
  type ImportField,
  type Importable,
  type Pass,
  type Refusal,
} from './importable.ts'

export const RowProblem = problems('import', {
  rowTooLong: {
    status: 422,
    say: 'This row holds more than a million letters. Shorten it, or look for a quotation mark that is missing in it.',
  },
})

const BATCH = 400
const BATCH_ROWS = 1000
const BATCH_LETTERS = 1_000_000
/** What lies in one another is taken at one go: the dry run of a later portion would not see what an earlier one made. */
const NESTED_BATCH = 5000
/** Up to so many rows, those of one record are brought together wherever they stand; in longer files they stand together. */
const SORTED_ROWS = 100_000
const READING_SCALE = 12

const isMark = (value: unknown): value is DecimalMark => value === '.' || value === ','

/** The signs that a person chose. */
export const marksOf = (options: Readonly<Record<string, unknown>>): Record<string, DecimalMark> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) =>
      name.startsWith('mark.') && isMark(value) ? [[name.slice('mark.'.length), value] as const] : [],
    ),
  )

/** The orders of days that a person chose. */
export const ordersOf = (options: Readonly<Record<string, unknown>>): Record<string, DayOrder> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) =>
      name.startsWith('order.') && isDayOrder(value) ? [[name.slice('order.'.length), value] as const] : [],
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
): Promise<{ marks: Record<string, DecimalMark>; orders: Record<string, DayOrder>; asks: Ask[]; unused: string[] }> {
  const numbers = new Set(target.fields.flatMap((field) => (field.isNumber ? [field.name] : [])))
  const amounts = new Set(target.fields.flatMap((field) => (field.isMoney ? [field.name] : [])))
  const columns = columnsOf(table, mapping).filter(([field]) => numbers.has(field))
  const dated = new Set(target.fields.flatMap((field) => (field.isDay ? [field.name] : [])))
  const days = columnsOf(table, mapping).filter(([field]) => dated.has(field))
  const provenOrders = new Map<string, Set<DayOrder>>()
  const twofoldDays = new Map<string, { readings: readonly string[]; said: string }>()
  const proven = new Map<string, Set<DecimalMark>>()
  const twofold = new Map<string, { readings: readonly string[] }>()
  const taken = new Set(Object.values(mapping))
  const left = new Map<number, boolean>(
    table.header.flatMap((column, index) => (column && !taken.has(column) ? [[index, false] as const] : [])),
  )
  for await (const { cells, kinds, surplus, isTooLong } of table.rows) {
    // Its cells are not where they belong, and prove nothing about the others.
    if (surplus || isTooLong) continue
    for (const [index, isFull] of left) if (!isFull && cells[index]?.trim()) left.set(index, true)
    for (const [field, index] of days) {
      const read = readDayCell(cells[index] ?? '')
      if (read.kind === 'value' && read.order) provenOrders.set(field, (provenOrders.get(field) ?? new Set()).add(read.order))
      if (read.kind === 'twofold' && !twofoldDays.has(field))
        twofoldDays.set(field, { readings: read.readings, said: cells[index]!.trim() })
    }
    for (const [field, index] of columns) {
      const text = cells[index]
      // The number of a workbook has no signs.
      if (!text || kinds?.[index] === 'number') continue
      const read = readDecimal(amounts.has(field) ? readPriced(text).number : text, { scale: READING_SCALE })
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
  const asks: Ask[] = [...twofold].flatMap(([field, { readings }]) =>
    marks[field] && !isMark(options[`mark.${field}`]) ? [] : [{ option: `mark.${field}`, field, readings }],
  )
  const orders: Record<string, DayOrder> = {}
  for (const [field, all] of provenOrders) if (all.size === 1) orders[field] = [...all][0]!
  for (const [field, ask] of twofoldDays) if (!orders[field]) asks.push({ option: `order.${field}`, field, ...ask })
  // Columns that say something which nobody takes.
  const unused = [...left].flatMap(([index, isFull]) => (isFull ? [table.header[index]!] : []))
  return { marks, orders, asks, unused }
}

/** What a person chose for all rows, where no column says it of each. */
const chosenFor = (
  { fields }: Importable,
  { mapping, options }: { mapping: Readonly<Record<string, string>>; options: Pass['options'] },
): Cells =>
  Object.fromEntries(
    fields.flatMap(({ name, ofAll }) => {
      const id = ofAll && !mapping[name] ? options[forAll(name)] : undefined
      return typeof id === 'string' ? [[name, id]] : []
    }),
  )

/** A row by the mapping, with what is wrong with it whatever its columns mean. */
function rowOf(
  { number, cells, kinds, surplus, isTooLong }: TableRow,
  columns: readonly (readonly [string, number])[],
  fields: ReadonlyMap<string, ImportField>,
  chosen: Cells,
): FileRow {
  const refusals: Refusal[] = []
  const said = columns.map(([name, index]) => {
    const [text, kind, field] = [cells[index] ?? '', kinds?.[index], fields.get(name)]
    const refuse = (problem: string) => refusals.push({ row: number, field: name, problem, params: { value: text.slice(0, 80) } })
    if (kind === 'number' && field?.isNumber) return [name, numberCell(text)]
    if (text.includes('\ufffd')) refuse('import.wrongLetters')
    if (kind === 'number' && text.includes('e+')) refuse('import.rounded')
    if (kind === 'day' && field?.isCode) refuse('import.dayForCode')
    if (kind === 'flag' && field?.isCode) refuse('import.spoiltCode')
    return [name, text]
  })
  const read: Cells = { ...chosen, ...(Object.fromEntries(said) as Cells) }
  if (isTooLong) return { number, cells: read, refusals: [{ row: number, field: null, problem: 'import.rowTooLong' }] }
  if (!surplus) return { number, cells: read, ...(refusals.length > 0 && { refusals }) }
  const value = surplus.join(' · ').slice(0, 80)
  // Kept beside the others without a heading, so that the file of refused rows is not taken for a right one either.
  return {
    number,
    cells: { ...read, [SURPLUS]: value },
    refusals: [{ row: number, field: null, problem: 'import.moreCells', params: { value } }],
  }
}

/**
 * Rows in an order in which what lies around another one comes before it, wherever it stands in the file. Each is looked at once,
 * and each name: however many have the same one, and lie in it.
 */
export async function parentsFirst(
  groups: readonly Group[],
  { name, parent }: NonNullable<Importable['nests']>,
): Promise<Group[]> {
  const said = (group: Group, field: string) => group.rows[0]!.cells[field]?.trim().toLowerCase() ?? ''
  const named = await groupInTurns(groups, (group) => said(group, name))
  const ordered = new Set<Group>()
  const visited = new Set<Group>()
  await inTurns(groups, (group) => {
    // What goes round in a circle is left as it stands, to be refused.
    for (const waiting = [group]; waiting.length > 0;) {
      const one = waiting.at(-1)!
      const around = visited.has(one) ? undefined : said(one, parent)
      visited.add(one)
      if (around === undefined) ordered.add(waiting.pop()!)
      else {
        for (const other of named.get(around) ?? []) waiting.push(other)
        named.delete(around)
      }
    }
  })
  return [...ordered]
}

const lettersOf = ({ cells }: FileRow): number => Object.values(cells).reduce((all, cell) => all + cell.length, 0)

/** So many records at a time, and fewer where they are long: the longer a batch, the longer others wait for what it holds. */
function* portions(groups: readonly Group[], size: number): Generator<Group[]> {
  let [part, rows, letters]: [Group[], number, number] = [[], 0, 0]
  for (const group of groups) {
    const own = group.rows.reduce((all, row) => all + lettersOf(row), 0)
    const isFull = rows + group.rows.length > Math.max(size, BATCH_ROWS) || letters + own > BATCH_LETTERS
    if (part.length === size || (part.length > 0 && isFull)) {
      yield part
      ;[part, rows, letters] = [[], 0, 0]
    }
    part.push(group)
    rows += group.rows.length
    letters += own
  }
  if (part.length > 0) yield part
}

/** Brings rows together to records and hands them on, so many at a time. @returns nothing when it was stopped */
export async function feed(
  target: Importable,
  table: Table,
  known: {
    mapping: Readonly<Record<string, string>>
    options: Pass['options']
    marks: Pass['marks']
    orders: Pass['orders'] & object
  },
  take: (from: number, groups: Group[], pass: Pass) => Promise<boolean>,
): Promise<{ asks: Ask[] } | undefined> {
  const columns = columnsOf(table, known.mapping)
  const fields = new Map(target.fields.map((field) => [field.name, field]))
  const chosen = chosenFor(target, known)
  const memory = new Memory()
  const headings = Object.fromEntries(columns.map(([field, index]) => [field, table.header[index]!]))
  const asked = new Map<string, Ask>()
  const pass: Pass = { options: known.options, marks: known.marks, orders: known.orders, headings, memory, asked }
  let from = 0
  const flush = async (groups: readonly Group[]): Promise<boolean> => {
    const whole = target.gather?.(groups) ?? groups
    const ordered = target.nests ? await parentsFirst(whole, target.nests) : whole
    const size = target.nests ? NESTED_BATCH : BATCH
    for (const part of portions(ordered, size)) {
      if (!(await take(from, part, pass))) return false
      from += part.length
    }
    return true
  }
  type Growing = { key: string; rows: FileRow[] }
  let waiting = new Map<string, Growing>()
  let above: string | undefined
  let rows = 0
  for await (const read of table.rows) {
    const row = rowOf(read, columns, fields, chosen)
    const { number, cells } = row
    const key = target.groupKey?.(cells, number, above) ?? String(number)
    const isTogether = above === key
    above = key
    rows += 1
    const group = waiting.get(key)
    if (group) group.rows.push(row)
    else {
      // Where nothing can still grow, nothing waits.
      const mayWait = target.groupKey ?? target.nests
      const isFull = mayWait ? rows > SORTED_ROWS && !isTogether : waiting.size >= BATCH
      if (isFull && waiting.size >= BATCH) {
        if (!(await flush([...waiting.values()]))) return undefined
        waiting = new Map()
      }
      waiting.set(key, { key, rows: [row] })
    }
  }
  if (!(await flush([...waiting.values()]))) return undefined
  const shared = ['sku', 'barcode'].filter((field) => memory.get(`shared:${field}`))
  return { asks: [...shared.map((field) => ({ option: 'sharedCodes', field })), ...asked.values()] }
}
