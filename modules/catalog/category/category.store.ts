import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'

/** A category and all that lie below it, as a subquery of their ids. */
export const categoriesUnder = (category: string): RawBuilder<unknown> => sql`(
  with recursive under (id) as (
    select ${category}::uuid union select c.id from catalog_category c join under u on c.parent = u.id)
  select id from under)`

/** For how many days articles are taken back by what their category, or the nearest one around it, says; the others are left out. */
export async function returnDaysOf(db: Db, variants: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ variant: string; days: number }>`
    with recursive up (variant, category, days, depth) as (
      select v.id, c.id, c.return_days, 0 from catalog_variant v join catalog_product p on p.id = v.product
        join catalog_category c on c.id = p.category where v.id = any(${variants}::uuid[])
      union all
      select u.variant, c.id, c.return_days, u.depth + 1 from up u join catalog_category o on o.id = u.category
        join catalog_category c on c.id = o.parent where u.days is null and u.depth < 100)
    select distinct on (variant) variant, days from up where days is not null order by variant, depth`.execute(db)
  return new Map(rows.map((row) => [row.variant, row.days]))
}
