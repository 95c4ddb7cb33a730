import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { isDay } from '#kit/day.ts'
import { ActReview } from '#kit/web/document/ActReview.tsx'
import { DayInput } from '#kit/web/DayInput.tsx'
import { businessDayIn } from '#kit/web/list/period.ts'
import { PostingForm } from '#kit/web/PostingForm.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Window } from '#kit/web/Window.tsx'
import { useT } from '#kit/web/words.tsx'
import { journal } from './journal.ts'

/** Takes an entry back by its mirror image: with a reason, on a day whose month is open, and after a look at what comes of it. */
export function Reversal({ id, title: number, businessDay }: { id: string; title: string; businessDay: string }) {
  const t = useT()
  const { clock } = useSession()
  const [stage, setStage] = useState<'none' | 'reason' | 'review'>('none')
  const [day, setDay] = useState<string | null>(() => businessDayIn(clock))
  const [reason, setReason] = useState('')
  const title = t('entry.reverseTitle', { number })
  const isRight = isDay(day) && reason.trim().length >= 3
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={16} />} onClick={() => setStage('reason')}>
        {t('verb.ledger.journal.reverse')}
      </Button>
      {stage === 'reason' && (
        <Window onClose={() => setStage('none')} title={title} size="sm">
          <PostingForm onPost={() => isRight && setStage('review')}>
            <Stack gap="md">
              <Text size="sm" c="dimmed">
                {t('entry.reverseHint')}
              </Text>
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
              <Group justify="flex-end">
                <Button type="submit" disabled={!isRight}>
                  {t('lines.review')}
                </Button>
              </Group>
            </Stack>
          </PostingForm>
        </Window>
      )}
      {stage === 'review' && (
        <ActReview
          route={`POST ${journal.path}/:id/reverse`}
          input={{ id, businessDay: day, reason: reason.trim() }}
          title={title}
          action={t('verb.ledger.journal.reverse')}
          touches={['ledger', 'accounts']}
          onDone={() => setStage('none')}
          onClose={() => setStage('reason')}
        />
      )}
    </>
  )
}
