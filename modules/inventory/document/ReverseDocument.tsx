import { Button, Group, Textarea } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { ActReview } from '#kit/web/document/ActReview.tsx'
import { PostingForm } from '#kit/web/PostingForm.tsx'
import { useGo } from '#kit/web/url.tsx'
import { Window } from '#kit/web/Window.tsx'
import { useT } from '#kit/web/words.tsx'

/** Takes a paper back by its opposite: with a reason, and after a look at what comes of it. */
export function ReverseDocument({ id, number }: { id: string; number: string }) {
  const t = useT()
  const go = useGo()
  const [step, setStep] = useState<'none' | 'reason' | 'review'>('none')
  const [reason, setReason] = useState('')
  const [newDocument] = useState(newId)
  const title = t('goods.reverseTitle', { number })
  const isRight = reason.trim().length >= 3
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={16} />} onClick={() => setStep('reason')}>
        {t('goods.reverse')}
      </Button>
      {step === 'reason' && (
        <Window onClose={() => setStep('none')} title={title} size="sm">
          <PostingForm onPost={() => isRight && setStep('review')}>
            <Textarea
              label={t('verb.reason')}
              data-autofocus
              autosize
              minRows={2}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Group justify="flex-end" mt="lg">
              <Button type="submit" disabled={!isRight}>
                {t('goods.review')}
              </Button>
            </Group>
          </PostingForm>
        </Window>
      )}
      {step === 'review' && (
        <ActReview
          route="POST /inventory/documents/:id/reversal"
          input={{ id, newDocument, reason: reason.trim() }}
          title={title}
          action={t('goods.reverse')}
          touches={['inventory', 'catalog', 'accounts', 'ledger', 'board']}
          onDone={(done) => {
            setStep('none')
            go(`/inventory/documents/${String(done['id'])}`)
          }}
          onClose={() => setStep('reason')}
        />
      )}
    </>
  )
}
