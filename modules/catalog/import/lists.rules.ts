import { handleOf } from './imported.ts'
import { listOf, lower, text, type Row } from './row.rules.ts'

/** What some programs write into one row, or into columns of their own, becomes rows with options as all others have them. */

type Say = (row: Row, field: string | null, problem: string, params?: Record<string, unknown>) => void

const FEED = { color: 'Color', size: 'Size', material: 'Material', pattern: 'Pattern' } as const

/** Catalogues of Meta and Google: the rows of a group are variants by whatever of these columns tells them apart. */
export function withFeed(rows: readonly Row[], say: Say): readonly Row[] {
  const group = text(rows[0]!, 'feedGroup')
  const own = rows.map((row) => ({ ...row, cells: { ...row.cells, sku: text(row, 'sku') ?? text(row, 'feedId') ?? '' } }))
  if (group === null) return rows.some((row) => text(row, 'feedId') !== null) ? own : rows
  const told = Object.entries(FEED).filter(([field]) => rows.some((row) => text(row, field) !== null))
  // What all have in common parts none of them, unless nothing else is there to name it.
  const differing = told.filter(([field]) => new Set(rows.map((row) => lower(row, field))).size > 1)
  if (differing.length > 3)
    say(rows[0]!, 'feedGroup', 'catalog.productFile.tooManyOptions', { value: group.slice(0, 80), most: 3 })
  const options = rows.length > 1 ? differing : told.slice(0, 3)
  const name = commonName(rows.flatMap((row) => text(row, 'name') ?? []))
  return own.map((row) => {
    const named = options.flatMap(([field, option], at) => [
      [`option${at + 1}Name`, option],
      [`option${at + 1}Value`, text(row, field) ?? ''],
    ])
    return { ...row, cells: { ...row.cells, handle: group, name, ...Object.fromEntries(named) } }
  })
}

/** "Tee - Red" and "Tee - Blue" are a tee. */
function commonName(names: readonly string[]): string {
  const [first = '', ...others] = names
  let length = first.length
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--
  const common = length === first.length ? first : first.slice(0, length).replace(/[^\p{L}\p{N})]{1,10}$/u, '')
  return common.length < 3 ? first : common
}

/** No shop has more variants of one product. */
const MOST = 500
const PART = 1000
/** Rows that one row of a file became are told apart behind the point; whoever reads of them reads the row itself. */
export const rowOf = (number: number): number => Math.floor(number)

/** Etsy, and Wix where nobody counts variants: all values of an option stand in one cell, and each combination is a variant. */
export function withLists(given: readonly Row[], say: Say): readonly Row[] {
  const [row] = given as [Row]
  // A picture has a row of its own.
  const rows = given.filter((one) => one === row || lower(one, 'rowType') !== 'media')
  if (rows.some((one) => lower(one, 'rowType') === 'variant')) return rows
  const isWix = lower(row, 'rowType') === 'product'
  const options = [1, 2, 3].flatMap((n) => {
    const [name, values] = isWix
      ? [text(row, `option${n}Name`), text(row, `option${n}Value`)?.split(';')]
      : [text(row, `listed${n}Name`), listOf(text(row, `listed${n}Values`))]
    // A colour of Wix stands behind its number: "#ff0000:Red".
    const plain = values?.map((value) => value.trim().replace(/^#[0-9a-f]{3,8}:/i, '')).filter(Boolean)
    return name && plain && plain.length > 0 ? [{ name, values: [...new Set(plain)] }] : []
  })
  if (options.length === 0) return rows
  const count = options.reduce((all, { values }) => all * values.length, 1)
  if (count > MOST) {
    say(row, null, 'catalog.productFile.tooMany', { value: (text(row, 'name') ?? '').slice(0, 80), most: MOST })
    return rows
  }
  const combined = options.reduce<string[][]>(
    (all, { values }) => all.flatMap((some) => values.map((one) => [...some, one])),
    [[]],
  )
  const skus = listOf(text(row, 'sku')) ?? []
  const made = combined.map((values, at): Row => {
    const named = options.flatMap(({ name }, n) => [
      [`option${n + 1}Name`, name],
      [`option${n + 1}Value`, values[n]!],
    ])
    const sku =
      skus.length === count
        ? skus[at]!
        : skus.length === 1 && count > 1
          ? `${skus[0]}-${values.map(handleOf).join('-')}`.toUpperCase()
          : (skus[at] ?? '')
    const barcode = count > 1 ? { barcode: '' } : {}
    return { number: row.number + at / PART, cells: { ...row.cells, ...barcode, sku, rowType: '', ...Object.fromEntries(named) } }
  })
  return [...made, ...rows.slice(1)]
}
