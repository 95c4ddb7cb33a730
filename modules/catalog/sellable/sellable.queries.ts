import { sql } from 'kysely'
import { z } from 'zod'
import { daySchema } from '#kit/entity.ts'
import { measureOf } from '#kit/measure-names.ts'
import type { MeasureName } from '#kit/measure.ts'
import type { Minor, Rate } from '#kit/money.ts'
import { QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import { query } from '#kit/server/door/command.ts'
import type { Db } from '#kit/server/data/db.ts'
import { loadPlace } from '#modules/places/index.ts'
import { businessDay } from '#kit/time.ts'
import { toldUnit } from '../unit/unit.rules.ts'
import { listedPrices, unitPrice, type AskedPrice, type CarriedPrice } from '../price/price.rules.ts'
import { askedOf, carriedLists, carriedPrices } from '../price/price.store.ts'
import { optionsText } from '../product/product.ts'

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
  /** The code of its unit, where quantities and prices tell it. */
  readonly unit: string | null
  /** Which measure its unit is, so that a label with a weight is read in it. */
  readonly measure: MeasureName | null
  /** What so many cost a customer without a group. */
  readonly price: Minor
  /** Its own price, where no list says another. */
  readonly ownPrice: Minor
  /** Listed prices; the rule of `price.rules.ts` chooses. */
  readonly prices: readonly CarriedPrice[]
  /** Its price is asked at the till, between these bounds. */
  readonly asked: AskedPrice | null
  readonly taxCode: string
  readonly taxRate: Rate
  readonly decimals: number
  /** Code and the quantity that it stands for, in millionths. */
  readonly codes: [string, string][]
}

const PORTION = 500

async function sellablesOf(db: Db, ids: readonly string[], day: string) {
  const { rows } = await sql<
    Omit<Sellable, 'price' | 'prices' | 'options' | 'measure'> & { optionValues: string[]; unitName: string | null }
  >`
    select v.id, v.product, v.name, v.sku, p.kind, p.category, p.image, v.price::bigint as own_price, v.option_values, ${sql.raw(askedOf('p'))} as asked,
           v.price_unit, u.code as unit, u.name as unit_name,
           coalesce(c.code, 'none') as tax_code, coalesce(r.rate, 0)::bigint as tax_rate, coalesce(u.decimals, 0) as decimals,
           coalesce(b.codes, '[]') as codes
    from unnest(${ids}::uuid[]) with ordinality as wanted(id, at)
    join catalog_variant v on v.id = wanted.id
    join catalog_product p on p.id = v.product
    left join catalog_unit u on u.id = p.unit
    left join catalog_tax_class c on c.id = p.tax_class
    left join (select distinct on (tax_class) tax_class, rate from catalog_tax_rate where valid_from <= ${day} order by tax_class, valid_from desc) r on r.tax_class = p.tax_class
    left join (select variant, jsonb_agg(jsonb_build_array(code, quantity::text)) as codes from catalog_barcode where variant = any(${ids}::uuid[]) group by variant) b on b.variant = v.id
    order by wanted.at`.execute(db)
  return rows
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
    const carried = await carriedLists(db, { place, day })
    const { rows: all } = await sql<{ id: string }>`
      select v.id from catalog_variant v join catalog_product p on p.id = v.product and p.archived_at is null
      where v.archived_at is null order by v.name, v.id limit 50000`.execute(db)
    const one = { quantity: QTY_ONE, place, day, customerGroup: null }
    const rows: Sellable[] = []
    // What is made of all of them at one go would hold whoever sells meanwhile.
    for (let at = 0; at < all.length; at += PORTION) {
      const ids = all.slice(at, at + PORTION).map(({ id }) => id)
      const [found, listed] = await Promise.all([sellablesOf(db, ids, day), carriedPrices(db, carried.ids, ids)])
      for (const { optionValues, unitName, ...row } of found) {
        const prices = listed.get(row.id) ?? []
        const price = unitPrice(row.ownPrice, listedPrices(carried.lists, prices), one) as Minor
        const measure = measureOf(row.unit ?? '', unitName ?? '') ?? null
        rows.push({ ...row, unit: toldUnit(row), options: optionsText(optionValues), measure, price, prices })
      }
    }
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
