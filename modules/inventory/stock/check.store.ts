import { sql } from 'kysely'
import { booksHold } from '#modules/ledger/index.ts'

/** The stock account holds what the goods of the company are worth, and that of transit what those on the way are. */
export const stockHeld = booksHold(async (db) => {
  const { rows } = await sql<{ kept: bigint }>`
    select coalesce(sum(value), 0)::bigint as kept from inventory_balance where owner is null`.execute(db)
  const { rows: way } = await sql<{ kept: bigint }>`
    select coalesce(sum(case when t.kind = 'transit' then m.cost::bigint else -m.cost::bigint end), 0)::bigint as kept
    from inventory_move m join inventory_location t on t.id = m.to_location join inventory_location f on f.id = m.from_location
    where 'transit' in (t.kind, f.kind)`.execute(db)
  return [
    { part: 'stock', kept: rows[0]!.kept },
    { part: 'inTransit', kept: way[0]!.kept },
  ]
})
