import { sql } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'

/** What the drawers of open tills should hold together: floats, cash taken, cash put in and taken out. `null` is every place. */
export async function cashInDrawers(db: Db, places: readonly string[] | null): Promise<bigint> {
  const { rows } = await sql<{ cash: bigint }>`
    select coalesce(sum(s.float
      + coalesce((select sum(amount) from pos_tender where shift = s.id and kind = 'cash' and not is_void), 0)
      - coalesce((select sum(r.amount) from return_fact n join return_refund_fact r on r.return = n.id where n.shift = s.id and r.kind = 'cash'), 0)
      + coalesce((select sum(case kind when 'in' then amount else -amount end) from pos_cash_move where shift = s.id), 0)), 0)::bigint as cash
    from pos_shift s where s.state = 'open' ${places ? sql`and s.place = any(${places}::uuid[])` : sql``}`.execute(db)
  return rows[0]?.cash ?? 0n
}
