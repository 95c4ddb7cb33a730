import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '#kit/web/api.ts'
import { LinkButton } from '#kit/web/LinkButton.tsx'
import { pageTitle, usePages } from '#kit/web/page.ts'
import { todayIn } from '#kit/web/list/period.ts'
import { Panel, Problem } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { StateBadge } from '#kit/web/values.tsx'
import { T, useLanguage, useT } from '#kit/web/words.tsx'
import type { periodRoutes } from '#modules/ledger/period/period.routes.ts'
import classes from './home.module.css'

/** Months that are over and not closed yet, and the month that runs. */
export function OpenPeriods() {
  const t = useT()
  const { timeZone } = useSession()
  const { digits } = useLanguage()
  const pages = usePages()
  const { data, error, refetch, isPending } = useQuery(api<typeof periodRoutes>('ledger')('GET /periods'))
  const now = todayIn(timeZone).slice(0, 7)
  const open = (data?.rows ?? []).filter((row) => row.state === 'open')
  const links = ['/trial-balance', '/periods'].flatMap((path) => pages.find((page) => page.path === path) ?? [])
  const month = new Intl.DateTimeFormat(t.locale, { month: 'long', year: 'numeric', timeZone: 'UTC', numberingSystem: digits })
  return (
    <Panel
      flush
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
    >
      {isPending ? (
        <Skeleton h={90} m={18} w="auto" />
      ) : error ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : open.length === 0 ? (
        <p className={classes.blank}>
          <T k="home.allClosed" />
        </p>
      ) : (
        <ul className={classes.rows}>
          {open.slice(0, 6).map((row) => (
            <li key={row.firstDay}>
              <span className={classes.main}>
                {month.format(new Date(`${row.firstDay}T00:00:00Z`))}
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
    </Panel>
  )
}
