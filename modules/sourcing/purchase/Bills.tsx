import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { ReasonedReview } from '#kit/web/review/ReasonedReview.tsx'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Amount, Day, StateBadge } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
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
      {back && (
        <ReasonedReview
          route={`POST ${purchase.path}/:id/bill-reversal`}
          input={{ id: order.id, bill: back.id }}
          title={t('bill.reverseNamed', { number: back.number })}
          action={t('bill.reverse')}
          touches={['sourcing', 'ledger', 'accounts']}
          onDone={() => takeBack(null)}
          onClose={() => takeBack(null)}
        />
      )}
    </Panel>
  )
}
