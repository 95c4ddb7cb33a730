import { sql } from 'kysely'
import type { Entity } from '#kit/entity.ts'
import { exportBeside } from '#kit/server/list/export.ts'

/**
 * The SKU of the article that a row is about, in a column of its own: two articles may be called the same, and by their names
 * nobody can tell whose price it is, nor can a file that comes back. A product is told by its first variant.
 */
export const skuBeside = (of: Pick<Entity, 'name' | 'table'>, by: 'variant' | 'product' = 'variant') =>
  exportBeside(of, {
    columns: async (_, { t }) => [{ name: t('field.sku'), type: 'text' }],
    forMachines: [{ name: 'sku', type: 'text' }],
    async rows({ db }, ids) {
      const isMeant = by === 'variant' ? sql`v.id = t.variant` : sql`v.product = t.product`
      const { rows } = await sql<{ id: string; sku: string }>`
        select t.id, v.sku from ${sql.table(of.table)} t
        cross join lateral (select sku from catalog_variant v where ${isMeant} order by v.archived_at nulls first, v.position, v.id limit 1) v
        where t.id = any(${[...ids]}::uuid[])`.execute(db)
      return new Map(rows.map(({ id, sku }) => [id, [[sku]]]))
    },
  })
