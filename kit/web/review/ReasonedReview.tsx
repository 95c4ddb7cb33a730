import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { PostingForm } from './PostingForm.tsx'
import { Window } from '../look/Window.tsx'
import { useT } from '../base/words.tsx'
import { ActReview, type ActReviewProps } from './ActReview.tsx'

interface ReasonedReviewProps extends Omit<ActReviewProps, 'children'> {
  readonly hint?: string
  /** Whether all else that is asked is answered. */
  readonly isReady?: boolean
  /** What is asked beside the reason. */
  readonly children?: ReactNode
}

/** What needs a reason, as taking back does: that first, then what will come of it. The way back leads to the reason again. */
export function ReasonedReview({ hint, isReady = true, children, input, onClose, ...review }: ReasonedReviewProps) {
  const t = useT()
  const [reason, setReason] = useState('')
  const [isReviewing, setReviewing] = useState(false)
  const isRight = isReady && reason.trim().length >= 3
  if (isReviewing)
    return <ActReview {...review} input={{ ...input, reason: reason.trim() }} onClose={() => setReviewing(false)} />
  return (
    <Window onClose={onClose} title={review.title} size="sm">
      <PostingForm onPost={() => isRight && setReviewing(true)}>
        <Stack gap="md">
          {hint && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
          <Textarea
            label={t('verb.reason')}
            data-autofocus
            autosize
            minRows={2}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {children}
          <Group justify="flex-end">
            <Button type="submit" disabled={!isRight}>
              {t('lines.review')}
            </Button>
          </Group>
        </Stack>
      </PostingForm>
    </Window>
  )
}
