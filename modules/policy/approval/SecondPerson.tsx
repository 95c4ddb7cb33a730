import { Button, Group, Loader, PasswordInput, Select, Tabs, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ApprovalNeed } from '#kit/approval.ts'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import type { ProblemError } from '#kit/web/base/request.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { pinDigits } from '#modules/access/session/pin.rules.ts'
import { Window } from '#kit/web/look/Window.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { approvalRoutes } from './approval.routes.ts'
import { Facts, useKinds } from './Facts.tsx'
import classes from './approval.module.css'

/** What was asked for needs somebody else who agrees: here by PIN, or elsewhere while this waits. It goes on after that. */
export function SecondPerson({ problem, onDone }: { problem: ProblemError; onDone: (approval: string | null) => void }) {
  const t = useT()
  const kindsText = useKinds()
  const need = problem.details as ApprovalNeed & { id?: string }
  const { id } = need
  const [isAsked, setAsked] = useState(false)
  return (
    <Window onClose={() => onDone(null)} title={t('secondPerson.title')} size="md" zIndex={700}>
      <p className={classes.what}>{kindsText(need.kinds)}</p>
      <Facts of={need.facts} />
      {!id ? (
        <p className={classes.hint}>{t('secondPerson.notHere')}</p>
      ) : isAsked ? (
        <Waiting id={id} onDone={onDone} />
      ) : (
        <Tabs defaultValue="here" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="here">{t('secondPerson.here')}</Tabs.Tab>
            <Tabs.Tab value="elsewhere">{t('secondPerson.elsewhere')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="here">
            <ByPin id={id} onDone={onDone} />
          </Tabs.Panel>
          <Tabs.Panel value="elsewhere">
            <Ask id={id} onAsked={() => setAsked(true)} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Window>
  )
}

const approversQuery = (id: string) => api<typeof approvalRoutes>('approvers')('GET /approvals/:id/approvers', { id })

function ByPin({ id, onDone }: { id: string; onDone: (approval: string) => void }) {
  const t = useT()
  const { data } = useQuery(approversQuery(id))
  const [by, setBy] = useState<string | null>(null)
  const [pin, setPin] = useState('')
  const agree = useCommand<typeof approvalRoutes>()('POST /approvals/:id/pin', { quiet: true, onDone: () => onDone(id) })
  const only = data?.rows.length === 1 ? data.rows[0]!.id : null
  const approver = by ?? only
  if (data?.rows.length === 0) return <p className={classes.hint}>{t('secondPerson.nobodyHere')}</p>
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (approver && pin.length >= 4) void agree.run({ id, approver, pin }).then(() => setPin(''))
      }}
    >
      {agree.problem && <ProblemNote of={agree.problem} />}
      <Select
        label={t('secondPerson.who')}
        data={data?.rows.map((row) => ({ value: row.id, label: row.name })) ?? []}
        value={approver}
        onChange={setBy}
        mb="sm"
      />
      <PasswordInput
        label={t('field.pin')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        value={pin}
        onChange={(event) => setPin(pinDigits(event.currentTarget.value))}
      />
      <Button type="submit" mt="md" loading={agree.isRunning} disabled={!approver || pin.length < 4}>
        <T k="secondPerson.agree" />
      </Button>
    </form>
  )
}

function Ask({ id, onAsked }: { id: string; onAsked: () => void }) {
  const t = useT()
  const { leaves } = useSession()
  const { data } = useQuery(approversQuery(id))
  const [note, setNote] = useState('')
  const ask = useCommand<typeof approvalRoutes>()('POST /approvals/:id/asking', {
    quiet: true,
    touches: ['access'],
    onDone: onAsked,
  })
  if (data?.others === 0) return <p className={classes.hint}>{t('secondPerson.nobody')}</p>
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        void ask.run({ id, note: note.trim() || null })
      }}
    >
      {ask.problem && <ProblemNote of={ask.problem} />}
      <Textarea
        label={t('secondPerson.note')}
        maxLength={300}
        autosize
        minRows={2}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <p className={classes.hint}>
        {t('secondPerson.people', { n: data?.others ?? 0 })} {t(leaves.mail ? 'secondPerson.mailed' : 'sent.tellThem')}
      </p>
      <Button type="submit" mt="xs" loading={ask.isRunning}>
        <T k="secondPerson.ask" />
      </Button>
    </form>
  )
}

/** Goes on by itself when somebody has agreed; who does not wait finds it under "Approvals". */
function Waiting({ id, onDone }: { id: string; onDone: (approval: string | null) => void }) {
  const t = useT()
  // A till fills the screen and hears no events, so this looks for itself.
  const { data } = useQuery({ ...api<typeof approvalRoutes>('access')('GET /approvals/:id', { id }), refetchInterval: 2_000 })
  const isApproved = data?.state === 'approved'
  useEffect(() => {
    if (isApproved) onDone(id)
  }, [isApproved, id, onDone])
  if (data?.state === 'rejected')
    return (
      <div role="alert">
        <p className={classes.hint}>
          {t('secondPerson.rejected', { name: data.decidedByName ?? '' })} {data.decisionNote}
        </p>
        <Button variant="default" onClick={() => onDone(null)}>
          <T k="common.close" />
        </Button>
      </div>
    )
  return (
    <div role="status">
      <Group gap="sm" mb="md">
        <Loader size="sm" />
        <span>{t('secondPerson.waiting')}</span>
      </Group>
      <p className={classes.hint}>{t('secondPerson.later')}</p>
      <Button variant="default" onClick={() => onDone(null)}>
        <T k="secondPerson.notNow" />
      </Button>
    </div>
  )
}
