import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import type { Minor, Rate } from '#kit/money.ts'
import { query } from '#kit/server/command.ts'
import { getRow } from '#kit/server/crud.ts'
import { loadPlace } from '#modules/places/index.ts'
import { businessDay } from '#kit/time.ts'
import { product } from './product.ts'

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
      .select(['v.id', 'v.name', 'v.sku', 'v.optionValues', 'v.price', 'v.comparePrice', 'v.weight', 'v.version', 'v.archivedAt'])
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
    return { ...found, variants }
  },
})

export interface Sellable {
  readonly id: string
  readonly product: string
  readonly name: string
  readonly sku: string
  readonly kind: 'stocked' | 'service'
  readonly category: string | null
  readonly image: string | null
  readonly price: Minor
  readonly taxCode: string
  readonly taxRate: Rate
  readonly decimals: number
  /** Code and the quantity that it stands for, in millionths. */
  readonly codes: [string, string][]
}

/**
 * Everything that a till of this place can sell, in one answer that it keeps and searches by itself: 10,000 products are
 * about 250 kB compressed. Prices are those of today for a customer without a group.
 */
export const listSellables = query({
  name: 'catalog.listSellables',
  can: 'catalog.product.read',
  input: z.object({ place: z.uuid() }),
  place: (input) => input.place,
  async run({ db, now }, { place }) {
    const day = businessDay(now, await loadPlace(db, place))
    const { rows } = await sql<Sellable>`
      select v.id, v.product, v.name, v.sku, p.kind, p.category, p.image, coalesce(best.price, v.price)::bigint as price,
             coalesce(c.code, 'none') as tax_code, coalesce(r.rate, 0)::bigint as tax_rate, coalesce(u.decimals, 0) as decimals,
             coalesce(b.codes, '[]') as codes
      from catalog_variant v
      join catalog_product p on p.id = v.product and p.archived_at is null
      left join catalog_unit u on u.id = p.unit
      left join catalog_tax_class c on c.id = p.tax_class
      left join (select distinct on (tax_class) tax_class, rate from catalog_tax_rate where valid_from <= ${day} order by tax_class, valid_from desc) r on r.tax_class = p.tax_class
      left join (select variant, jsonb_agg(jsonb_build_array(code, quantity::text)) as codes from catalog_barcode group by variant) b on b.variant = v.id
      left join (
        select distinct on (x.variant) x.variant, x.price from catalog_price x join catalog_price_list l on l.id = x.price_list
        where x.min_quantity <= 1000000 and l.archived_at is null and (l.place is null or l.place = ${place}) and l.customer_group is null
          and (l.valid_from is null or l.valid_from <= ${day}) and (l.valid_to is null or l.valid_to >= ${day})
        order by x.variant, l.priority desc, x.min_quantity desc, x.price) best on best.variant = v.id
      where v.archived_at is null order by v.name, v.id limit 50000`.execute(db)
    const categories = await db
      .selectFrom('catalogCategory')
      .select(['id', 'name', 'parent'])
      .where('archivedAt', 'is', null)
      .orderBy('position')
      .orderBy('name')
      .execute()
    return { rows, categories }
  },
})
