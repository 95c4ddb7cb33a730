import { sql } from 'kysely'
import { reachOf } from '#kit/access.ts'
import { decimalText } from '#kit/money.ts'
import { QTY_DECIMALS } from '#kit/quantity.ts'
import { exportBeside } from '#kit/server/list/export.ts'
import type { Column } from '#kit/server/table/write.ts'
import { product } from './product.ts'

const OPTIONS = [1, 2, 3] as const

/** What is sold of a product stands on a line for each variant, under headings that an import of products knows again. */
export const productBeside = exportBeside(product, {
  async columns({ actor }, { t, decimals }) {
    const text = (name: string): Column => ({ name, type: 'text' })
    const price = (key: string): Column => ({ name: t(key), type: 'money', decimals })
    return [
      ...OPTIONS.flatMap((n) => [text(t.of('field', `option${n}Name`)), text(t.of('field', `option${n}Value`))]),
      text(t('field.sku')),
      text(t('field.barcode')),
      price('field.price'),
      price('field.comparePrice'),
      ...(reachOf(actor, 'catalog.cost.read') ? [price('field.cost')] : []),
      { name: t.of('field', 'catalog.product.weight'), type: 'number' },
    ]
  },
  async rows({ db, actor }, ids, columns) {
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const decimals = columns.find(({ type }) => type === 'money')?.decimals ?? 2
    const amount = (value: bigint | null) => (value === null ? '' : decimalText(value, decimals, decimals))
    const variants = await db
      .selectFrom('catalogVariant as v')
      .innerJoin('catalogProduct as p', 'p.id', 'v.product')
      .select(['v.product', 'v.sku', 'v.optionValues', 'v.price', 'v.comparePrice', 'v.cost', 'v.weight', 'p.optionNames'])
      .select(
        sql<string | null>`(select string_agg(b.code, ', ' order by b.code) from catalog_barcode b where b.variant = v.id)`.as(
          'codes',
        ),
      )
      .where('v.product', 'in', [...ids])
      .where('v.archivedAt', 'is', null)
      .orderBy('v.position')
      .orderBy('v.id')
      .execute()
    const lines = Map.groupBy(variants, (one) => one.product)
    return new Map(
      [...lines].map(([id, own]) => [
        id,
        own.map((one) => [
          ...OPTIONS.flatMap((n) => [one.optionNames[n - 1] ?? '', one.optionValues[n - 1] ?? '']),
          one.sku,
          one.codes ?? '',
          amount(one.price),
          amount(one.comparePrice),
          ...(seesCost ? [amount(one.cost)] : []),
          one.weight === null ? '' : decimalText(one.weight, QTY_DECIMALS),
        ]),
      ]),
    )
  },
})
