import { useFormat } from '#kit/web/session/format.ts'
import { Amount, Quantity, Rate } from '#kit/web/entity/values.tsx'
import { T } from '#kit/web/base/words.tsx'
import { changeOf } from './report.rules.ts'
import type { Column } from './report.ts'

/** A figure of a report, by the kind of its column. */
export function Figure({
  of,
  column,
  unit,
  withCurrency,
}: {
  of: string | null | undefined
  column: Pick<Column, 'kind'>
  unit?: string | null | undefined
  withCurrency?: boolean
}) {
  const { number } = useFormat()
  if (of === null || of === undefined) return null
  if (column.kind === 'money') return <Amount of={of} plain={!withCurrency} />
  if (column.kind === 'rate') return <Rate of={of} />
  return column.kind === 'quantity' ? <Quantity of={of} unit={unit} /> : <bdi>{number(BigInt(of))}</bdi>
}

/** By how much something rose or fell; "new" where there was nothing before. */
export function Change({ now, before }: { now: string; before: string }) {
  const format = useFormat()
  const change = changeOf(BigInt(now), BigInt(before))
  if (change !== null) return <bdi>{format.change(change)}</bdi>
  return now !== '0' && before === '0' ? <T k="report.new" /> : null
}
