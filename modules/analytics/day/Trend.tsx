import { Skeleton } from '@mantine/core'
import { useFormat } from '#kit/web/session/format.ts'
import { EmptyState, Panel, Problem } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { useHomePeriod } from './useHomePeriod.tsx'
import { Change } from '../report/Figure.tsx'
import { Line } from '../report/drawn.tsx'
import { pointsOf } from '../report/points.rules.ts'
import { useSalesByDay } from './useSalesByDay.tsx'
import classes from '../report/report.module.css'

/** Net sales of the days chosen, with as many before them behind, pale. The report has them as a table. */
export function Trend() {
  const { place } = useSession()
  const format = useFormat()
  const t = useT()
  const { period, span } = useHomePeriod()
  const { data, error, refetch, isPending } = useSalesByDay(span)
  if (isPending) return <Skeleton h={240} mb={16} radius={10} />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const net = data.sums['net'] ?? '0'
  return (
    <Panel title={<T k="report.trend" />}>
      <p className={classes.trend}>
        <Link
          to="/reports/salesByDay"
          search={{ span: period, compare: 'before', ...(place && { place: place.id }) }}
          className={classes.link}
        >
          <Amount of={net} />
        </Link>{' '}
        {data.before && <Change now={net} before={data.before.sum ?? '0'} />}
      </p>
      {data.rows.length === 0 ? (
        <EmptyState title={t('board.nothingSold')} />
      ) : (
        <Line points={pointsOf(span, data.rows, 'net', (day) => format.day(day))} compares />
      )}
    </Panel>
  )
}
