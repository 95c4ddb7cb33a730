import type { PriceUnit } from '#kit/quantity.ts'
import type { OutputOf } from '#kit/web/base/api.ts'
import { DetailPage } from '#kit/web/record/DetailPage.tsx'
import { useFormat } from '#kit/web/session/format.ts'
import { LinkButton } from '#kit/web/look/LinkButton.tsx'
import { Panel, Wide } from '#kit/web/look/parts.tsx'
import { Can, useSession } from '#kit/web/session/session.tsx'
import { Link } from '#kit/web/base/url.tsx'
import { Price } from '#kit/web/entity/values.tsx'
import { useT } from '#kit/web/base/words.tsx'
import { LabelsButton } from '../label/LabelsButton.tsx'
import { AddVariant } from './AddVariant.tsx'
import { Picture } from './Picture.tsx'
import { product } from './product.ts'
import type { productRoutes } from './product.routes.ts'
import classes from './product.module.css'

type Shown = OutputOf<typeof productRoutes, 'GET /catalog/products/:id'>

/** A product: its picture and facts, and each variant with its price and codes. */
export default function ProductPage() {
  return (
    <DetailPage<Shown>
      entity={product}
      // What prices are for stands beside them.
      without={['image', 'optionNames', 'priceUnit']}
      actions={({ variants }) => (
        <LabelsButton of={variants.filter((one) => !one.archivedAt).map((one) => ({ variant: one.id, count: 1 }))} />
      )}
      top={({ row }) => <Picture product={row.id} image={(row['image'] as string | null) ?? null} name={String(row['name'])} />}
    >
      {({ row, variants, unit }) => (
        <Variants product={row.id} optionNames={row['optionNames'] as string[]} variants={variants} unit={unit} />
      )}
    </DetailPage>
  )
}

function Variants({
  product: id,
  optionNames,
  variants,
  unit,
}: {
  product: string
  optionNames: readonly string[]
  variants: Shown['variants']
  unit: string | null
}) {
  const t = useT()
  const format = useFormat()
  const { may } = useSession()
  const seesCost = may('catalog.cost.read')
  return (
    <Panel
      title={t(variants.length > 1 ? 'product.variants' : 'product.price')}
      actions={
        <Can do="catalog.product.edit">
          <AddVariant
            product={id}
            optionNames={optionNames}
            per={format.per((variants[0]?.priceUnit ?? '1') as PriceUnit, unit)}
          />
        </Can>
      }
      flush
    >
      <Wide label={t('product.variants')} of={560} stacks>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('entity.catalog.variant')}</th>
              <th>{t('field.barcode')}</th>
              <th className={classes.figure}>{t('field.price')}</th>
              {seesCost && <th className={classes.figure}>{t('field.cost')}</th>}
              <th className={classes.figure}>
                <span className={classes.unseen}>{t('common.more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {variants.map((one) => (
              <tr key={one.id} data-away={one.archivedAt ? true : undefined}>
                <td>
                  <Link to={`/catalog/variants/${one.id}`}>
                    {one.optionValues.filter((value) => value !== 'Default Title').join(' / ') || one.name}
                  </Link>
                  <small>{one.sku}</small>
                </td>
                <td data-label={t('field.barcode')}>{one.barcodes.map(({ code }) => code).join(', ')}</td>
                <td className={classes.figure} data-label={t('field.price')}>
                  <Price of={one.price} per={one.priceUnit as PriceUnit} unit={unit} plain />
                </td>
                {seesCost && (
                  <td className={classes.figure} data-label={t('field.cost')}>
                    <Price of={one.cost} per={one.priceUnit as PriceUnit} unit={unit} plain />
                  </td>
                )}
                <td className={classes.figure}>
                  <Can do="inventory.stock.read">
                    <LinkButton to={`/inventory/stock/${one.id}`} variant="subtle" size="compact-sm">
                      {t('page.stock')}
                    </LinkButton>
                  </Can>
                  <Can do="catalog.product.edit">
                    <LinkButton to={`/catalog/variants/${one.id}/edit`} variant="subtle" size="compact-sm">
                      {t('common.edit')}
                    </LinkButton>
                  </Can>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  )
}
