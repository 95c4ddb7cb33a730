import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Wire } from '#kit/web/base/api.ts'
import { useAction, useCommand } from '#kit/web/base/command.tsx'
import { EmptyState, PageBody, PageHead, PageSkeleton, Problem, ProblemNote } from '#kit/web/look/parts.tsx'
import { download, request } from '#kit/web/base/request.ts'
import { useSearch } from '#kit/web/base/url.tsx'
import { Instant, StateBadge } from '#kit/web/entity/values.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { approvalRoutes } from './approval.routes.ts'
import { Facts, useKinds } from './Facts.tsx'
import classes from './approval.module.css'

type Row = Wire<NonNullable<(typeof approvalRoutes)['GET /approvals']['__output']>>['rows'][number]
const boxes = ['waiting', 'mine', 'decided'] as const

/** What waits for a second person's word: to be decided by the reader, asked by them, and what they have decided. */
export default function ApprovalsPage() {
  const t = useT()
  const [search, setSearch] = useSearch()
  const show = boxes.find((one) => one === search['show']) ?? 'waiting'
  const { data, error, refetch, isPending } = useQuery(api<typeof approvalRoutes>('access')('GET /approvals', { show }))
  return (
    <PageBody narrow>
      <PageHead
        title={t('page.approvals')}
        actions={
          <SegmentedControl
            aria-label={t('approvals.show')}
            value={show}
            onChange={(next) => setSearch({ show: next === 'waiting' ? undefined : next })}
            data={boxes.map((box) => ({ value: box, label: t(`approvals.${box}`) }))}
          />
        }
      />
      {isPending ? (
        <PageSkeleton />
      ) : error ? (
        <Problem of={error} retry={() => void refetch()} />
      ) : data.rows.length === 0 ? (
        <EmptyState icon={IconInbox} title={t(`approvals.empty.${show}`)}>
          {t('approvals.emptyHint')}
        </EmptyState>
      ) : (
        <ul className={classes.list}>
          {data.rows.map((row) => (
            <Matter key={row.id} row={row} show={show} />
          ))}
        </ul>
      )}
    </PageBody>
  )
}

function Matter({ row, show }: { row: Row; show: (typeof boxes)[number] }) {
  const t = useT()
  const kindsText = useKinds()
  return (
    <li className={classes.matter}>
      <div className={classes.matterHead}>
        <h2>{kindsText(row.kinds)}</h2>
        {show !== 'waiting' && (
          <StateBadge state={row.isOver && ['asked', 'approved'].includes(row.state) ? 'expired' : row.state} />
        )}
      </div>
      <p className={classes.hint}>
        {show !== 'mine' && (
          <>
            <bdi>{row.askedByName}</bdi> ·{' '}
          </>
        )}
        {row.placeName && (
          <>
            <bdi>{row.placeName}</bdi> ·{' '}
          </>
        )}
        <Instant of={row.askedAt} ago />
      </p>
      <Facts of={row.facts as Record<string, unknown>} />
      {row.note && (
        <blockquote className={classes.note} dir="auto">
          {row.note}
        </blockquote>
      )}
      {row.decidedByName && (
        <p className={classes.hint}>
          {t(`approvals.by.${row.state === 'rejected' ? 'rejected' : 'approved'}`, { name: row.decidedByName })}
          {row.decisionNote && (
            <>
              : <bdi>{row.decisionNote}</bdi>
            </>
          )}
        </p>
      )}
      {show === 'waiting' && <Decide row={row} />}
      {show === 'mine' && !row.isOver && <Mine row={row} />}
    </li>
  )
}

function Decide({ row }: { row: Row }) {
  const t = useT()
  const [deciding, setDeciding] = useState<boolean | null>(null)
  const [note, setNote] = useState('')
  const decide = useCommand<typeof approvalRoutes>()('POST /approvals/:id/decision', {
    quiet: true,
    touches: ['access'],
    done: 'common.done',
    onDone: () => setDeciding(null),
  })
  return (
    <div className={classes.actions}>
      <Button onClick={() => setDeciding(true)}>
        <T k="approvals.approve" />
      </Button>
      <Button variant="default" onClick={() => setDeciding(false)}>
        <T k="approvals.reject" />
      </Button>
      {deciding !== null && (
        <Window
          onClose={() => setDeciding(null)}
          title={t(deciding ? 'approvals.approveAsk' : 'approvals.rejectAsk', { name: row.askedByName })}
          size="sm"
        >
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              void decide.run({ id: row.id, approve: deciding, note: note.trim() || null })
            }}
          >
            {decide.problem && <ProblemNote of={decide.problem} />}
            <Facts of={row.facts as Record<string, unknown>} />
            <Textarea
              label={t('approvals.decisionNote')}
              maxLength={300}
              autosize
              minRows={2}
              data-autofocus
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              mb="md"
            />
            <Button type="submit" color={deciding ? undefined : 'red'} loading={decide.isRunning}>
              {t(deciding ? 'approvals.approve' : 'approvals.reject')}
            </Button>
          </form>
        </Window>
      )}
    </div>
  )
}

/** What one asked for oneself: done once somebody has agreed, or taken back. */
function Mine({ row }: { row: Row }) {
  const done = useAction(
    async (_: Record<never, never>, key) => {
      const { again } = await request<{ again: string | null }>('GET', `/approvals/${row.id}`)
      if (again) return download(`${again}&approval=${row.id}`)
      return request('POST', `/approvals/${row.id}/completion`, {}, { key })
    },
    { touches: ['access', 'pos', 'inventory', 'ledger', 'parties'], done: 'common.done' },
  )
  const withdraw = useCommand<typeof approvalRoutes>()('POST /approvals/:id/withdrawal', { touches: ['access'] })
  if (row.state !== 'approved' && row.state !== 'asked') return null
  return (
    <div className={classes.actions}>
      {row.state === 'approved' && (
        <Button loading={done.isRunning} onClick={() => void done.run({})}>
          <T k="approvals.doNow" />
        </Button>
      )}
      <Button variant="default" loading={withdraw.isRunning} onClick={() => void withdraw.run({ id: row.id })}>
        <T k="approvals.withdraw" />
      </Button>
    </div>
  )
}
