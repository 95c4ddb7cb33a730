import { sql } from 'kysely'
import { listBeside } from '#kit/server/list/beside.ts'
import { product } from '#modules/catalog/product/product.ts'

/** What can be sold of each article in the places that the reader sees; nothing of what is no goods. */
export const productStock = listBeside({
  of: product.name,
  name: 'free',
  can: 'inventory.stock.read',
  async read({ db, reach }, ids) {
    if (!reach.all && reach.places.length === 0) return new Map()
    const within = reach.all ? sql`` : sql`and l.place = any(${reach.places}::uuid[])`
    const { rows } = await sql<{ product: string; free: bigint }>`
      select v.product, coalesce(sum(b.on_hand - b.reserved), 0)::bigint as free
      from catalog_variant_fact v
      left join (inventory_balance b join inventory_location l on l.id = b.location and l.kind = 'storage' and l.holds = 'goods' ${within})
        on b.variant = v.id
      where v.product = any(${[...ids]}::uuid[]) and v.kind = 'stocked' group by v.product`.execute(db)
    return new Map(rows.map(({ product: id, free }) => [id, free]))
  },
})
