import { Button, Table } from '@mantine/core'
import { IconDeviceMobileMessage, IconPrinter } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PriceUnit } from '#kit/quantity.ts'
import { api } from '#kit/web/base/api.ts'
import { useCommand } from '#kit/web/base/command.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { useCrumb } from '#kit/web/base/crumb.ts'
import { Verbs } from '#kit/web/entity/Verbs.tsx'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { EditActions } from '#kit/web/record/DetailPage.tsx'
import { Facts, PageBody, PageHead, Panel, Wide } from '#kit/web/look/parts.tsx'
import { MailPaper } from '#kit/web/document/MailPaper.tsx'
import { Link, usePathParam } from '#kit/web/base/url.tsx'
import { Amount, Instant, Price, Quantity, Rate, StateBadge } from '#kit/web/entity/values.tsx'
import { T, useT } from '#kit/web/base/words.tsx'
import { methodName } from '../till/facts.rules.ts'
import { sale } from '../sale/sale.ts'
import { TextReceipt } from './TextReceipt.tsx'
import type { receiptRoutes } from './receipt.routes.ts'
import type { saleRoutes } from '../sale/sale.routes.ts'

/** A sale as it was: lines, money, tax, and the receipt to print again. */
export default function SalePage() {
  const t = useT()
  const id = usePathParam('id')
  const { data } = useSuspenseQuery(api<typeof saleRoutes>()('GET /pos/sales/:id', { id }))
  const { row, refs, lines, basketDiscount, isInvoiced, tenders, taxes } = data
  useCrumb(row.number)
  const { may } = useSession()
  const [isTexting, setTexting] = useState(false)
  const issue = useCommand<typeof receiptRoutes>()('POST /pos/sales/:id/invoice')
  const invoice = async () => {
    if (isInvoiced || (await issue.run({ id }))) open(`/api/pos/sales/${id}/invoice.pdf`, '_blank', 'noreferrer')
  }
  return (
    <PageBody>
      <PageHead
        title={row.number}
        badge={row.state === 'voided' && <StateBadge state={row.state} entity={sale} />}
        hint={<Instant of={row.completedAt} style="long" />}
        actions={
          <>
            <MailPaper
              route="POST /pos/sales/:id/mail"
              id={id}
              canMail={data.canMail}
              words={{ open: 'sale.mail', title: 'sale.mailTitle', done: 'sale.mailed' }}
            />
            <Button variant="default" leftSection={<IconDeviceMobileMessage size={17} />} onClick={() => setTexting(true)}>
              {t('sale.text')}
            </Button>
            {(isInvoiced || (row.state === 'completed' && may('pos.invoice.issue', row.place))) && (
              <Button variant="default" loading={issue.isRunning} onClick={() => void invoice()}>
                {t('paper.a4')}
              </Button>
            )}
            <Button
              leftSection={<IconPrinter size={17} />}
              component="a"
              href={`/api/pos/sales/${id}/receipt.pdf`}
              target="_blank"
              rel="noreferrer"
            >
              {t('sale.print')}
            </Button>
            {row.state === 'completed' && may('pos.return.take', row.place) && (
              <LinkButton to="/pos/return" search={{ sale: id }} variant="default">
                {t('sale.takeBack')}
              </LinkButton>
            )}
            <Verbs
              entity={sale}
              row={row}
              verbs={{ void: { needsReason: true } }}
              without={data.canVoid ? [] : ['void']}
              touches={['returns', 'inventory', 'board']}
            />
            <EditActions entity={sale} row={row} />
          </>
        }
      />
      <Panel>
        <Facts
          rows={[
            { label: t('field.place'), value: refs[row.place] },
            { label: t('field.till'), value: refs[row.till] },
            { label: t('field.shift'), value: <Link to={`/pos/shifts/${row.shift}`}>{refs[row.shift]}</Link> },
            { label: t('field.cashierName'), value: row.cashierName },
            ...(row.customer
              ? [{ label: t('field.customer'), value: <Link to={`/parties/${row.customer}`}>{refs[row.customer]}</Link> }]
              : []),
            ...(row.note ? [{ label: t('field.note'), value: row.note }] : []),
          ]}
        />
      </Panel>
      <Panel title={t('sale.lines')} flush>
        <Wide label={t('sale.lines')} of={520} stacks>
          <Table verticalSpacing="xs" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('field.name')}</Table.Th>
                <Table.Th ta="end">{t('field.quantity')}</Table.Th>
                <Table.Th ta="end">{t('till.price')}</Table.Th>
                <Table.Th ta="end">{t('field.discount')}</Table.Th>
                <Table.Th ta="end">{t('field.tax')}</Table.Th>
                <Table.Th ta="end">{t('field.total')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={line.id}>
                  <Table.Td>
                    {line.name}
                    <br />
                    <small style={{ color: 'var(--duka-faint)' }}>{line.sku}</small>
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('field.quantity')}>
                    <Quantity of={line.quantity} unit={line.unit} />
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('till.price')}>
                    <Price of={line.unitPrice} per={line.priceUnit as PriceUnit} unit={line.unit} plain />
                  </Table.Td>
                  <Table.Td ta="end" data-label={line.off === '0' ? undefined : t('field.discount')}>
                    {line.off !== '0' && <Amount of={`-${line.off}`} plain />}
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('field.tax')}>
                    <Amount of={line.tax} plain />
                  </Table.Td>
                  <Table.Td ta="end" data-label={t('field.total')}>
                    <Amount of={line.rest} plain />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      </Panel>
      {data.returns.length > 0 && (
        <Panel title={t('sale.cameBack')} flush>
          <Table horizontalSpacing="md">
            <Table.Tbody>
              {data.returns.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <Link to={`/returns/${one.id}`}>{one.number}</Link>
                  </Table.Td>
                  <Table.Td>
                    <Instant of={one.takenAt} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Amount of={`-${one.total}`} plain />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Panel>
      )}
      <Panel title={t('sale.money')}>
        <Facts
          rows={[
            ...(basketDiscount === '0' ? [] : [{ label: t('till.basketDiscount'), value: <Amount of={`-${basketDiscount}`} /> }]),
            { label: t('field.net'), value: <Amount of={row.net} /> },
            ...taxes
              .filter((one) => one.taxRate !== '0')
              .map((one) => ({ label: <TaxLabel rate={one.taxRate} />, value: <Amount of={one.tax} /> })),
            ...(row.rounding === '0' ? [] : [{ label: t('field.rounding'), value: <Amount of={row.rounding} /> }]),
            {
              label: t('field.total'),
              value: (
                <b>
                  <Amount of={row.total} />
                </b>
              ),
            },
            ...(row.exchanged === '0' ? [] : [{ label: t('field.pos.sale.exchanged'), value: <Amount of={row.exchanged} /> }]),
            ...tenders.map((one) => ({
              label: one.reference ? `${methodName(t, one)} · ${one.reference}` : methodName(t, one),
              value: <Amount of={one.given} />,
            })),
            ...(row.change === '0' ? [] : [{ label: t('field.change'), value: <Amount of={row.change} /> }]),
            ...(row.cost === undefined
              ? []
              : [{ label: t('sale.margin'), value: <Amount of={BigInt(row.net) - BigInt(row.cost)} /> }]),
          ]}
        />
      </Panel>
      {isTexting && <TextReceipt sale={row} canText={data.canText} onClose={() => setTexting(false)} />}
    </PageBody>
  )
}

const TaxLabel = ({ rate }: { rate: string }) => (
  <>
    <T k="field.tax" /> <Rate of={rate} />
  </>
)
