import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { Instant, StateBadge, type Tone } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { scheduledRoutes } from './scheduled.routes.ts'
import classes from './scheduled.module.css'

type Row = Wire<NonNullable<(typeof scheduledRoutes)['GET /scheduled']['__output']>>['rows'][number]

const SOON_MS = 2_000
const tones: Record<Row['state'], Tone> = { ok: 'good', failed: 'bad', running: 'busy', waiting: 'busy', new: 'neutral' }
const isUnderWay = ({ state }: Row) => state === 'running' || state === 'waiting'

/** What Duka does by itself by the clock: when next, how it went last, and the way to have it now. */
export default function ScheduledPage() {
  const t = useT()
  const { data, error, refetch, isPending } = useQuery({
    ...api<typeof scheduledRoutes>('access')('GET /scheduled', {}),
    refetchInterval: ({ state }) => (state.data?.rows.some(isUnderWay) ? SOON_MS : false),
  })
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody narrow>
      <PageHead title={t('page.scheduled')} hint={t('scheduled.hint', { zone: data.rows[0]?.timeZone ?? '' })} />
      <Panel flush>
        <ul className={classes.works}>
          {data.rows.map((row) => (
            <Line key={row.name} row={row} />
          ))}
        </ul>
      </Panel>
    </PageBody>
  )
}

function Line({ row }: { row: Row }) {
  const t = useT()
  const run = useCommand<typeof scheduledRoutes>()('POST /scheduled/:name/run', { done: 'scheduled.asked', touches: ['access'] })
  const what = t.of('scheduled', row.name)
  return (
    <li>
      <span className={classes.what}>
        <span className={classes.title}>{what}</span>
        <span className={classes.sub}>
          <Rule of={row.every} />
          {row.nextAt && (
            <>
              {' · '}
              <T k="scheduled.next" /> <Instant of={row.nextAt} style="short" />
            </>
          )}
        </span>
        {row.endedAt && (
          <span className={classes.sub}>
            <T k="scheduled.last" /> <Instant of={row.endedAt} ago />
          </span>
        )}
        {row.error && (
          <span className={classes.error}>
            <bdi>{row.error}</bdi>
          </span>
        )}
      </span>
      <span className={classes.side}>
        <StateBadge state={row.state} tone={tones[row.state]} />
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconPlayerPlay size={15} />}
          aria-label={t('scheduled.runOf', { what })}
          loading={run.isRunning}
          disabled={isUnderWay(row)}
          onClick={() => void run.run({ name: row.name })}
        >
          <T k="scheduled.run" />
        </Button>
      </span>
    </li>
  )
}

function Rule({ of }: { of: Row['every'] }) {
  const t = useT()
  if ('minutes' in of && of.minutes === 60) return t('scheduled.hourly')
  if ('minutes' in of) return t('scheduled.minutes', { n: of.minutes })
  if ('daily' in of) return t('scheduled.daily', { at: of.daily })
  if ('weekly' in of) return t('scheduled.weekly', { day: dayName(of.weekly.day, t.locale), at: of.weekly.at })
  return t('scheduled.monthly', { day: of.monthly.day, at: of.monthly.at })
}

// The first of January 2024 was a Monday.
const dayName = (day: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)))
