import { listBeside } from '#kit/server/list/beside.ts'
import { sql } from 'kysely'
import { product } from './product.ts'

/** What its variants cost, from the least to the most: a list of articles without prices answers no question at the counter. */
export const productPrices = listBeside({
  of: product.name,
  name: 'prices',
  can: product.can.read,
  async read({ db }, ids) {
    const { rows } = await sql<{ product: string; least: bigint; most: bigint; unit: string | null }>`
      select v.product, min(v.price)::bigint as least, max(v.price)::bigint as most, max(u.code) as unit
      from catalog_variant v join catalog_product p on p.id = v.product left join catalog_unit u on u.id = p.unit
      where v.product = any(${[...ids]}::uuid[]) and (v.archived_at is null or p.archived_at is not null) group by v.product`.execute(
      db,
    )
    return new Map(rows.map(({ product: id, ...span }) => [id, span]))
  },
})
