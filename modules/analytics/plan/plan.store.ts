import type { Selectable } from 'kysely'
import type { Tables } from '#db/tables.ts'
import { reachOf, type Actor } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { nextAfter } from '#kit/due.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { people } from '#kit/server/door/people.ts'
import { timeZoneOf } from '#kit/server/door/scheduled.ts'
import { step } from '#kit/server/door/step.ts'
import { tell } from '#kit/server/record/notice.ts'
import { businessDay } from '#kit/time.ts'
import { formatDay } from '#kit/words.ts'
import { theCompany } from '#modules/places/index.ts'
import type { ReportName } from '../report/report.ts'
import { mayCarry } from '../report/report.store.ts'
import { PLAN, planFailed, planMissed, planStopped, reportPlan, type PlanPeriod } from './plan.ts'
import { everyOf, spanOf } from './plan.rules.ts'
import { planMessage } from './plan-message.ts'

export type Plan = Selectable<Tables['analyticsReportPlan']>

export const nextOf = async (tx: Pick<Tx, 'db' | 'now'>, times: Parameters<typeof everyOf>[0]): Promise<Temporal.Instant> =>
  nextAfter(everyOf(times), await timeZoneOf(tx.db), tx.now)

/** Who of some people may see and carry away what a plan sends. */
export const readersAmong = (actors: readonly Actor[], { report, place }: Pick<Plan, 'report' | 'place'>): Actor[] =>
  actors.filter((actor) => mayCarry(actor, report as ReportName, place ?? undefined))

/**
 * Puts one mail to each receiver who may see the report into the outbox, in the caller's transaction; a time that was served already
 * is served to nobody twice. Who lost the right gets nothing, and whoever made the plan is told.
 *
 * @param actors those of the receivers who may sign in, with their rights as they are now
 */
export async function mailPlan(tx: Tx, plan: Plan, actors: readonly Actor[], dueAt: Temporal.Instant): Promise<void> {
  const company = await theCompany(tx.db)
  const span = spanOf(plan.period as PlanPeriod, businessDay(tx.now, company))
  const readers = readersAmong(actors, plan)
  const addresses = await people().addresses(
    tx.db,
    readers.map((one) => one.id!),
  )
  const rows = addresses.map(({ id: receiver }) => ({
    ...{ id: newId(), plan: plan.id, receiver, dueAt, firstDay: span.from, lastDay: span.to, at: tx.now },
  }))
  const made = rows.length
    ? await tx.db
        .insertInto('analyticsReportMailing')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['plan', 'receiver', 'dueAt']).doNothing())
        .returning(['id', 'receiver'])
        .execute()
    : []
  for (const { id, receiver } of made) {
    const { email, locale, name } = addresses.find((one) => one.id === receiver)!
    const day = (value: string) => formatDay(value, { locale, digits: 'latn' })
    await postMessage(tx, planMessage, {
      to: email,
      locale,
      facts: { person: name, name: plan.name, from: day(span.from), to: day(span.to) },
      about: id,
    })
  }
  await noteResult(tx, plan, addresses.length)
}

/** Nothing goes out in the name of somebody who may not sign in any more: those who look after all plans are told that it rests. */
export async function stopPlan(tx: Tx, plan: Plan): Promise<void> {
  await step(tx, reportPlan, plan, 'pause')
  const holders = await people().holders(tx.ctx.database, PLAN, tx.db)
  const told = holders.flatMap((one) => (one.id && reachOf(one, PLAN)?.all ? [one.id] : []))
  await tell(tx, planStopped, told, { table: reportPlan.table, record: plan.id })
}

async function noteResult(tx: Tx, plan: Plan, reached: number): Promise<void> {
  const wanted = plan.receivers.length
  const lastResult = reached === 0 ? 'failed' : reached < wanted ? 'partly' : 'sent'
  await tx.db.updateTable('analyticsReportPlan').set({ lastAt: tx.now, lastResult }).where('id', '=', plan.id).execute()
  if (lastResult === 'sent') return
  await tell(tx, lastResult === 'failed' ? planFailed : planMissed, [plan.createdBy], {
    table: reportPlan.table,
    record: plan.id,
  })
}
