import { Button } from '@mantine/core'
import { IconFileInvoice, IconPrinter, IconTruckDelivery } from '@tabler/icons-react'
import { useState } from 'react'
import { DocumentPage, type DocumentRow } from '#kit/web/document/DocumentPage.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { MailPaper } from '#kit/web/document/MailPaper.tsx'
import { Panel } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link, useGo } from '#kit/web/base/url.tsx'
import { Amount, Instant, Price, Quantity } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import type { PriceUnit } from '#kit/quantity.ts'
import { Bill, leftToBill } from './Bill.tsx'
import { Bills, type Billed } from './Bills.tsx'
import { purchase } from './purchase.ts'
import classes from './purchase.module.css'

interface Receipt {
  readonly id: string
  readonly paper: string
  readonly number: string
  readonly receivedAt: string
  readonly receivedBy: string | null
  readonly deliveryNote: string | null
  readonly isDamaged: boolean
}
type Shown = DocumentRow & {
  readonly receipts: readonly Receipt[]
  readonly bills: readonly Billed[]
  readonly canMail: boolean
  readonly email: string | null
}

const COLUMNS = ['code', 'quantity', 'received', 'damaged', 'price', 'taxRate', 'net'] as const

/** An order to a supplier: what was ordered, what came of it, what is owed for it. */
export default function PurchasePage() {
  const t = useT()
  const go = useGo()
  const { may } = useSession()
  const [isBilling, setBilling] = useState<Shown | null>(null)
  return (
    <>
      <DocumentPage<Shown>
        of={purchase}
        touches={['inventory', 'catalog', 'ledger', 'accounts', 'board']}
        without={['net', 'tax', 'tolerance']}
        withoutVerbs={['receivePart']}
        reviewed={['approve']}
        verbs={{
          sendBack: { needsReason: true },
          cancel: { needsReason: true },
          close: { confirm: true },
          receive: { run: (row) => go(`${purchase.path}/${row.id}/receive`) },
        }}
        actions={(data) => (
          <>
            {data.lines.length > 0 && (
              <Button
                component="a"
                variant="default"
                leftSection={<IconPrinter size={16} />}
                href={`/api${purchase.path}/${data.row.id}/paper.pdf`}
                target="_blank"
                rel="noreferrer"
              >
                {t('paper.print')}
              </Button>
            )}
            {SENT.has(String(data.row['state'])) && may('sourcing.purchase.edit') && (
              <MailPaper
                route="POST /sourcing/purchases/:id/mail"
                id={data.row.id}
                canMail={data.canMail}
                to={data.email}
                words={{ open: 'purchase.mail', title: 'purchase.mailTitle', done: 'purchase.mailed' }}
              />
            )}
            {CAME.has(String(data.row['state'])) && may('sourcing.bill.enter') && (
              <Button variant="default" leftSection={<IconFileInvoice size={16} />} onClick={() => setBilling(data)}>
                {t(leftToBill(data.lines, data.bills).net === '0' ? 'bill.enterAnother' : 'bill.enter')}
              </Button>
            )}
          </>
        )}
        lines={{
          columns: COLUMNS,
          name: (line) => (
            <Link to={`/inventory/stock/${String(line['variant'])}`} className={classes.name ?? ''}>
              {String(line['name'])}
            </Link>
          ),
          hint: (line) => String(line['sku'] ?? ''),
          values: {
            quantity: (line) => <Quantity of={line['quantity'] as string} unit={line['unit'] as string | null} />,
            price: (line) => (
              <Price
                of={line['price'] as string}
                per={line['priceUnit'] as PriceUnit}
                unit={line['unit'] as string | null}
                plain
              />
            ),
          },
        }}
        sums={({ row }) => ({ net: <Amount of={row['net'] as string} plain /> })}
      >
        {({ row, receipts, bills }) => (
          <>
            {row['total'] !== undefined && (
              <dl className={classes.totals}>
                <div>
                  <dt>{t('field.tax')}</dt>
                  <dd>
                    <Amount of={row['tax'] as string} plain />
                  </dd>
                </div>
                <div>
                  <dt>{t('field.total')}</dt>
                  <dd>
                    <Amount of={row['total'] as string} />
                  </dd>
                </div>
              </dl>
            )}
            <Receipts of={receipts} />
            <Bills order={row} of={bills} />
          </>
        )}
      </DocumentPage>
      {isBilling && <Bill of={isBilling} onClose={() => setBilling(null)} />}
    </>
  )
}

const SENT = new Set(['approved', 'partlyReceived'])
const CAME = new Set(['partlyReceived', 'received', 'closed'])

function Receipts({ of }: { of: readonly Receipt[] }) {
  const t = useT()
  if (of.length === 0) return null
  return (
    <Panel title={t('purchase.receipts')}>
      <ul className={classes.linked}>
        {of.map((one) => (
          <li key={one.id}>
            <LinkButton
              to={`/inventory/documents/${one.paper}`}
              variant="subtle"
              size="compact-md"
              leftSection={<IconTruckDelivery size={16} />}
            >
              {one.number}
            </LinkButton>
            <span>
              {one.isDamaged && <T k="purchase.damaged" />} <bdi>{one.receivedBy}</bdi> · <Instant of={one.receivedAt} />
              {one.deliveryNote && ` · ${one.deliveryNote}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
