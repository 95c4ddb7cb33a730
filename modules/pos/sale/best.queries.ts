import { sql } from 'kysely'
import { z } from 'zod'
import { may } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import { businessDayAt } from '#modules/places/index.ts'

const DAYS = 30
// Of a shop that sells more, the newest tell as much, and are read as quickly.
const MOST_SALES = 5000
const MOST = 48

/**
 * What stands on the most receipts of the till's store of the last thirty days, that first. A till asks once, when it is opened: under
 * the fingers of whoever sells nothing moves.
 */
export const bestSellers = query({
  name: 'pos.bestSellers',
  can: 'pos.sale.complete',
  input: z.object({ id: z.uuid() }),
  async run({ db, actor, now }, { id }) {
    const till = await db.selectFrom('posTill').select('place').where('id', '=', id).executeTakeFirst()
    if (!till || !may(actor, 'pos.sale.complete', till.place)) throw CommonProblem.notFound()
    const day = await businessDayAt(db, till.place, now)
    const { rows } = await sql<{ variant: string }>`
      select l.variant from (
        select id, business_day from pos_sale where state = 'completed' and place = ${till.place} and business_day > ${day}::date - ${DAYS}::int
        order by business_day desc limit ${MOST_SALES}) s
      join pos_sale_line l on l.sale = s.id
      join catalog_variant_fact v on v.id = l.variant and not v.is_archived
      group by l.variant order by count(distinct l.sale) desc, max(s.business_day) desc, l.variant limit ${MOST}`.execute(db)
    return { variants: rows.map(({ variant }) => variant) }
  },
})
