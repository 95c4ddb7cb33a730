import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { isDay } from '#kit/day.ts'
import { ReasonedReview } from '#kit/web/review/ReasonedReview.tsx'
import { DayInput } from '#kit/web/input/DayInput.tsx'
import { businessDayIn } from '#kit/web/session/period.ts'
import { useSession } from '#kit/web/session/session.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { journal } from './journal.ts'

/** Takes an entry back by its mirror image, on a day whose month is open. */
export function Reversal({ id, title: number, businessDay }: { id: string; title: string; businessDay: string }) {
  const t = useT()
  const { clock } = useSession()
  const [isOpen, setOpen] = useState(false)
  const [day, setDay] = useState<string | null>(() => businessDayIn(clock))
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={16} />} onClick={() => setOpen(true)}>
        {t('verb.ledger.journal.reverse')}
      </Button>
      {isOpen && (
        <ReasonedReview
          route={`POST ${journal.path}/:id/reverse`}
          input={{ id, businessDay: day }}
          title={t('entry.reverseTitle', { number })}
          hint={t('entry.reverseHint')}
          isReady={isDay(day)}
          action={t('verb.ledger.journal.reverse')}
          touches={['ledger', 'accounts']}
          onDone={() => setOpen(false)}
          onClose={() => setOpen(false)}
        >
          <DayInput label={t('field.businessDay')} value={day} min={businessDay} onChange={setDay} />
        </ReasonedReview>
      )}
    </>
  )
}
