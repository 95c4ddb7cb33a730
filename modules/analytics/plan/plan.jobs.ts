import { Buffer } from 'node:buffer'
import { z } from 'zod'
import { command } from '#kit/server/door/command.ts'
import { contextOf, type Ctx } from '#kit/server/door/context.ts'
import { attachTo, type Attachment } from '#kit/server/door/message.ts'
import { people } from '#kit/server/door/people.ts'
import { scheduled } from '#kit/server/door/scheduled.ts'
import { exportReport } from '../report/report.queries.ts'
import type { Comparison, ReportName } from '../report/report.ts'
import { PLAN } from './plan.ts'
import { planMessage } from './plan-message.ts'
import { mailPlan, nextOf, stopPlan } from './plan.store.ts'

const MOST = 200

/** Sends one plan whose time has come. Whoever comes second finds that it is due at another time. */
const sendDuePlan = command({
  name: 'analytics.sendDuePlan',
  internal: true,
  can: PLAN,
  takes: ['analytics.reportPlan:pause'],
  input: z.object({ id: z.uuid(), dueAt: z.custom<Temporal.Instant>(), receivers: z.array(z.uuid()), maker: z.uuid() }),
  before: ({ database }, { receivers, maker }) => people().actors(database, [...new Set([maker, ...receivers])]),
  async run(tx, { id, dueAt }, actors) {
    const plan = await tx.db
      .selectFrom('analyticsReportPlan')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'active')
      .where('nextAt', '=', dueAt)
      .forUpdate()
      .executeTakeFirst()
    if (!plan) return {}
    tx.about('analytics_report_plan', id, plan.place)
    if (!actors.some((one) => one.id === plan.createdBy)) {
      await stopPlan(tx, plan)
      return {}
    }
    const wanted = new Set(plan.receivers)
    await tx.db
      .updateTable('analyticsReportPlan')
      .set({ nextAt: await nextOf(tx, plan) })
      .where('id', '=', id)
      .execute()
    await mailPlan(
      tx,
      plan,
      actors.filter((one) => wanted.has(one.id!)),
      dueAt,
    )
    return {}
  },
})

/** Each plan is a transaction of its own: one that fails holds up no other, and is tried again at the next turn. */
export async function sendDuePlans(ctx: Ctx): Promise<void> {
  const due = await ctx.database.db
    .selectFrom('analyticsReportPlan')
    .select(['id', 'nextAt', 'receivers', 'createdBy'])
    .where('state', '=', 'active')
    .where('nextAt', '<=', ctx.now)
    .orderBy('nextAt')
    .limit(MOST)
    .execute()
  const failed: unknown[] = []
  for (const { id, nextAt, receivers, createdBy: maker } of due)
    await sendDuePlan(ctx, { id, dueAt: nextAt, receivers, maker }).catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}

export const sendReports = scheduled('analytics.sendReports', { every: { minutes: 5 }, run: sendDuePlans })

/** The report as the one who gets it may see it now, in their language; made when the mail leaves. */
export const planAttached = attachTo(planMessage, async (ctx, id): Promise<readonly Attachment[]> => {
  const mailing = await ctx.database.db
    .selectFrom('analyticsReportMailing as m')
    .innerJoin('analyticsReportPlan as p', 'p.id', 'm.plan')
    .select(['m.receiver', 'm.firstDay', 'm.lastDay', 'p.report', 'p.place', 'p.compare', 'p.attached'])
    .where('m.id', '=', id)
    .executeTakeFirstOrThrow()
  const reader = await contextOf(ctx, mailing.receiver)
  if (!reader) throw new Error('who should get the report may not sign in any more')
  const asked = {
    name: mailing.report as ReportName,
    from: mailing.firstDay,
    to: mailing.lastDay,
    compare: mailing.compare as Comparison,
    ...(mailing.place && { place: mailing.place }),
  }
  const files: Attachment[] = []
  for (const format of mailing.attached === 'both' ? (['pdf', 'xlsx'] as const) : [mailing.attached as 'pdf' | 'xlsx']) {
    const { stream, name, type } = await exportReport(reader, { ...asked, format, for: 'people' })
    files.push({ filename: name, content: Buffer.concat(await stream.toArray()), contentType: type })
  }
  return files
})
