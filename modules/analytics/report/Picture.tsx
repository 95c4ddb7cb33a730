import { useFormat } from '#kit/web/session/format.ts'
import type { Span } from '#kit/web/list/Span.tsx'
import { Shares } from '../board/Shares.tsx'
import { documentsOf } from './documents.rules.ts'
import { Bars, Line } from './drawn.tsx'
import { pointsOf } from './points.rules.ts'
import type { Report } from './report.page.tsx'
import { reportOf, type ReportName } from './report.ts'
import { useNameOf } from './ReportTable.tsx'

/** So many bars are taken in at one look. */
const BARS = 8

/** A trend as a line, hours as bars that stand, names as bars that lie. The table below it says the same to everybody. */
export function Picture({ name, span, data }: { name: ReportName; span: Span; data: Report }) {
  const { main, by, picture } = reportOf(name)
  const format = useFormat()
  const nameOf = useNameOf(name)
  const amount = (row: Report['rows'][number]) => row.figures[main] ?? '0'
  if (picture === 'line')
    return <Line points={pointsOf(span, data.rows, main, (day) => format.day(day))} compares={data.before !== null} />
  if (by === 'hour')
    return (
      <Bars
        points={data.rows.map((row) => ({
          key: row.key,
          name: nameOf(row),
          value: Number(amount(row)),
          told: format.money(amount(row)),
        }))}
      />
    )
  const rows = data.rows.slice(0, BARS).map((row) => {
    const to = documentsOf(name, row.key, span)
    return { key: row.key, name: nameOf(row), amount: amount(row), ...(to && { to }) }
  })
  return <Shares rows={rows} empty="report.empty" />
}
