import { sql } from 'kysely'
import { z } from 'zod'
import { daySchema } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { mayStep } from '#kit/machine.ts'
import { CommonProblem } from '#kit/problem.ts'
import { secondPerson } from '#kit/server/approval.ts'
import { command, query } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { balancesIn, placesIn } from '../entry/balance.store.ts'
import { periodLife, PeriodProblem, reopening } from './period.ts'

const input = z.object({
  firstDay: daySchema.refine((day) => day.endsWith('-01'), { error: 'firstOfMonth' }),
  reason: z.string().trim().min(3).max(300).optional(),
})

async function step(tx: Tx, verb: 'close' | 'reopen', { firstDay, reason }: z.output<typeof input>) {
  // Every posting reads this table (the trigger on entries does) and holds on to it until it ends. So whoever is posting
  // finishes first, and whoever comes later sees the new state: no entry slips in between. The entries themselves can't be
  // locked like this: the program may only add to them.
  await sql`lock table ledger_period in access exclusive mode`.execute(tx.db)
  const row = await tx.db.selectFrom('ledgerPeriod').selectAll().where('firstDay', '=', firstDay).forUpdate().executeTakeFirst()
  const state = row?.state ?? 'open'
  if (!mayStep(periodLife, verb, state)) throw CommonProblem.wrongStep({ state })
  if (verb === 'reopen') await secondPerson(tx, reopening, { facts: { firstDay, reason } })
  const { to } = periodLife.steps[verb]
  const id = row?.id ?? newId()
  const values = { state: to, changedBy: tx.actor.id, changedAt: tx.now, reason: reason ?? null }
  await tx.db
    .insertInto('ledgerPeriod')
    .values({ id, firstDay, ...values })
    .onConflict((conflict) => conflict.column('firstDay').doUpdateSet({ ...values, version: (row?.version ?? 1) + 1 }))
    .execute()
  tx.about('ledger_period', id)
  tx.changed({ table: 'ledger_period', record: id, before: { state }, after: { state: to } })
  return { changed: true, state: to }
}

export const closePeriod = command({
  name: 'ledger.closePeriod',
  can: periodLife.steps.close.can,
  input,
  async run(tx, period) {
    const over = Temporal.PlainDate.from(period.firstDay).add({ months: 1 })
    if (Temporal.PlainDate.compare(over, tx.now.toZonedDateTimeISO('UTC').toPlainDate()) > 0) throw PeriodProblem.future()
    return step(tx, 'close', period)
  },
})

export const reopenPeriod = command({
  name: 'ledger.reopenPeriod',
  can: periodLife.steps.reopen.can,
  input: input.required({ reason: true }),
  run: (tx, period) => step(tx, 'reopen', period),
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
      select first_day, coalesce(p.state, 'open') as state, p.changed_at, u.name as changed_by_name, p.reason, coalesce(m.debit, 0)::bigint as debit
      from (select date_trunc('month', business_day)::date as first_day, sum(debit)::bigint as debit from ${balancesIn(placesIn(reach, undefined))} b group by 1) m
      full join ledger_period p using (first_day) left join access_user_name u on u.id = p.changed_by
      order by first_day desc limit 120`.execute(db)
    return { rows }
  },
})
