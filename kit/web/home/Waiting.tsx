import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../base/api.ts'
import { useFormat } from '../session/format.ts'
import { useSession } from '../session/session.tsx'
import { Link } from '../base/url.tsx'
import { T, useT } from '../base/words.tsx'
import { Card } from './Card.tsx'
import classes from './card.module.css'
import type { kitRoutes } from '#kit/server/edge/kit.routes.ts'

const MOST = 100

/** What waits for whoever is here, each with its number and the way to it; what is late stands on top. */
export function Waiting() {
  const t = useT()
  const { number } = useFormat()
  const { place } = useSession()
  const waiting = useQuery({
    ...api<typeof kitRoutes>()('GET /home/waiting', place ? { place: place.id } : {}),
    refetchInterval: 60_000,
    staleTime: 0,
  })
  return (
    <Card title={t('home.waiting')} of={waiting} height={200} blank={({ rows }) => rows.length === 0 && t('home.waitingNothing')}>
      {({ rows }) => (
        <ul className={classes.waiting}>
          {rows.map(({ name, count, isLate, path, search }) => (
            <li key={name}>
              <Link to={path} search={search} className={classes.waits ?? ''}>
                <span className={classes.count} data-late={isLate || undefined}>
                  {count < MOST ? number(count) : `${number(MOST - 1)}+`}
                </span>
                <span className={classes.main}>
                  {t(`waiting.${name}`)}
                  {isLate && (
                    <span className={classes.late}>
                      <IconAlertTriangle size={14} aria-hidden /> <T k="home.late" />
                    </span>
                  )}
                </span>
                <IconChevronRight size={16} className={classes.turn} aria-hidden />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
