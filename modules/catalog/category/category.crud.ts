import { sql } from 'kysely'
import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { tellsTills } from '../product/product.store.ts'
import { category, CategoryProblem } from './category.ts'

export const categoryVerbs = crud(category, {
  ...tellsTills,
  beforeCreate(_, { id, parent }) {
    if (parent === id) throw CategoryProblem.circle()
  },
  async beforeChange(tx, row, { parent }) {
    if (!parent) return
    const { rows } = await sql`with recursive up as (
        select id, parent from catalog_category where id = ${parent}
        union select c.id, c.parent from catalog_category c join up on c.id = up.parent)
      select 1 from up where id = ${row.id}`.execute(tx.db)
    if (rows.length > 0) throw CategoryProblem.circle()
  },
})
export const categoryRoutes = routes(crudRoutes(category, categoryVerbs))
