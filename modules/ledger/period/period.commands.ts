import { sql } from 'kysely'
import { z } from 'zod'
import { daySchema } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import { command, query } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { step } from '#kit/server/door/step.ts'
import { balancesIn, placesIn } from '../account/balance.store.ts'
import { periodLife, PeriodProblem, reopening } from './period.ts'
import { businessDay } from '#kit/time.ts'
import { theCompany } from '#modules/places/index.ts'

const input = z.object({
  firstDay: daySchema.refine((day) => day.endsWith('-01'), { error: 'firstOfMonth' }),
  reason: z.string().trim().min(3).max(300).optional(),
})

/** The months that are closed, the latest last. */
const closedMonths = async (tx: Tx): Promise<string[]> =>
  (await tx.db.selectFrom('ledgerPeriod').select('firstDay').where('state', '=', 'closed').orderBy('firstDay').execute()).map(
    (row) => row.firstDay,
  )

async function move(tx: Tx, verb: 'close' | 'reopen', { firstDay, reason }: z.output<typeof input>) {
  // Every posting reads this table (the trigger on entries does) and holds on to it until it ends. So whoever is posting
  // finishes first, and whoever comes later sees the new state: no entry slips in between. The entries themselves can't be
  // locked like this: the program may only add to them.
  await sql`lock table ledger_period in access exclusive mode`.execute(tx.db)
  const closed = await closedMonths(tx)
  const last = closed.at(-1)
  // What stands after it was reckoned with it.
  if (verb === 'reopen' && last && last > firstDay) throw PeriodProblem.laterFirst({ month: last.slice(0, 7) })
  if (verb === 'close' && last && last > firstDay) throw CommonProblem.wrongStep({ state: 'closed' })
  await tx.db
    .insertInto('ledgerPeriod')
    .values({ id: newId(), firstDay })
    .onConflict((conflict) => conflict.column('firstDay').doNothing())
    .execute()
  if (verb === 'reopen') await secondPerson(tx, reopening, { facts: { firstDay, reason } })
  const { to } = periodLife.steps[verb]
  await step(tx, periodLife, firstDay, verb, { changedBy: tx.actor.id, changedAt: tx.now, reason: reason ?? null })
  return { changed: true, state: to }
}

export const closePeriod = command({
  name: 'ledger.closePeriod',
  can: periodLife.steps.close.can,
  takes: ['ledger.period:close'],
  input,
  async run(tx, period) {
    const over = Temporal.PlainDate.from(period.firstDay).add({ months: 1 })
    const { timeZone, cutOffHour } = await theCompany(tx.db)
    if (over.toString() > businessDay(tx.now, { timeZone, cutOffHour })) throw PeriodProblem.future()
    return move(tx, 'close', period)
  },
})

export const reopenPeriod = command({
  name: 'ledger.reopenPeriod',
  can: periodLife.steps.reopen.can,
  takes: ['ledger.period:reopen'],
  input: input.required({ reason: true }),
  run: (tx, period) => move(tx, 'reopen', period),
})

/** The months that have entries or were closed, and their state. */
export const listPeriods = query({
  name: 'ledger.listPeriods',
  can: 'ledger.account.read',
  input: z.object({}),
  async run({ db, reach }) {
    const { rows } = await sql<{
      firstDay: string
      state: string
      changedAt: Temporal.Instant | null
      changedByName: string | null
      reason: string | null
      debit: bigint
    }>`
      select first_day, case when first_day <= (select max(c.first_day) from ledger_period c where c.state = 'closed') then 'closed' else 'open' end as state, p.changed_at, u.name as changed_by_name, p.reason, coalesce(m.debit, 0)::bigint as debit
      from (select date_trunc('month', business_day)::date as first_day, sum(debit)::bigint as debit from ${balancesIn(placesIn(reach, undefined))} b group by 1) m
      full join ledger_period p using (first_day) left join access_user_name u on u.id = p.changed_by
      order by first_day desc limit 120`.execute(db)
    return { rows }
  },
})
