import { Button } from '@mantine/core'
import type { PriceUnit } from '#kit/quantity.ts'
import { DetailPage } from '#kit/web/DetailPage.tsx'
import type { OneRow } from '#kit/web/entity.ts'
import { Panel, Wide } from '#kit/web/parts.tsx'
import { useSession } from '#kit/web/session.tsx'
import { Link } from '#kit/web/url.tsx'
import { Price, Quantity } from '#kit/web/values.tsx'
import { useT } from '#kit/web/words.tsx'
import { stockDocument } from './document.ts'
import classes from '../stock/stock.module.css'

interface DocumentLine {
  readonly id: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly quantity: string
  readonly expected: string | null
  readonly unitCost: string | null
  readonly priceUnit: PriceUnit
  readonly unit: string | null
  readonly lot: string | null
}
type Shown = OneRow & { readonly lines: readonly DocumentLine[] }

/** A paper with its lines; what a count found is shown beside what was expected. */
export default function StockDocumentPage() {
  const t = useT()
  return (
    <DetailPage<Shown>
      entity={stockDocument}
      withoutHistory
      actions={({ row }) => (
        <Button
          component="a"
          variant="default"
          href={`/api/inventory/documents/${row.id}/paper.pdf`}
          target="_blank"
          rel="noreferrer"
        >
          {t('paper.print')}
        </Button>
      )}
      hint={({ row }) => t(`goods.${String(row['kind'])}`)}
    >
      {({ lines }) => <Lines lines={lines} />}
    </DetailPage>
  )
}

function Lines({ lines }: { lines: readonly DocumentLine[] }) {
  const t = useT()
  const { may } = useSession()
  const isCount = lines.some((line) => line.expected !== null)
  const showsCost = may('catalog.cost.read') && lines.some((line) => line.unitCost !== null)
  return (
    <Panel title={t('goods.linesTitle')} flush>
      <Wide label={t('goods.linesTitle')} of={520}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('field.name')}</th>
              {isCount && <th className={classes.figure}>{t('field.expected')}</th>}
              <th className={classes.figure}>{t(isCount ? 'field.counted' : 'field.quantity')}</th>
              {isCount && <th className={classes.figure}>{t('goods.difference')}</th>}
              {showsCost && <th className={classes.figure}>{t('field.unitCost')}</th>}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <td>
                  <Link to={`/inventory/stock/${line.variant}`} className={classes.name}>
                    {line.name}
                  </Link>
                  <small>{[line.sku, line.lot].filter(Boolean).join(' · ')}</small>
                </td>
                {isCount && (
                  <td className={classes.figure}>
                    <Quantity of={line.expected} />
                  </td>
                )}
                <td className={classes.figure}>
                  <Quantity of={line.quantity} />
                </td>
                {isCount && (
                  <td className={classes.figure}>
                    <Quantity of={BigInt(line.quantity) - BigInt(line.expected ?? '0')} />
                  </td>
                )}
                {showsCost && (
                  <td className={classes.figure}>
                    <Price of={line.unitCost} per={line.priceUnit} unit={line.unit} plain />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  )
}
