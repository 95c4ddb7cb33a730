import { sql } from 'kysely'
import { waiting } from '#kit/server/list/waiting.ts'

/** Older books than these are nobody's to close one by one. */
const MONTHS = 120

/** Months that are over, have entries and are not closed: whoever may close them does that next. */
export const periodsWait = waiting({
  name: 'periodsToClose',
  can: 'ledger.period.close',
  // By accounts, because the sums are found by these.
  rows: (_, { today }) => sql`
    select 1 from generate_series(date_trunc('month', ${today}::date) - make_interval(months => ${MONTHS}::int),
      date_trunc('month', ${today}::date) - interval '1 month', interval '1 month') as m(first_day)
    where m.first_day > coalesce((select max(p.first_day) from ledger_period p where p.state = 'closed'), '-infinity')
      and exists (select from ledger_account a where exists (select from ledger_balance b where b.account = a.id
        and b.business_day >= m.first_day::date and b.business_day < (m.first_day + interval '1 month')::date))`,
  leadsTo: () => ({ path: '/periods', search: {} }),
})
