import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'

/** Which sales are meant: by their business day, and by their place. */
export interface Days {
  readonly from: string
  readonly to: string
  /** `null` is the whole company. */
  readonly places: readonly string[] | null
}

const within = (of: 'd' | 's', { from, to, places }: Days) =>
  sql`${sql.ref(`${of}.business_day`)} between ${from} and ${to} ${
    places ? sql`and ${sql.ref(`${of}.place`)} = any(${places}::uuid[])` : sql``
  }`
/** Days that are not summed yet, in the same statement and so at the same moment. */
const isLate = sql`s.business_day > coalesce((select last_day from analytics_summed), '-infinity')`

/** Sales as they are summed of a day: by place, cashier, and hour on the clock of the place. A sale sums up its own lines already. */
const sales = (which: RawBuilder<unknown>) => sql`
  select s.business_day, s.place, s.cashier, extract(hour from s.completed_at at time zone p.time_zone)::int as hour,
    (count(*) filter (where not s.is_return))::bigint as sales, sum(s.net)::bigint as net, sum(s.tax)::bigint as tax, sum(s.total)::bigint as total,
    sum(s.discount)::bigint as discount, sum(s.cost)::bigint as cost
  from pos_sale_fact s join place_fact p on p.id = s.place where ${which} group by 1, 2, 3, 4`
const lines = (which: RawBuilder<unknown>) => sql`
  select s.business_day, s.place, l.variant, l.tax_code, l.tax_rate::bigint as tax_rate, sum(l.quantity)::bigint as quantity,
    sum(l.net)::bigint as net, sum(l.tax)::bigint as tax, sum(l.discount)::bigint as discount, sum(l.cost)::bigint as cost
  from pos_sale_fact s join pos_sale_line_fact l on l.sale = s.id where ${which} group by 1, 2, 3, 4, 5`
const methods = (which: RawBuilder<unknown>) => sql`
  select s.business_day, s.place, t.method, (count(*) filter (where not s.is_return))::bigint as payments, sum(t.amount)::bigint as amount
  from pos_sale_fact s join pos_tender_fact t on t.sale = s.id where ${which} group by 1, 2, 3`

const parts = {
  sale: { table: 'analytics_day_sale', of: sales },
  line: { table: 'analytics_day_line', of: lines },
  method: { table: 'analytics_day_method', of: methods },
} as const

/**
 * What was sold on some days, by day and by what the part tells apart: as it was summed where a day is over, from the sales where it
 * is not. An expression in parentheses, to select from.
 */
export const sold = (part: keyof typeof parts, days: Days): RawBuilder<unknown> => {
  const { table, of } = parts[part]
  return sql`(select d.* from ${sql.table(table)} d where ${within('d', days)}
    union all ${of(sql`${within('s', days)} and ${isLate}`)})`
}

/** How many days are summed in one transaction. */
const AT_ONCE = 31

/**
 * Sums the days that are over, up to and with `last`, some at a time; each once, however many programs try.
 * @returns the last day that is summed now
 */
export async function sumDays(db: Db, last: string): Promise<string | null> {
  for (;;) {
    const done = await db.transaction().execute(async (tx) => {
      // The first time there is no row to hold, and two that come at once would both find none.
      await sql`select pg_advisory_xact_lock(hashtext('duka.analytics.days'))`.execute(tx)
      const { rows } = await sql<{ from: string; to: string; until: string | null }>`
        select (s.day + 1)::text as from, least(s.day + ${AT_ONCE}::int, ${last}::date)::text as to, s.until::text as until
        from (select coalesce((select last_day from analytics_summed), (select min(business_day) - 1 from pos_sale_fact)) as day,
          (select last_day from analytics_summed) as until) s where s.day is not null`.execute(tx)
      const [next] = rows
      if (!next || next.from > last) return { isAll: true, until: next?.until ?? null }
      const which = sql`s.business_day between ${next.from} and ${next.to}`
      for (const { table, of } of Object.values(parts)) await sql`insert into ${sql.table(table)} ${of(which)}`.execute(tx)
      await sql`insert into analytics_summed (last_day) values (${next.to})
        on conflict (is_only) do update set last_day = excluded.last_day`.execute(tx)
      return { isAll: false, until: next.to }
    })
    if (done.isAll) return done.until
  }
}
