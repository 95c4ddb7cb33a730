import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#kit/id.ts'
import { ReasonedReview } from '#kit/web/review/ReasonedReview.tsx'
import { useGo } from '#kit/web/base/url.tsx'
import { useT } from '#kit/web/base/words.tsx'

/** Takes a paper back by its opposite. */
export function ReverseDocument({ id, number }: { id: string; number: string }) {
  const t = useT()
  const go = useGo()
  const [isOpen, setOpen] = useState(false)
  const [newDocument] = useState(newId)
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={16} />} onClick={() => setOpen(true)}>
        {t('goods.reverse')}
      </Button>
      {isOpen && (
        <ReasonedReview
          route="POST /inventory/documents/:id/reversal"
          input={{ id, newDocument }}
          title={t('goods.reverseTitle', { number })}
          action={t('goods.reverse')}
          touches={['inventory', 'catalog', 'accounts', 'ledger', 'board']}
          onDone={(done) => {
            setOpen(false)
            go(`/inventory/documents/${String(done['id'])}`)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
