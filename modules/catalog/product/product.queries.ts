import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { query } from '#kit/server/door/command.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { product } from './product.ts'
import { findVariants } from './variant.store.ts'

/** A product with its variants and their codes. */
export const showProduct = query({
  name: 'catalog.showProduct',
  can: 'catalog.product.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, product, id)
    const seesCost = reachOf(reading.actor, 'catalog.cost.read') !== undefined
    const variants = await reading.db
      .selectFrom('catalogVariant as v')
      .select([
        'v.id',
        'v.name',
        'v.sku',
        'v.optionValues',
        'v.price',
        'v.comparePrice',
        'v.priceUnit',
        'v.weight',
        'v.version',
        'v.archivedAt',
      ])
      .$if(seesCost, (select) => select.select('v.cost'))
      .select(
        sql<
          { code: string; quantity: string }[]
        >`(select coalesce(jsonb_agg(jsonb_build_object('code', b.code, 'quantity', b.quantity::text) order by b.code), '[]') from catalog_barcode b where b.variant = v.id)`.as(
          'barcodes',
        ),
      )
      .where('v.product', '=', id)
      .orderBy('v.position')
      .orderBy('v.id')
      .execute()
    const unit = found.row.unit
      ? await reading.db.selectFrom('catalogUnit').select('code').where('id', '=', String(found.row.unit)).executeTakeFirst()
      : undefined
    return { ...found, variants, unit: unit?.code ?? null }
  },
})

/** Goods by a scanned code or a part of the name, to be put on a list. */
export const findGoods = query({
  name: 'catalog.findGoods',
  can: 'catalog.product.read',
  input: z.object({ q: z.string().trim().max(80).default('') }),
  async run({ db }, { q }) {
    const found = await findVariants(db, q, { limit: 12 })
    return { rows: found.map(({ id, name, sku, exact }) => ({ id, name, sku, exact })) }
  },
})
