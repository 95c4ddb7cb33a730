import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { useFormat } from '#kit/web/session/format.ts'
import { Problem, Stat, Stats } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount, Rate } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { changeOf } from '../report/report.rules.ts'
import { useSalesByDay } from './useSalesByDay.tsx'
import type { dayRoutes } from './day.routes.ts'
import { useHomePeriod } from './useHomePeriod.tsx'
import classes from '../report/report.module.css'

/** The figures of a period against the days before it, and how cash and debts stand now. What somebody may not see is not there. */
export function HomeFigures() {
  const t = useT()
  const { number } = useFormat()
  const { place } = useSession()
  const { period, span } = useHomePeriod()
  const { data, error, refetch, isPending } = useSalesByDay(span)
  const standing = useQuery({
    ...api<typeof dayRoutes>('pos')('GET /reports/standing', place ? { place: place.id } : {}),
    refetchInterval: 60_000,
  })
  const change = useChangeOf(data?.sums['net'] ?? '0', data?.before?.sum ?? null)
  if (isPending) return <Skeleton h={104} mb={16} radius={10} />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  const { sums } = data
  const at = { span: period, compare: 'before', ...(place && { place: place.id }) }
  const owed = standing.data
  return (
    <Stats>
      <Stat
        label={t('report.column.net')}
        value={
          <Link to="/reports/salesByDay" search={at} className={classes.link}>
            <Amount of={sums['net'] ?? '0'} />
          </Link>
        }
        {...change}
      />
      {sums['margin'] != null && (
        <Stat
          label={t('board.margin')}
          value={<Amount of={sums['margin']} />}
          change={
            sums['marginRate'] != null && (
              <>
                <Rate of={sums['marginRate']} /> <T k="board.ofNet" />
              </>
            )
          }
        />
      )}
      <Stat
        label={t('board.baskets')}
        value={number(BigInt(sums['sales'] ?? '0'))}
        change={
          sums['average'] != null && (
            <>
              <T k="board.average" /> <Amount of={sums['average']} />
            </>
          )
        }
      />
      {owed?.cash != null && <Stat label={t('home.cash')} value={<Amount of={owed.cash} />} change={t('home.cashNow')} />}
      {owed?.owedToUs != null && owed.owedToUs !== '0' && (
        <Stat label={t('home.owedToUs')} value={<Amount of={owed.owedToUs} />} />
      )}
      {owed?.weOwe != null && owed.weOwe !== '0' && <Stat label={t('home.weOwe')} value={<Amount of={owed.weOwe} />} />}
    </Stats>
  )
}

function useChangeOf(now: string, before: string | null) {
  const t = useT()
  const format = useFormat()
  const change = before === null ? null : changeOf(BigInt(now), BigInt(before))
  if (change === null) return { change: t('home.nothingBefore') }
  return {
    change: (
      <>
        <bdi>{format.change(change)}</bdi> <T k="home.thanBefore" />
      </>
    ),
    ...(change !== 0n && { tone: change > 0n ? ('good' as const) : ('bad' as const) }),
  }
}
