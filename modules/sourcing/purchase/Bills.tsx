import { Button, Group, Textarea } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { ActReview } from '#kit/web/document/ActReview.tsx'
import type { WireRow } from '#kit/web/entity.ts'
import { Panel } from '#kit/web/parts.tsx'
import { PostingForm } from '#kit/web/PostingForm.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Amount, Day, StateBadge } from '#kit/web/values.tsx'
import { Window } from '#kit/web/Window.tsx'
import { T, useT } from '#kit/web/words.tsx'
import { purchase } from './purchase.ts'
import classes from './purchase.module.css'

export interface Billed {
  readonly id: string
  readonly number: string
  readonly dated: string
  readonly dueOn: string | null
  readonly net: string
  readonly tax: string
  readonly total: string
  readonly reversedAt: string | null
  readonly reason: string | null
}

/** The supplier's invoices for an order; one that was entered by mistake is taken back from here. */
export function Bills({ order, of }: { order: WireRow; of: readonly Billed[] }) {
  const t = useT()
  const { may } = useSession()
  const [back, takeBack] = useState<Billed | null>(null)
  if (of.length === 0) return null
  const mayReverse = may('sourcing.bill.enter', order['place'] as string)
  return (
    <Panel title={t('purchase.bills')}>
      <ul className={classes.linked}>
        {of.map((one) => (
          <li key={one.id}>
            <b>
              <bdi>{one.number}</bdi>
            </b>
            <span>
              <Day of={one.dated} />
              {one.dueOn && (
                <>
                  {' · '}
                  <T k="bill.dueOn" /> <Day of={one.dueOn} />
                </>
              )}
              {one.reason && (
                <>
                  {' · '}
                  <bdi>{one.reason}</bdi>
                </>
              )}
            </span>
            <Amount of={one.total} />
            {one.reversedAt && <StateBadge state="reversed" entity={purchase} />}
            {!one.reversedAt && mayReverse && (
              <Button
                variant="subtle"
                size="compact-md"
                leftSection={<IconArrowBackUp size={16} />}
                aria-label={t('bill.reverseNamed', { number: one.number })}
                onClick={() => takeBack(one)}
              >
                <T k="bill.reverse" />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {back && <ReverseBill order={order.id} of={back} onClose={() => takeBack(null)} />}
    </Panel>
  )
}

/** With a reason, and after a look at what comes of it. */
function ReverseBill({ order, of, onClose }: { order: string; of: Billed; onClose: () => void }) {
  const t = useT()
  const [reason, setReason] = useState('')
  const [isReviewing, setReviewing] = useState(false)
  const isRight = reason.trim().length >= 3
  const title = t('bill.reverseNamed', { number: of.number })
  if (isReviewing)
    return (
      <ActReview
        route={`POST ${purchase.path}/:id/bill-reversal`}
        input={{ id: order, bill: of.id, reason: reason.trim() }}
        title={title}
        action={t('bill.reverse')}
        touches={['sourcing', 'ledger', 'accounts']}
        onDone={onClose}
        onClose={() => setReviewing(false)}
      />
    )
  return (
    <Window onClose={onClose} title={title} size="sm">
      <PostingForm onPost={() => isRight && setReviewing(true)}>
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
            {t('lines.review')}
          </Button>
        </Group>
      </PostingForm>
    </Window>
  )
}
