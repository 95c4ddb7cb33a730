import { useQuery } from '@tanstack/react-query'
import { api } from '../base/api.ts'
import { useSession } from '../session/session.tsx'
import { Link } from '../base/url.tsx'
import { Instant } from '../entity/values.tsx'
import { useT } from '../base/words.tsx'
import { Card } from './Card.tsx'
import classes from './card.module.css'
import type { kitRoutes } from '#kit/server/edge/kit.routes.ts'

/** What people did today, with where and with what. */
export function Happened() {
  const t = useT()
  const { place, places } = useSession()
  const today = useQuery({
    ...api<typeof kitRoutes>()('GET /home/today', place ? { place: place.id } : {}),
    refetchInterval: 60_000,
    staleTime: 0,
  })
  const nameOf = (id: string | null) => (place ? undefined : places.find((one) => one.id === id)?.name)
  return (
    <Card title={t('home.today')} of={today} height={200} blank={({ rows }) => rows.length === 0 && t('home.todayNothing')}>
      {({ rows }) => (
        <ol className={classes.happened}>
          {rows.map((row) => (
            <li key={row.id}>
              <span className={classes.time}>
                <Instant of={row.at} style="time" />
              </span>
              <span className={classes.main}>
                <bdi>{row.by}</bdi> {t.of('command', row.command)}
                {' · '}
                <Link to={row.path} className={classes.link}>
                  <bdi>{row.title}</bdi>
                </Link>
              </span>
              {nameOf(row.place) && (
                <span className={classes.end}>
                  <bdi>{nameOf(row.place)}</bdi>
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
