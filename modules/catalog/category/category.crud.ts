import { sql } from 'kysely'
import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { tellsTills } from '../changed/changed.store.ts'
import type { EntityImportHooks } from '#kit/server/import/entity.ts'
import { category, CategoryProblem } from './category.ts'

export const categoryVerbs = crud(category, {
  ...tellsTills,
  beforeCreate(_, { id, parent }) {
    if (parent === id) throw CategoryProblem.circle()
  },
  // Of two that are moved at once, the second sees where the first lies now: neither way round is a circle alone.
  async beforeLock(tx, { parent }) {
    if (parent) await sql`select pg_advisory_xact_lock(hashtext('catalog.tree'))`.execute(tx.db)
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
/** A category of a file is told by its name and its parent, or by a name that only one has. */
export const categoryImport: EntityImportHooks = {
  keyOf: ({ name, parent }) => JSON.stringify([name, parent ?? null]),
  async find(tx, { name, parent }) {
    const all = await tx.db.selectFrom('catalogCategory').select(['id', 'parent']).where('name', '=', String(name)).execute()
    if (parent !== undefined) return all.find((one) => one.parent === parent)
    if (all.length > 1) throw CategoryProblem.several({ name: String(name) })
    return all[0]
  },
}
export const categoryRoutes = routes(crudRoutes(category, categoryVerbs))
