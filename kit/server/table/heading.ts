import { isCurrencyName } from '../../currency-names.ts'
import { measureOf } from '../../measure-names.ts'

const said = (cell: unknown) => String(cell ?? '').trim()

/**
 * What columns are called: those alike are told apart by the groups in the line above, or by a number. Empty ones at the end are
 * none.
 */
export function headerOf(cells: readonly unknown[], above: readonly unknown[] = []): string[] {
  const groups = groupsIn(above)
  const header = cells.map((cell, at) => said(cell) || groups.own[at] || '')
  while (header.at(-1) === '') header.pop()
  const times = Map.groupBy(header, (name) => name)
  const seen = new Set<string>()
  return header.map((name, at) => {
    // Prices under "Cost" and under "Retail" are two prices.
    const group = times.get(name)!.length > 1 && said(cells[at]) ? groups.over[at] : undefined
    const full = name !== '' && group ? `${name} (${group})` : name
    let own = full
    // A number in front of the second of a name: it is another column, and none that is suggested.
    for (let n = 2; own !== '' && seen.has(own); n++) own = `(${n}) ${full}`
    seen.add(own)
    return own
  })
}

/** A line with one cell is a title; of more, each goes on to the right up to the next. */
function groupsIn(above: readonly unknown[]): { own: string[]; over: string[] } {
  const own = above.map(said)
  if (own.filter(Boolean).length < 2) return { own: [], over: [] }
  let last = ''
  return { own, over: Array.from({ length: Math.max(own.length, COLUMNS) }, (_, at) => (last = own[at] || last)) }
}
const COLUMNS = 500

/**
 * Headings of two lines as one: below "Price", which goes on over an empty cell, stand "Retail" and "Wholesale"; below "Weight"
 * stands "kg". Nothing where the second line is a row: somebody may be called Bob or Pen, so what names a unit stands above numbers.
 */
export function joinedHeadings(
  upper: readonly unknown[],
  lower: readonly unknown[],
  below: readonly unknown[] = [],
): string[] | undefined {
  const width = Math.max(upper.length, lower.length)
  const [over, under] = [upper, lower].map((line) => Array.from({ length: width }, (_, at) => said(line[at]))) as [
    string[],
    string[],
  ]
  // What is merged downwards stands in both lines.
  const own = under.map((cell, at) => (cell === over[at] ? '' : cell))
  if (own.some((cell) => /\p{Nd}/u.test(cell))) return undefined
  let last = -1
  const group = over.map((cell, at) => (cell === '' ? last : (last = at)))
  const isParted = (at: number) => own[at] !== '' && over[at + 1] === '' && Boolean(own[at + 1])
  const isAbove = (at: number, what: RegExp) => what.test(said(below[at]))
  const units = own.flatMap((cell, at) => (cell !== '' && over[at] !== '' && !isParted(at) && isUnit(cell) ? [at] : []))
  // No row of a list has nothing but numbers, and no line of units has one for each column.
  const isOfUnits =
    units.length < width &&
    units.every((at) => isAbove(at, /^(?:\P{L}*\p{Nd}.*)?$/su)) &&
    units.some((at) => isAbove(at, /\p{Nd}/u))
  const isSaid = own.map((cell, at) => cell === '' || over[at] === '' || isParted(at) || (isOfUnits && isUnit(cell)))
  const hasGroup = own.some((cell, at) => cell !== '' && isParted(at))
  const hasUnit = own.some((cell, at) => cell !== '' && over[at] !== '')
  if (!isSaid.every(Boolean) || !(hasGroup || hasUnit)) return undefined
  return own.map((cell, at) => {
    const name = over[group[at]!] ?? ''
    return cell === '' ? over[at]! : name === '' ? cell : `${name} (${cell})`
  })
}

const isUnit = (cell: string) => measureOf(cell) !== undefined || isCurrencyName(cell)
