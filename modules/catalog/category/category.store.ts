import { sql, type RawBuilder } from 'kysely'

/** A category and all that lie below it, as a subquery of their ids. */
export const categoriesUnder = (category: string): RawBuilder<unknown> => sql`(
  with recursive under (id) as (
    select ${category}::uuid union select c.id from catalog_category c join under u on c.parent = u.id)
  select id from under)`
