import { sql } from 'kysely'
import { booksHold } from '#modules/ledger/index.ts'

/** A drawer's account holds what its open shift should hold, and nothing while the till is closed. */
export const drawersHeld = booksHold(async (db) => {
  const { rows } = await sql<{ account: string; kept: bigint }>`
    select t.drawer as account, coalesce(s.float
      + coalesce((select sum(amount) from pos_tender where shift = s.id and kind = 'cash' and not is_void), 0)
      - coalesce((select sum(r.amount) from return_fact n join return_refund_fact r on r.return = n.id where n.shift = s.id and r.kind = 'cash'), 0)
      + coalesce((select sum(case kind when 'in' then amount else -amount end) from pos_cash_move where shift = s.id), 0), 0)::bigint as kept
    from pos_till t left join pos_shift s on s.till = t.id and s.state = 'open'`.execute(db)
  return rows
})
