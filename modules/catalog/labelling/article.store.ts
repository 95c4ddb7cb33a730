import { sql } from 'kysely'
import { CommonProblem } from '#kit/problem.ts'
import type { Minor, Rate } from '#kit/money.ts'
import { QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { listedPrices, unitPrice } from '../price/price.rules.ts'
import { carriedLists, carriedPrices } from '../price/price.store.ts'
import { toldUnit } from '../unit/unit.rules.ts'
import { LabelProblem } from './labels.ts'

/** An article as a label tells it. */
export interface LabelledArticle {
  readonly id: string
  readonly name: string
  readonly sku: string
  /** What the tills of the place ask for one of it today, of a customer without a group. */
  readonly price: Minor
  /** What it cost before, where that was more. */
  readonly oldPrice: Minor | null
  readonly priceUnit: PriceUnit
  /** The code of its unit, where it is weighed or measured. */
  readonly unit: string | null
  readonly taxRate: Rate
  /** A code that stands for one of it. */
  readonly code: string | null
}

interface ArticleRow extends Omit<LabelledArticle, 'price' | 'oldPrice'> {
  readonly ownPrice: Minor
  readonly comparePrice: Minor | null
  readonly decimals: number
  readonly isAway: boolean
}

/** What labels of these articles say at a place, in the order asked for. @throws when one of them is not sold any more */
export async function articlesAt({ db, now }: Reading, place: string, ids: readonly string[]): Promise<LabelledArticle[]> {
  const day = await businessDayAt(db, place, now)
  const carried = await carriedLists(db, { place, day })
  const [rows, listed] = await Promise.all([articleRows(db, ids, day), carriedPrices(db, carried.ids, ids)])
  if (rows.length < new Set(ids).size) throw CommonProblem.notFound()
  const one = { quantity: QTY_ONE, place, day, customerGroup: null }
  return rows.map(({ ownPrice, comparePrice, decimals, isAway, ...row }) => {
    if (isAway) throw LabelProblem.gone({ name: row.name })
    const price = unitPrice(ownPrice, listedPrices(carried.lists, listed.get(row.id) ?? []), one) as Minor
    return {
      ...row,
      unit: toldUnit({ ...row, decimals }),
      price,
      oldPrice: comparePrice !== null && comparePrice > price ? comparePrice : null,
    }
  })
}

// A trade barcode before one of the shop's own: that is what stands on the goods.
const articleRows = async (db: Reading['db'], ids: readonly string[], day: string): Promise<ArticleRow[]> =>
  (
    await sql<ArticleRow>`
    select v.id, v.name, v.sku, v.price::bigint as own_price, v.compare_price::bigint as compare_price, v.price_unit,
           u.code as unit, coalesce(u.decimals, 0) as decimals, coalesce(r.rate, 0)::bigint as tax_rate, b.code,
           v.archived_at is not null or p.archived_at is not null as is_away
    from (select id, min(at) as at from unnest(${ids}::uuid[]) with ordinality as w(id, at) group by id) wanted
    join catalog_variant v on v.id = wanted.id
    join catalog_product p on p.id = v.product
    left join catalog_unit u on u.id = p.unit
    left join lateral (select rate from catalog_tax_rate where tax_class = p.tax_class and valid_from <= ${day} order by valid_from desc limit 1) r on true
    left join lateral (select code from catalog_barcode where variant = v.id and quantity = 1000000 order by code !~ '^\\d{8,14}$', code limit 1) b on true
    order by wanted.at`.execute(db)
  ).rows

/** The variants of some products that are sold, in the order of the products. */
export async function variantsOf({ db }: Reading, products: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select v.id from unnest(${products}::uuid[]) with ordinality as w(id, at)
    join catalog_product p on p.id = w.id and p.archived_at is null
    join catalog_variant v on v.product = p.id and v.archived_at is null order by w.at, v.position, v.id`.execute(db)
  return rows.map(({ id }) => id)
}
