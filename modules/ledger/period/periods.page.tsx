import { Button } from '@mantine/core'
import { IconCalendarOff, IconLock, IconLockOpen } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { businessDayIn } from '#kit/web/session/period.ts'
import { useMonthName } from '#kit/web/session/month.ts'
import { EmptyState, PageBody, PageHead, PageSkeleton, Panel, Problem } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Amount, Instant, StateBadge } from '#kit/web/entity/values.tsx'
import { AskFirst } from '#kit/web/entity/Verbs.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { Check } from './Check.tsx'
import { monthOf } from './month.rules.ts'
import type { periodRoutes } from './period.routes.ts'
import classes from '../books.module.css'

const periods = () => api<typeof periodRoutes>('ledger')('GET /periods', {})
type Row = Awaited<ReturnType<ReturnType<typeof periods>['queryFn']>>['rows'][number]
type Verb = 'close' | 'reopen'

/** The months of the books: which are closed, and whether the books are right. */
export default function PeriodsPage() {
  const t = useT()
  const { permissions } = useSession()
  const { data, error, refetch, isPending } = useQuery(periods())
  const [asked, ask] = useState<{ row: Row; verb: Verb } | null>(null)
  if (isPending) return <PageSkeleton />
  if (error && !data) return <Problem of={error} retry={() => void refetch()} />
  return (
    <PageBody>
      <PageHead title={t('page.periods')} hint={t('periods.hint')} />
      {permissions['ledger.account.read']?.all && <Check />}
      {data.rows.length === 0 ? (
        <EmptyState icon={IconCalendarOff} title={t('periods.empty')} />
      ) : (
        <Panel flush>
          <div className={classes.scroller}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('periods.month')}</th>
                  <th scope="col">{t('field.state')}</th>
                  <th scope="col" className={`${classes.text} ${classes.onDesk}`}>
                    {t('periods.changed')}
                  </th>
                  <th scope="col" className={`${classes.figure} ${classes.onDesk}`}>
                    {t('periods.turnover')}
                  </th>
                  <th scope="col">
                    <span className={classes.unseen}>{t('periods.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => (
                  <Month key={row.firstDay} row={row} onAsk={(verb) => ask({ row, verb })} />
                ))}
              </tbody>
            </table>
          </div>
        </Panel>
      )}
      {asked && <Ask {...asked} onClose={() => ask(null)} />}
    </PageBody>
  )
}

function Month({ row, onAsk }: { row: Row; onAsk: (verb: Verb) => void }) {
  const t = useT()
  const { may, clock } = useSession()
  const name = useMonthName()
  const format = useFormat()
  const { lastDay, isOver } = monthOf(row.firstDay, businessDayIn(clock))
  const verb = row.state === 'closed' ? 'reopen' : 'close'
  return (
    <tr>
      <td>
        <Link to="/trial-balance" search={{ span: `${row.firstDay}..${lastDay}` }} className={classes.name}>
          {name(row.firstDay)}
        </Link>
        <span className={`${classes.sub} ${classes.onPhone}`}>{format.money(row.debit, { plain: true })}</span>
      </td>
      <td>
        <StateBadge state={row.state} tone={row.state === 'closed' ? 'neutral' : 'good'} />
      </td>
      <td className={`${classes.sub} ${classes.onDesk}`}>
        {row.changedAt && (
          <>
            {row.changedByName ?? t('entry.system')} · <Instant of={row.changedAt} style="medium" />
            {row.reason && ` · ${row.reason}`}
          </>
        )}
      </td>
      <td className={`${classes.figure} ${classes.onDesk}`}>
        <Amount of={row.debit} plain />
      </td>
      <td className={classes.figure}>
        {!isOver && verb === 'close' ? (
          <span className={classes.sub}>{t('periods.running')}</span>
        ) : (
          may('ledger.period.close') && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={verb === 'close' ? <IconLock size={14} /> : <IconLockOpen size={14} />}
              onClick={() => onAsk(verb)}
            >
              {t(verb === 'close' ? 'verb.close' : 'verb.reopen')}
            </Button>
          )
        )}
      </td>
    </tr>
  )
}

function Ask({ row, verb, onClose }: { row: Row; verb: Verb; onClose: () => void }) {
  const t = useT()
  const month = useMonthName()(row.firstDay)
  const options = { touches: ['ledger'], done: 'common.done' }
  const close = useCommand<typeof periodRoutes>()('POST /periods/:firstDay/close', options)
  const reopen = useCommand<typeof periodRoutes>()('POST /periods/:firstDay/reopen', options)
  const { firstDay } = row
  return (
    <AskFirst
      title={t(verb === 'close' ? 'periods.closeTitle' : 'periods.reopenTitle', { month })}
      text={t(verb === 'close' ? 'periods.closeText' : 'periods.reopenText')}
      action={t(verb === 'close' ? 'verb.close' : 'verb.reopen')}
      needsReason={verb === 'reopen'}
      isRunning={close.isRunning || reopen.isRunning}
      onClose={onClose}
      onYes={(reason) =>
        void (verb === 'close' ? close.run({ firstDay }) : reopen.run({ firstDay, reason })).then((done) => done && onClose())
      }
    />
  )
}
