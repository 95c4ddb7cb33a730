import { sql } from 'kysely'
import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { tellsTills } from '../changed/changed.store.ts'
import type { EntityImportHooks } from '#kit/server/import/entity.ts'
import type { FileRow, Group } from '#kit/server/import/importable.ts'
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
  aliases: {
    name: [
      'Category',
      'Category Name',
      'Title',
      'Item Group Name',
      'Item Group',
      'التصنيف',
      'اسم التصنيف',
      'القسم',
      'الاسم',
      'Категория',
      'Название',
      'Наименование',
      'Группа',
      'Jamii',
      'Jina',
    ],
    parent: [
      'Parent Category',
      'Parent Category Name',
      'Parent Name',
      'Parent Item Group',
      'Belongs to',
      'التصنيف الأب',
      'التصنيف الرئيسي',
      'القسم الرئيسي',
      'Родительская категория',
      'Родитель',
      'Jamii kuu',
    ],
  },
  more: [
    { name: 'number', aliases: ['ID', 'Category ID', 'Term ID', 'External ID'] },
    { name: 'parentNumber', aliases: ['Parent ID', 'Parent Category ID', 'ID Parent'] },
  ],
  gather: withParents,
  keyOf: ({ name, parent }) => JSON.stringify([name, parent ?? null]),
  async find(tx, { name, parent }) {
    const all = await tx.db.selectFrom('catalogCategory').select(['id', 'parent']).where('name', '=', String(name)).execute()
    if (parent !== undefined) return all.find((one) => one.parent === parent)
    if (all.length > 1) throw CategoryProblem.several({ name: String(name) })
    return all[0]
  },
}
/** A file may name a parent by its number, or as Odoo by the whole way to it: "All / Drinks". */
function withParents(groups: readonly Group[]): readonly Group[] {
  const said = ({ cells }: FileRow, field: string) => cells[field]?.trim() ?? ''
  const rows = groups.flatMap((group) => group.rows)
  const names = new Map(rows.map((row) => [said(row, 'number'), said(row, 'name')]))
  const known = new Set(rows.map((row) => said(row, 'name').toLowerCase()))
  const parentOf = (row: FileRow): string => {
    const [parent, number] = [said(row, 'parent'), said(row, 'parentNumber')]
    const last = parent.split(' / ').at(-1)!.trim()
    if (parent !== '') return known.has(last.toLowerCase()) && !known.has(parent.toLowerCase()) ? last : parent
    // What no row has is refused as a name that nobody knows.
    return number === '' || number === '0' ? '' : names.get(number) || number
  }
  const hasParents = (row: FileRow) => row.cells['parent'] !== undefined || row.cells['parentNumber'] !== undefined
  return groups.map((group) => ({
    ...group,
    rows: group.rows.map((row) => (hasParents(row) ? { ...row, cells: { ...row.cells, parent: parentOf(row) } } : row)),
  }))
}
export const categoryRoutes = routes(crudRoutes(category, categoryVerbs))
