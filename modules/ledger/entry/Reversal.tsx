import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { useCommand } from '#kit/web/command.tsx'
import { DayInput } from '#kit/web/DayInput.tsx'
import { todayIn } from '#kit/web/list/period.ts'
import { ProblemNote } from '#kit/web/parts.tsx'
import { PostingForm } from '#kit/web/PostingForm.tsx'
import { useSession } from '#kit/web/session.tsx'
import { useGo } from '#kit/web/url.tsx'
import { useT } from '#kit/web/words.tsx'
import type { entryRoutes } from './entry.routes.ts'

/** Takes an entry back by its mirror image, with a reason, on a day whose month is open. */
export function Reversal({ id, title, businessDay }: { id: string; title: string; businessDay: string }) {
  const t = useT()
  const go = useGo()
  const { timeZone } = useSession()
  const [isOpen, setOpen] = useState(false)
  const [day, setDay] = useState<string | null>(() => todayIn(timeZone))
  const [reason, setReason] = useState('')
  const [newEntry] = useState(newId)
  const reverse = useCommand<typeof entryRoutes>()('POST /entries/:id/reversal', {
    quiet: true,
    touches: ['ledger'],
    done: 'entry.reversedNote',
  })
  const submit = async () => {
    if (!day || reason.trim().length < 3) return
    const done = await reverse.run({ id, newEntry, businessDay: day, reason: reason.trim() })
    if (!done) return
    setOpen(false)
    go(`/entries/${done.id}`)
  }
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={16} />} onClick={() => setOpen(true)}>
        {t('entry.reverse')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('entry.reverseTitle', { number: title })} size="sm">
        <PostingForm onPost={() => void submit()}>
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              {t('entry.reverseHint')}
            </Text>
            {reverse.problem && <ProblemNote of={reverse.problem} />}
            <Textarea
              label={t('verb.reason')}
              data-autofocus
              autosize
              minRows={2}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <DayInput label={t('field.businessDay')} value={day} min={businessDay} onChange={setDay} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setOpen(false)}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={reverse.isRunning} disabled={!day || reason.trim().length < 3}>
                {t('entry.reverse')}
              </Button>
            </Group>
          </Stack>
        </PostingForm>
      </Modal>
    </>
  )
}
