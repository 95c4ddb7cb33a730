import { Button } from '@mantine/core'
import { IconCheck, IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import type { PriceUnit } from '#kit/quantity.ts'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import type { OneRow, WireRow } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Panel, Wide } from '#kit/web/look/parts.tsx'
import { useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Price, Quantity } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { labelsFor, labelsOf } from '#modules/catalog/label/label.rules.ts'
import { stockDocument } from './document.ts'
import { RIGHTS } from './GoodsPaper.tsx'
import { GoodsReview } from './GoodsReview.tsx'
import type { PaperKind } from './goods.rules.ts'
import { ReverseDocument } from './ReverseDocument.tsx'
import classes from '../stock/stock.module.css'

interface DocumentLine {
  readonly id: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  /** Nothing where it isn't said yet. */
  readonly quantity: string | null
  readonly expected: string | null
  readonly unitCost: string | null
  readonly priceUnit: PriceUnit
  readonly unit: string | null
  readonly lot: string | null
}
type Shown = OneRow & {
  readonly lines: readonly DocumentLine[]
  readonly reversedBy: { readonly id: string; readonly number: string } | null
  /** The count that it posted. */
  readonly stockCount: { readonly id: string; readonly number: string } | null
  /** It came by an order, and is corrected there. */
  readonly isOfOrder: boolean
}

/** A paper with its lines, a draft or posted; what a count found is shown beside what was expected. */
export default function StockDocumentPage() {
  const t = useT()
  const [posting, setPosting] = useState<WireRow | null>(null)
  return (
    <>
      <DetailPage<Shown>
        entity={stockDocument}
        title={({ row }) => (row['number'] === null ? t(`goods.${String(row['kind'])}`) : undefined)}
        // Which of the two posts it depends on its kind.
        withoutVerbs={['receive', 'post']}
        actions={(shown) =>
          shown.row['state'] === 'posted' ? (
            <OfPosted of={shown} />
          ) : (
            <OfDraft row={shown.row} onPost={() => setPosting(shown.row)} />
          )
        }
        hint={(shown) => <Hint of={shown} />}
      >
        {({ row, lines }) => lines.length > 0 && <Lines lines={lines} isDraft={row['state'] !== 'posted'} />}
      </DetailPage>
      {posting && (
        <GoodsReview
          kind={posting['kind'] as PaperKind}
          isKept
          input={{ id: posting.id, ifMatch: posting['version'] }}
          onDone={() => setPosting(null)}
          onClose={() => setPosting(null)}
        />
      )}
    </>
  )
}

/** What may be done with a draft, beside writing on and throwing it away. */
function OfDraft({ row, onPost }: { row: WireRow; onPost: () => void }) {
  const t = useT()
  const { may } = useSession()
  if (row['state'] !== 'draft' || !may(RIGHTS[row['kind'] as PaperKind], row['place'] as string)) return null
  return (
    <Button leftSection={<IconCheck size={18} />} onClick={onPost}>
      {t('goods.review')}
    </Button>
  )
}

function OfPosted({ of: { row, lines, reversedBy, isOfOrder } }: { of: Shown }) {
  const t = useT()
  const { may } = useSession()
  return (
    <>
      {row['kind'] === 'receipt' && may('catalog.product.read') && (
        <LinkButton
          {...labelsOf(lines.map((line) => ({ variant: line.variant, count: labelsFor(BigInt(line.quantity ?? 0), line.unit) })))}
          variant="default"
          leftSection={<IconTag size={16} />}
        >
          {t('label.print')}
        </LinkButton>
      )}
      {may('inventory.stock.adjust', row['place'] as string) && !reversedBy && !isOfOrder && !row['reverses'] && (
        <ReverseDocument id={row.id} number={String(row['number'])} />
      )}
      <Button
        component="a"
        variant="default"
        href={`/api/inventory/documents/${row.id}/paper.pdf`}
        target="_blank"
        rel="noreferrer"
      >
        {t('paper.print')}
      </Button>
    </>
  )
}

function Hint({ of: { row, reversedBy, stockCount: count } }: { of: Shown }) {
  const t = useT()
  if (row['state'] === 'draft') return t('goods.draftHint')
  if (row['state'] === 'voided') return t('goods.voidedHint')
  if (reversedBy)
    return (
      <>
        {t('goods.reversedBy')} <Link to={`/inventory/documents/${reversedBy.id}`}>{reversedBy.number}</Link>
      </>
    )
  if (count)
    return (
      <>
        {t('stockCount.paperOf')} <Link to={`/inventory/stock-counts/${count.id}`}>{count.number}</Link>
      </>
    )
  return t(`goods.${String(row['kind'])}`)
}

function Lines({ lines, isDraft }: { lines: readonly DocumentLine[]; isDraft: boolean }) {
  const t = useT()
  const { may } = useSession()
  const isCount = lines.some((line) => line.expected !== null)
  const showsCost = (isDraft || may('catalog.cost.read')) && lines.some((line) => line.unitCost !== null)
  return (
    <Panel title={t('goods.linesTitle')} flush>
      <Wide label={t('goods.linesTitle')} of={520} stacks>
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
                  <td className={classes.figure} data-label={t('field.expected')}>
                    <Quantity of={line.expected} />
                  </td>
                )}
                <td className={classes.figure} data-label={t(isCount ? 'field.counted' : 'field.quantity')}>
                  <Quantity of={line.quantity} />
                </td>
                {isCount && (
                  <td className={classes.figure} data-label={t('goods.difference')}>
                    <Quantity of={BigInt(line.quantity ?? 0) - BigInt(line.expected ?? '0')} />
                  </td>
                )}
                {showsCost && (
                  <td className={classes.figure} data-label={t('field.unitCost')}>
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
