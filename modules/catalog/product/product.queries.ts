import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { daySchema } from '#kit/entity.ts'
import type { Minor, Rate } from '#kit/money.ts'
import { QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import { query } from '#kit/server/command.ts'
import { getRow } from '#kit/server/crud.ts'
import { loadPlace } from '#modules/places/index.ts'
import { businessDay } from '#kit/time.ts'
import { listedPrices, unitPrice, type CarriedPrice } from '../price/price.rules.ts'
import { carriedPrices } from '../price/price.store.ts'
import { optionsText, product } from './product.ts'

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

export interface Sellable {
  readonly id: string
  readonly product: string
  readonly name: string
  readonly sku: string
  readonly kind: 'stocked' | 'service'
  readonly category: string | null
  readonly image: string | null
  /** The options that tell it from the others of its product: "Large / Red". */
  readonly options: string
  /** For how many units its prices are. */
  readonly priceUnit: PriceUnit
  /** The code of its unit, where prices are for more than one. */
  readonly unit: string | null
  /** What so many cost a customer without a group. */
  readonly price: Minor
  /** Its own price, where no list says another. */
  readonly ownPrice: Minor
  /** Listed prices; the rule of `price.rules.ts` chooses. */
  readonly prices: readonly CarriedPrice[]
  readonly taxCode: string
  readonly taxRate: Rate
  readonly decimals: number
  /** Code and the quantity that it stands for, in millionths. */
  readonly codes: [string, string][]
}

/**
 * Everything that a till of this place can sell, in one answer that it keeps and searches by itself: 10,000 products are
 * about 250 kB compressed. It carries every price that can hold there on the day, for any customer and quantity, so that the
 * till prices by the same rule as the server. The day is that of the till's shift, which sells by it until it is closed.
 */
export const listSellables = query({
  name: 'catalog.listSellables',
  can: 'catalog.product.read',
  input: z.object({ place: z.uuid(), day: daySchema.optional() }),
  place: (input) => input.place,
  async run({ db, now }, { place, day: wanted }) {
    const day = wanted ?? businessDay(now, await loadPlace(db, place))
    const carried = await carriedPrices(db, { place, day })
    const { rows: found } = await sql<Omit<Sellable, 'price' | 'prices' | 'options'> & { optionValues: string[] }>`
      select v.id, v.product, v.name, v.sku, p.kind, p.category, p.image, v.price::bigint as own_price, v.option_values,
             v.price_unit, case when v.price_unit <> '1' then u.code end as unit,
             coalesce(c.code, 'none') as tax_code, coalesce(r.rate, 0)::bigint as tax_rate, coalesce(u.decimals, 0) as decimals,
             coalesce(b.codes, '[]') as codes
      from catalog_variant v
      join catalog_product p on p.id = v.product and p.archived_at is null
      left join catalog_unit u on u.id = p.unit
      left join catalog_tax_class c on c.id = p.tax_class
      left join (select distinct on (tax_class) tax_class, rate from catalog_tax_rate where valid_from <= ${day} order by tax_class, valid_from desc) r on r.tax_class = p.tax_class
      left join (select variant, jsonb_agg(jsonb_build_array(code, quantity::text)) as codes from catalog_barcode group by variant) b on b.variant = v.id
      where v.archived_at is null order by v.name, v.id limit 50000`.execute(db)
    const one = { quantity: QTY_ONE, place, day, customerGroup: null }
    const rows = found.map(({ optionValues, ...row }): Sellable => {
      const prices = carried.prices.get(row.id) ?? []
      const price = unitPrice(row.ownPrice, listedPrices(carried.lists, prices), one) as Minor
      return { ...row, options: optionsText(optionValues), price, prices }
    })
    const categories = await db
      .selectFrom('catalogCategory')
      .select(['id', 'name', 'parent'])
      .where('archivedAt', 'is', null)
      .orderBy('position')
      .orderBy('name')
      .execute()
    return { rows, categories, lists: carried.lists, day }
  },
})
