import { Button, Modal } from '@mantine/core'
import { IconCircleCheck, IconDeviceMobileMessage, IconPrinter, IconReceipt } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useGo } from '#kit/web/base/url.tsx'
import { Amount } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { MailPaper } from '#kit/web/document/MailPaper.tsx'
import type { PaidSale } from './Payment.tsx'
import classes from './dialogs.module.css'

// Seldom asked for, and kept on the till all the same.
const TextReceipt = lazy(async () => ({ default: (await import('../receipt/TextReceipt.tsx')).TextReceipt }))

interface PaidProps {
  readonly sale: PaidSale
  readonly canMail: boolean
  readonly canText: boolean
  readonly onDone: () => void
}

/** The change in large figures; Enter starts the next sale. */
export function Paid({ sale, canMail, canText, onDone }: PaidProps) {
  const t = useT()
  const go = useGo()
  const [isTexting, setTexting] = useState(false)
  const taken = BigInt(sale.total) - BigInt(sale.back?.exchanged ?? 0)
  const isBack = sale.back !== undefined && sale.back.refunded !== '0'
  return (
    <Modal opened onClose={onDone} withCloseButton={false} returnFocus={false} size="sm" aria-label={t('till.paid')}>
      <div className={classes.done} role="status">
        <IconCircleCheck size={40} stroke={1.4} color="var(--duka-good)" aria-hidden />
        <p>
          <T k={isBack ? 'till.giveBack' : sale.change === '0' ? 'till.paidExact' : 'till.giveChange'} />
        </p>
        <span className={classes.big}>
          <Amount of={isBack ? sale.back?.refunded : sale.change === '0' ? taken : sale.change} />
        </span>
        <p>{sale.number}</p>
      </div>
      <Button fullWidth size="lg" data-autofocus autoFocus onClick={onDone}>
        {t('till.next')}
      </Button>
      <div className={classes.doneActions}>
        <Button
          variant="default"
          leftSection={<IconPrinter size={17} />}
          component="a"
          href={`/api/pos/sales/${sale.id}/receipt.pdf`}
          target="_blank"
          rel="noreferrer"
        >
          {t('till.print')}
        </Button>
        <MailPaper
          route="POST /pos/sales/:id/mail"
          id={sale.id}
          canMail={canMail}
          words={{ open: 'sale.mail', title: 'sale.mailTitle', done: 'sale.mailed' }}
        />
        <Button variant="default" leftSection={<IconDeviceMobileMessage size={17} />} onClick={() => setTexting(true)}>
          {t('sale.text')}
        </Button>
        <Button variant="default" leftSection={<IconReceipt size={17} />} onClick={() => go(`/pos/sales/${sale.id}`)}>
          {t('till.show')}
        </Button>
      </div>
      {isTexting && (
        <Suspense>
          <TextReceipt sale={sale} canText={canText} onClose={() => setTexting(false)} />
        </Suspense>
      )}
    </Modal>
  )
}
