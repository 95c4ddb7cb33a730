import { IconTag } from '@tabler/icons-react'
import type { WireRow } from '#kit/web/entity/entity.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { ListPage } from '#kit/web/list/ListPage.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { Amount, Quantity } from '#kit/web/entity/values.tsx'
import { T } from '#kit/web/base/words.tsx'
import type { PriceUnit } from '#kit/quantity.ts'
import { labelsOfProducts } from '../label/label.rules.ts'
import { product } from './product.ts'
import classes from './product.module.css'

/** What its variants cost, as the list answers it. */
interface Prices {
  readonly least: string
  readonly most: string
  readonly unit: string | null
}

/** All products with picture, price and what can be sold of them; labels of those that are picked. */
export default function ProductsPage() {
  return (
    <ListPage
      entity={product}
      cells={{ name: (row) => <Named row={row} /> }}
      columns={[
        { key: 'prices', isFigure: true, isFirst: true, width: 170, show: (row) => <PriceSpan row={row} /> },
        { key: 'free', isFigure: true, isFirst: true, width: 110, show: (row) => <Free row={row} /> },
      ]}
      bulk={(rows) => (
        <LinkButton {...labelsOfProducts(rows.map(({ id }) => id))} variant="default" leftSection={<IconTag size={16} />}>
          <T k="label.print" />
        </LinkButton>
      )}
    />
  )
}

const Named = ({ row }: { row: WireRow }) => (
  <span className={classes.named}>
    {typeof row['image'] === 'string' ? (
      <img src={`/api/files/${row['image']}?size=thumb`} alt="" loading="lazy" className={classes.thumb} />
    ) : (
      <span className={classes.thumb} aria-hidden />
    )}
    <bdi>{String(row['name'])}</bdi>
  </span>
)

function PriceSpan({ row }: { row: WireRow }) {
  const format = useFormat()
  const prices = row['prices'] as Prices | undefined
  if (!prices) return null
  if (row['asksPrice'] && prices.most === '0') return <T k="product.asked" />
  const per = format.per((row['priceUnit'] ?? '1') as PriceUnit, prices.unit)
  return (
    <>
      <Amount of={prices.least} plain />
      {prices.most !== prices.least && (
        <>
          {' – '}
          <Amount of={prices.most} plain />
        </>
      )}
      {per && <small> {per}</small>}
    </>
  )
}

const Free = ({ row }: { row: WireRow }) =>
  row['free'] === undefined ? null : (
    <Quantity of={String(row['free'])} unit={(row['prices'] as Prices | undefined)?.unit ?? null} />
  )
