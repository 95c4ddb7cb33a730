import { sql } from 'kysely'
import { z } from 'zod'
import type { Minor } from '#kit/money.ts'
import { query } from '#kit/server/door/command.ts'
import { all, scopeOf } from '#kit/server/door/scope.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { returnDaysOf } from '#modules/catalog/index.ts'
import { givenOf, goneOf, tookOf } from '#modules/returns/index.ts'
import { nothingGone } from '#modules/returns/return/return.rules.ts'
import { seedKeyOf } from '#kit/server/host/words.ts'
import { sale } from '../sale/sale.ts'
import { soldBy } from './back.store.ts'

/**
 * What of a sale can still come back: its lines with what is left of each, its payments with what they can take back. A till works
 * out what is given for it by the rule of the server.
 */
export const showReturnable = query({
  name: 'pos.showReturnable',
  can: 'pos.return.take',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const { row, refs } = await getRow(reading, sale, id)
    const sold = await soldBy(reading.db, id)
    const [gone, { owed, given, byTender }, days, { returnDays }] = await Promise.all([
      goneOf(
        reading.db,
        sold.lines.map((one) => one.id),
      ),
      givenOf(reading.db, id),
      returnDaysOf(
        reading.db,
        sold.lines.map((one) => one.variant),
      ),
      reading.db.selectFrom('placeFact').select('returnDays').where('id', '=', sold.place).executeTakeFirstOrThrow(),
    ])
    const took = tookOf(sold.tenders, byTender)
    return {
      id,
      number: sold.number,
      state: row.state,
      businessDay: sold.businessDay,
      completedAt: row.completedAt,
      customer: sold.customer ? { id: sold.customer, name: refs[sold.customer] ?? '' } : null,
      returnDays,
      owed,
      given,
      lines: sold.lines.map(({ cost: _, ...line }) => {
        const { cost: __, ...before } = gone.get(line.id) ?? nothingGone
        return { ...line, before, days: days.get(line.variant) ?? null }
      }),
      took: sold.tenders.map((one, index) => ({
        ...took[index]!,
        name: one.name,
        seed: seedKeyOf('method', one.name) ?? null,
      })),
    }
  },
})

interface Found {
  readonly id: string
  readonly number: string
  readonly completedAt: Temporal.Instant
  readonly total: Minor
  readonly state: string
  readonly customer: string | null
}
const MOST = 20

/** Receipts by a part of their number, their customer, or the reference of a payment; the newest ones where nothing is asked. */
export const findReceipts = query({
  name: 'pos.findReceipts',
  can: 'pos.return.take',
  input: z.object({ q: z.string().trim().max(80).default('') }),
  async run({ db, actor, reach }, { q }) {
    const mine = all(scopeOf(sale, reach, actor.id, { toWrite: true }))
    const newest = sql`order by t.completed_at desc, t.id desc limit ${MOST}`
    const part = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    const ways =
      q === ''
        ? [sql`select t.id from pos_sale t where ${mine} ${newest}`]
        : [
            sql`select t.id from pos_sale t where ${mine} and fold_text(t.number) like fold_text(${part}) ${newest}`,
            sql`select t.id from pos_sale t where ${mine} and t.customer in (
              select id from party_fact where fold_text(name) like fold_text(${part}) limit 200) ${newest}`,
            sql`select t.id from pos_sale t where ${mine} and t.id in (
              select r.sale from pos_tender r where r.method in (select id from payment_method_name)
                and r.reference_key = nullif(regexp_replace(upper(${q}), '[^[:alnum:]]', '', 'g'), '')) ${newest}`,
          ]
    const found = sql.join(
      ways.map((one) => sql`(${one})`),
      sql` union `,
    )
    const { rows } = await sql<Found>`
      select s.id, s.number, s.completed_at, s.total::bigint as total, s.state, p.name as customer
      from pos_sale s left join party_fact p on p.id = s.customer where s.id in (${found})
      order by s.completed_at desc, s.id desc limit ${MOST}`.execute(db)
    return { rows }
  },
})
