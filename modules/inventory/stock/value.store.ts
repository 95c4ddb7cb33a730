import { sql } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'

export interface StockValue {
  readonly variant: string
  readonly quantity: bigint
  readonly value: bigint
}

/**
 * What lay on the shelves of some places when a business day had ended, and what it was worth: what lies there now, less what was
 * moved since. Goods of others are not ours to count, those on the way lie nowhere. `null` for the places is the whole company.
 */
export async function stockAsOf(db: Db, day: string, places: readonly string[] | null): Promise<StockValue[]> {
  const here = sql`(select id from inventory_location where kind = 'storage' ${places ? sql`and place = any(${places}::uuid[])` : sql``})`
  const { rows } = await sql<StockValue>`
    select s.variant, sum(s.quantity)::bigint as quantity, sum(s.value)::bigint as value
    from (select b.variant, b.on_hand::bigint as quantity, b.value::bigint as value
        from inventory_balance b where b.location in ${here} and b.owner is null
      union all
      select m.variant, -m.quantity::bigint * d.sign, -m.cost::bigint * d.sign
        from inventory_move m
        cross join lateral (select (m.to_location in ${here})::int - (m.from_location in ${here})::int as sign) d
        where m.business_day > ${day} and m.owner is null and d.sign <> 0) s
    group by s.variant having sum(s.quantity) <> 0 or sum(s.value) <> 0`.execute(db)
  return rows
}
