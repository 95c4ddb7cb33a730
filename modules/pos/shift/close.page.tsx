import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api } from '#kit/web/api.ts'
import { useCommand } from '#kit/web/command.tsx'
import { AmountInput } from '#kit/web/inputs.tsx'
import { PageBody, PageHead, Panel, ProblemNote } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { useGo, usePathParam } from '#kit/web/url.tsx'
import { Amount } from '#kit/web/values.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { Denominations, sumOf, type Counts } from './Denominations.tsx'
import type { shiftRoutes } from './shift.routes.ts'

/** Counts the drawer blind, note by note, and closes the till; the difference is told afterwards. */
export default function CloseShiftPage() {
  const t = useT()
  const go = useGo()
  const { currency } = useSession()
  const id = usePathParam('id')
  const { data } = useSuspenseQuery(api<typeof shiftRoutes>()('GET /pos/shifts/:id', { id }))
  const [counts, setCounts] = useState<Counts | null>({})
  const [amount, setAmount] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [isSure, setSure] = useState(false)
  const close = useCommand<typeof shiftRoutes>()('POST /pos/shifts/:id/closure', {
    quiet: true,
    touches: ['pos', 'accounts', 'entries', 'board'],
  })
  const counted = counts ? String(sumOf(counts)) : amount
  const isRight = counted !== null && /^\d{1,15}$/.test(counted)
  const ask = (event: FormEvent) => {
    event.preventDefault()
    if (isRight) setSure(true)
  }
  const submit = async () => {
    const done = await close.run({
      id,
      counted: counted as never,
      ...(counts && { denominations: counts }),
      ...(note.trim() && { note: note.trim() }),
    })
    setSure(false)
    if (done) go(`/pos/shifts/${id}`, { replace: true })
  }
  return (
    <PageBody narrow>
      <PageHead title={t('shift.closeTitle', { name: data.refs[String(data.row['till'])] ?? '' })} hint={t('shift.closeHint')} />
      <form onSubmit={ask}>
        <Panel>
          <Stack>
            {close.problem && <ProblemNote of={close.problem} />}
            {counts ? (
              <Denominations currency={currency} counts={counts} onChange={setCounts} />
            ) : (
              <AmountInput autoFocus size="lg" label={t('field.counted')} value={amount} onChange={setAmount} />
            )}
            <Button variant="subtle" size="compact-sm" type="button" onClick={() => setCounts(counts ? null : {})}>
              {t(counts ? 'till.typeAmount' : 'till.countNotes')}
            </Button>
            <Textarea
              label={t('field.note')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={500}
              autosize
              minRows={2}
            />
            <Button type="submit" size="lg" disabled={!isRight} leftSection={<IconLock size={18} />}>
              {t('till.close')}
            </Button>
          </Stack>
        </Panel>
      </form>
      <Modal opened={isSure} onClose={() => setSure(false)} title={t('shift.sure')} size="sm">
        <p>
          <T k="shift.sureText" />{' '}
          <b>
            <Amount of={counted} />
          </b>
        </p>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setSure(false)}>
            {t('shift.countAgain')}
          </Button>
          <Button data-autofocus loading={close.isRunning} onClick={() => void submit()}>
            {t('till.close')}
          </Button>
        </Group>
      </Modal>
    </PageBody>
  )
}
