import { Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { ProblemNote } from '#kit/web/look/parts.tsx'
import { Window } from '#kit/web/look/Window.tsx'
import { PostingForm } from '#kit/web/review/PostingForm.tsx'
import type { drawerRoutes } from './drawer.routes.ts'

/** Why the drawer is opened though nobody pays. */
export function NoSale({ shift, onClose }: { shift: string; onClose: () => void }) {
  const t = useT()
  const [opening] = useState(newId)
  const [reason, setReason] = useState('')
  const run = useCommand<typeof drawerRoutes>()('POST /pos/shifts/:id/no-sale', {
    quiet: true,
    done: 'till.noSaleNoted',
    onDone: onClose,
  })
  const isRight = reason.trim().length > 2
  const submit = () => {
    if (isRight) void run.run({ id: shift, opening, reason: reason.trim() })
  }
  return (
    <Window onClose={onClose} title={t('till.noSale')} size="sm">
      <PostingForm onPost={submit}>
        <Stack gap="sm">
          {run.problem && <ProblemNote of={run.problem} />}
          <TextInput
            data-autofocus
            size="md"
            label={t('field.reason')}
            placeholder={t('till.noSaleHint')}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            maxLength={200}
          />
          <Button type="submit" disabled={!isRight} loading={run.isRunning}>
            {t('till.noSale')}
          </Button>
        </Stack>
      </PostingForm>
    </Window>
  )
}
