import { RATE_ONE, divideHalfUp, sum } from '#kit/money.ts'
import type { Column, Comparison, ReportFacts } from './report.ts'

export interface Span {
  readonly from: string
  readonly to: string
}
export type Figures = Readonly<Record<string, bigint | null>>

/** A row as it was found: what it is about, and what there is of it. */
export interface Found {
  readonly key: string
  readonly name: string
  /** Of an account, by which it is ordered. */
  readonly code?: string
  readonly unit?: string | null
  readonly figures: Figures
}
export interface ReportRow extends Found {
  /** The main figure of the span that it is held against; nothing where there is none. */
  readonly before: bigint | null
}

const DAY = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const shifted = (day: string, days: number) => new Date(at(day) + days * DAY).toISOString().slice(0, 10)

/** How many days a span has, its last one included. */
export const daysIn = ({ from, to }: Span): number => (at(to) - at(from)) / DAY + 1

/** The same day of another year; the 29th of February is the 28th where there is none. */
export function yearsLater(day: string, years: number): string {
  const wanted = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  return Number.isNaN(at(wanted)) || !new Date(at(wanted)).toISOString().startsWith(wanted) ? `${wanted.slice(0, 8)}28` : wanted
}

/** With which days a span is compared. */
export function spanBefore(span: Span, compare: Comparison): Span | null {
  if (compare === 'none') return null
  if (compare === 'yearBefore') return { from: yearsLater(span.from, -1), to: yearsLater(span.to, -1) }
  const days = daysIn(span)
  return { from: shifted(span.from, -days), to: shifted(span.to, -days) }
}

/** All days of a span, in their order: a day without sales is a point at zero, not a gap. */
export const daysOfSpan = ({ from, to }: Span): string[] =>
  Array.from({ length: Math.max(0, daysIn({ from, to })) }, (_, index) => shifted(from, index))

/** What columns that stand over others come to; nothing over nothing is nothing. */
export function workOut(columns: readonly Column[], figures: Figures): Figures {
  const found: Record<string, bigint | null> = {}
  for (const { name, kind, over } of columns) {
    if (!over) {
      found[name] = figures[name] ?? null
      continue
    }
    const [above, below] = over.map((one) => figures[one] ?? null)
    if (above === null || above === undefined || !below || below < 0n) found[name] = null
    // Of a percent, one decimal tells enough.
    else found[name] = kind === 'rate' ? divideHalfUp(above * 1000n, below) * (RATE_ONE / 1000n) : divideHalfUp(above, below)
  }
  return found
}

/** What stands at the foot. */
export function sumsOf(columns: readonly Column[], rows: readonly Found[]): Figures {
  const sums = columns
    .filter((one) => !one.over && !one.isWithoutSum)
    .map(({ name }) => [name, sum(rows.map((row) => row.figures[name] ?? 0n))])
  return Object.fromEntries(sums) as Figures
}

/** By how much something rose or fell, in millionths; nothing where there was nothing before. */
export const changeOf = (now: bigint, before: bigint): bigint | null =>
  before > 0n ? divideHalfUp((now - before) * 100n, before) * (RATE_ONE / 100n) : null

/** Rows of a span with those of the span before beside them: what was then and is no more stands there with nothing. */
export function besides(
  { main, by, columns }: Pick<ReportFacts, 'main' | 'by' | 'columns'>,
  now: readonly Found[],
  before: readonly Found[] | null,
): ReportRow[] {
  const were = new Map(before?.map((row) => [row.key, row]))
  const known = new Set(now.map(({ key }) => key))
  // An account stands in one column alone.
  const nothing: Figures = Object.fromEntries(columns.map(({ name }) => [name, by === 'account' && name !== main ? null : 0n]))
  const gone = (before ?? []).filter(({ key }) => !known.has(key)).map((row) => ({ ...row, figures: nothing }))
  const rows = [...now, ...gone].map((row) => ({
    ...row,
    figures: workOut(columns, row.figures),
    before: before ? (were.get(row.key)?.figures[main] ?? 0n) : null,
  }))
  const isOrdered = by === 'day' || by === 'hour'
  const size = (row: ReportRow) => row.figures[main] ?? 0n
  if (by === 'account') return rows.toSorted((one, other) => compareText(one.code ?? LAST, other.code ?? LAST))
  return rows.toSorted((one, other) =>
    isOrdered || size(one) === size(other) ? compareText(one.key, other.key) : size(one) > size(other) ? -1 : 1,
  )
}

/** What is no account stands below all of them. */
const LAST = '\uffff'
const compareText = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1)
