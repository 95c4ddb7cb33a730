import { daysOfSpan, type Span } from './report.rules.ts'

interface Row {
  readonly key: string
  readonly figures: Readonly<Record<string, string | null>>
  readonly before: string | null
}

/** The days of a span as points of a line; a day without sales is at zero. */
export function pointsOf(span: Span, rows: readonly Row[], main: string, nameOf: (day: string) => string) {
  const known = new Map(rows.map((row) => [row.key, row]))
  return daysOfSpan(span).map((key) => {
    const row = known.get(key)
    return { key, name: nameOf(key), value: Number(row?.figures[main] ?? 0), before: Number(row?.before ?? 0) }
  })
}
