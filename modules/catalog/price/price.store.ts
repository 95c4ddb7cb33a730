import { sql } from 'kysely'
import { minor, rate, type Minor, type Rate } from '#kit/money.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Read } from '#kit/server/data/read.ts'
import { isDivisible, toldUnit } from '../unit/unit.rules.ts'
import type { AskedPrice, CarriedList, CarriedPrice } from './price.rules.ts'

export interface PricedVariant {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly kind: 'stocked' | 'service'
  readonly price: Minor
  readonly cost: Minor | null
  /** For how many units price and cost are. */
  readonly priceUnit: PriceUnit
  /** The code of its unit, where quantities and prices tell it. */
  readonly unit: string | null
  readonly taxCode: string
  readonly taxRate: Rate
  /** How many decimals a quantity of it may have, where it is not sold in any part of its unit. */
  readonly decimals: number
  readonly isDivisible: boolean
  /** Its price is given at the till, and this one is the usual. */
  readonly asked: AskedPrice | null
}

// Each article is looked up by itself (lateral, limit 1): the plan is the right one also while the tables are new and nothing
// is known about their size. Where a price depends on the quantity, it is that of all lines of the article, as `price.rules.ts`
// says; `price.rules.test.ts` holds the two against each other.
/** Between which prices one is given at the till; nothing where none is. */
export const askedOf = (product: string) =>
  `case when ${product}.asks_price then jsonb_build_object('least', ${product}.least_price::text, 'most', ${product}.most_price::text) end`

const priced = ({ place, day, group }: { place: string; day: string; group: string }) => `
  select v.id, v.name, v.sku, p.kind, coalesce(best.price, v.price)::text as price, v.cost::text as cost, v.price_unit as "priceUnit", u.code as unit, u.name as "unitName",
         coalesce(c.code, 'none') as "taxCode", coalesce(r.rate, 0)::text as "taxRate", coalesce(u.decimals, 0) as decimals, p.asked
  from (select variant, sum(quantity)::bigint as quantity from unnest($1::uuid[], $2::bigint[]) as w(variant, quantity) group by 1) w
  cross join lateral (select * from catalog_variant where id = w.variant and archived_at is null limit 1) v
  cross join lateral (select kind, tax_class, unit, ${askedOf('catalog_product')} as asked from catalog_product where id = v.product and archived_at is null limit 1) p
  left join lateral (select code from catalog_tax_class where id = p.tax_class limit 1) c on true
  left join lateral (select code, name, decimals from catalog_unit where id = p.unit limit 1) u on true
  left join lateral (select rate from catalog_tax_rate where tax_class = p.tax_class and valid_from <= ${day}
    order by valid_from desc limit 1) r on true
  left join lateral (
    select x.price from catalog_price x join catalog_price_list l on l.id = x.price_list
    where x.variant = v.id and x.min_quantity <= w.quantity and l.archived_at is null
      and (l.place is null or l.place = ${place}) and (l.customer_group is null or l.customer_group = ${group})
      and (l.valid_from is null or l.valid_from <= ${day}) and (l.valid_to is null or l.valid_to >= ${day})
    order by l.priority desc, x.min_quantity desc, x.price limit 1) best on true`

type PricedText = { readonly unitName: string | null } & {
  [Key in keyof Omit<PricedVariant, 'isDivisible'>]: PricedVariant[Key] extends bigint | null
    ? string | Extract<PricedVariant[Key], null>
    : PricedVariant[Key]
}

/**
 * What some variants cost a customer at a place on a day, with their tax: a part of what is read together, whose place, day
 * and group are SQL expressions over the parts before it. Archived variants are missing from the answer.
 */
export const pricesRead = (
  wanted: readonly { variant: string; quantity: bigint }[],
  at: { place: string; day: string; group: string },
): Read<PricedText> => ({
  name: 'priced',
  text: priced(at),
  values: [wanted.map((one) => one.variant), wanted.map((one) => one.quantity)],
})

/** What `pricesRead` has read. Prices are for `priceUnit` units, in minor units. */
export const pricesIn = (rows: readonly PricedText[]): Map<string, PricedVariant> =>
  new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        unit: toldUnit(row),
        isDivisible: isDivisible(row),
        price: minor(row.price),
        cost: row.cost === null ? null : minor(row.cost),
        taxRate: rate(row.taxRate),
      },
    ]),
  )

/** The lists that can hold at a place on a day, for whatever customer and quantity; with their ids, in the same order. */
export async function carriedLists(
  db: Db,
  { place, day }: { place: string; day: string },
): Promise<{ lists: CarriedList[]; ids: string[] }> {
  const { rows } = await sql<CarriedList & { id: string }>`
    select id, priority, place, customer_group, valid_from::text, valid_to::text from catalog_price_list
    where archived_at is null and (place is null or place = ${place})
      and (valid_from is null or valid_from <= ${day}) and (valid_to is null or valid_to >= ${day}) order by id`.execute(db)
  return { lists: rows.map(({ id: _, ...list }) => list), ids: rows.map(({ id }) => id) }
}

/** Every price of these lists, by variant. */
export async function carriedPrices(
  db: Db,
  lists: readonly string[],
  variants: readonly string[],
): Promise<Map<string, CarriedPrice[]>> {
  const prices = new Map<string, CarriedPrice[]>()
  if (lists.length === 0) return prices
  const { rows } = await sql<{ variant: string; list: string; minQuantity: string; price: string }>`
    select variant, price_list as list, min_quantity::bigint::text as min_quantity, price::text from catalog_price
    where price_list = any(${lists}::uuid[]) and variant = any(${variants}::uuid[])`.execute(db)
  for (const row of rows) {
    const of = prices.get(row.variant)
    const carried: CarriedPrice = [lists.indexOf(row.list), row.minQuantity, row.price]
    if (of) of.push(carried)
    else prices.set(row.variant, [carried])
  }
  return prices
}

/** What an article is called, also after it was put aside: a refusal names it. */
export async function nameOfVariant(db: Db, id: string): Promise<string> {
  const row = await db.selectFrom('catalogVariant').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? '?'
}
