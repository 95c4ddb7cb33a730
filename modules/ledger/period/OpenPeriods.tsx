import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/base/api.ts'
import { Card } from '#kit/web/home/Card.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { pageTitle, usePages } from '#kit/web/base/page.ts'
import { businessDayIn } from '#kit/web/session/period.ts'
import { useMonthName } from '#kit/web/session/month.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { StateBadge } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { periodRoutes } from './period.routes.ts'
import classes from '#kit/web/home/card.module.css'

const openOf = <Row extends { state: string }>({ rows }: { rows: readonly Row[] }): Row[] =>
  rows.filter((row) => row.state === 'open')

/** Months that are over and not closed yet, and the month that runs. */
export function OpenPeriods() {
  const t = useT()
  const { clock } = useSession()
  const pages = usePages()
  const periods = useQuery(api<typeof periodRoutes>('ledger')('GET /periods'))
  const now = businessDayIn(clock).slice(0, 7)
  const links = ['/trial-balance', '/periods'].flatMap((path) => pages.find((page) => page.path === path) ?? [])
  const month = useMonthName()
  return (
    <Card
      title={t('entities.ledger.period')}
      actions={
        <span>
          {links.map((page) => (
            <LinkButton key={page.path} to={page.path} variant="subtle" size="compact-sm">
              {page.path === '/periods' ? t('home.all') : pageTitle(t, page)}
            </LinkButton>
          ))}
        </span>
      }
      of={periods}
      height={90}
      blank={(data) => openOf(data).length === 0 && t('home.allClosed')}
    >
      {(data) => (
        <ul className={classes.rows}>
          {openOf(data)
            .slice(0, 6)
            .map((row) => (
              <li key={row.firstDay}>
                <span className={classes.main}>
                  {month(row.firstDay)}
                  <span className={classes.sub}>
                    <T k={row.firstDay.startsWith(now) ? 'home.monthRuns' : 'home.monthOver'} />
                  </span>
                </span>
                <StateBadge
                  state={row.state}
                  entity={{ name: 'ledger.period' }}
                  tone={row.firstDay.startsWith(now) ? 'neutral' : 'warning'}
                />
              </li>
            ))}
        </ul>
      )}
    </Card>
  )
}
