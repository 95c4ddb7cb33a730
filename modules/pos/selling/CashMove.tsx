import { Button, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { AmountInput } from '#kit/web/input/figures.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { useT } from '#kit/web/base/words.tsx'
import type { shiftRoutes } from '../shift/shift.routes.ts'
import { cashMoveKinds } from '../shift/shift.ts'

/** Cash into the drawer from the safe, out of it for a small expense, or into the safe; always with a reason. */
export function CashMove({ shift, onClose }: { shift: string; onClose: () => void }) {
  const t = useT()
  const [move] = useState(newId)
  const [kind, setKind] = useState<(typeof cashMoveKinds)[number]>('in')
  const [amount, setAmount] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const run = useCommand<typeof shiftRoutes>()('POST /pos/shifts/:id/cash', {
    quiet: true,
    done: 'till.cashMoved',
    onDone: onClose,
    touches: ['accounts', 'entries'],
  })
  const isRight = amount !== null && /^[1-9]\d{0,14}$/.test(amount) && reason.trim().length > 1
  const submit = () => {
    if (isRight) void run.run({ id: shift, move, kind, amount: amount as never, reason: reason.trim() })
  }
  return (
    <Window onClose={onClose} title={t('till.cash')} size="sm">
      <PostingForm onPost={submit}>
        <Stack gap="sm">
          {run.problem && <ProblemNote of={run.problem} />}
          <SegmentedControl
            fullWidth
            value={kind}
            onChange={(value) => setKind(value as typeof kind)}
            data={cashMoveKinds.map((one) => ({ value: one, label: t(`till.cash.${one}`) }))}
          />
          <AmountInput data-autofocus size="md" label={t('till.amount')} value={amount} onChange={setAmount} required />
          <TextInput
            label={t('field.reason')}
            placeholder={t(`till.cashHint.${kind}`)}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            maxLength={200}
          />
          <Button type="submit" disabled={!isRight} loading={run.isRunning}>
            {t('action.save')}
          </Button>
        </Stack>
      </PostingForm>
    </Window>
  )
}
