import { sql } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'
import type { DrawerCause } from './drawer.ts'

/** What the drawer of an open shift may be opened for: cash that goes in or out, or a reason that somebody gave. */
export async function causeOf(
  db: Db,
  document: string,
): Promise<{ shift: string; place: string; cause: DrawerCause } | undefined> {
  const { rows } = await sql<{ shift: string; place: string; cause: DrawerCause }>`
    select s.id as shift, s.place, c.cause from (
      select t.shift, 'sale' as cause from pos_tender t where t.sale = ${document} and t.kind = 'cash' and t.amount > 0 and not t.is_void
      union select n.shift, 'return' from return_fact n join return_refund_fact r on r.return = n.id
        where (n.id = ${document} or n.exchange = ${document}) and r.kind = 'cash'
      union select shift, 'cash' from pos_cash_move where id = ${document}
      union select shift, 'noSale' from pos_no_sale where id = ${document}
    ) c join pos_shift s on s.id = c.shift and s.state = 'open' order by c.cause desc limit 1`.execute(db)
  return rows[0]
}
