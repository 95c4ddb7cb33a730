import { sql } from 'kysely'
import { minor, type Minor } from '#kit/money.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import type { Db } from '#kit/server/data/db.ts'

interface Named {
  readonly categories: readonly string[]
  readonly products: readonly string[]
  readonly variants: readonly string[]
}

/**
 * How many articles that are still sold lie in these categories, products and variants, and the highest price of any, its own or of
 * a price list; of all of them where none is named.
 */
export async function sellableIn(
  db: Db,
  { categories, products, variants }: Named,
): Promise<{ count: number; dearest: Minor | null }> {
  const isAll = categories.length + products.length + variants.length === 0
  const { rows } = await sql<{ count: number; dearest: string | null }>`
    with recursive under (id) as (
      select unnest(${[...categories]}::uuid[]) union select c.id from catalog_category c join under u on c.parent = u.id)
    select count(*)::int as count, max(greatest(v.price, listed.price))::text as dearest
    from catalog_variant v join catalog_product p on p.id = v.product
    left join lateral (select max(price) as price from catalog_price where variant = v.id) listed on true
    where v.archived_at is null and p.archived_at is null
      and (${isAll} or v.id = any(${[...variants]}::uuid[]) or p.id = any(${[...products]}::uuid[]) or p.category in (select id from under))`.execute(
    db,
  )
  const { count, dearest } = rows[0]!
  return { count, dearest: dearest === null ? null : minor(dearest) }
}

export interface SellableArticle {
  readonly variant: string
  readonly name: string
  readonly product: string
  /** Its category and those above it. */
  readonly categories: readonly string[]
  /** Its own, without price lists. */
  readonly price: Minor
  readonly priceUnit: PriceUnit
}

/** Where articles stand among products and categories; those that were put away are left out. */
export async function articlesOf(db: Db, variants: readonly string[]): Promise<Map<string, SellableArticle>> {
  const { rows } = await sql<Omit<SellableArticle, 'price'> & { price: string }>`
    select v.id as variant, v.name, v.product, v.price::text as price, v.price_unit, coalesce(up.categories, '{}') as categories
    from catalog_variant v join catalog_product p on p.id = v.product
    left join lateral (
      with recursive up (id, depth) as (
        select p.category, 0 where p.category is not null
        union all select c.parent, up.depth + 1 from up join catalog_category c on c.id = up.id where c.parent is not null and up.depth < 100)
      select array_agg(id order by depth) as categories from up) up on true
    where v.id = any(${[...variants]}::uuid[]) and v.archived_at is null and p.archived_at is null`.execute(db)
  return new Map(rows.map((row) => [row.variant, { ...row, price: minor(row.price) }]))
}
