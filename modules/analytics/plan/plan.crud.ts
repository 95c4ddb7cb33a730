import { z } from 'zod'
import type { Actor } from '#kit/access.ts'
import { command, query } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { inTurn } from '#kit/server/door/in-turn.ts'
import { people } from '#kit/server/door/people.ts'
import { step } from '#kit/server/door/step.ts'
import { crud, crudRoutes, lockRow } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { actorsById, seldom } from '#modules/access/index.ts'
import { mayCarry } from '../report/report.store.ts'
import { reportNames } from '../report/report.ts'
import { PLAN, PlanProblem, reportPlan } from './plan.ts'
import { mailPlan, nextOf, readersAmong, type Plan } from './plan.store.ts'

/** Each goes to fifty people at most. */
const SENT_HOURLY = 12
/** More than anybody reads. */
const MOST = 200

type Wanted = Pick<Plan, 'report' | 'place' | 'frequency' | 'weekday' | 'hour'> & { receivers: readonly string[] }

async function judge(tx: Tx, plan: Wanted): Promise<void> {
  if (plan.frequency === 'weekly' && !plan.weekday) throw PlanProblem.noWeekday()
  const receivers = [...new Set(plan.receivers)]
  if (receivers.length === 0 || receivers.some((id) => !z.uuid().safeParse(id).success)) throw PlanProblem.unknown()
  const actors: Actor[] = await actorsById(tx.ctx.database, receivers, tx.db)
  if (actors.length < receivers.length) throw PlanProblem.unknown()
  // Whoever makes it sends nothing that they may not carry away themselves.
  const may = new Set(readersAmong([tx.actor, ...actors], plan))
  const names = [tx.actor, ...actors].filter((one) => !may.has(one)).map((one) => one.name)
  if (names.length > 0) throw PlanProblem.notReaders({ names: [...new Set(names)].join(', ') })
}

const times = ({ frequency, weekday, hour }: Pick<Wanted, 'frequency' | 'weekday' | 'hour'>) => ({ frequency, weekday, hour })

const verbs = crud(reportPlan, {
  async beforeCreate(tx, input) {
    const plan = { ...input, ...tidied(input) } as unknown as Wanted
    await inTurn(tx, 'analytics.reportPlan')
    const open = await tx.db.selectFrom('analyticsReportPlan').select('id').where('state', '<>', 'ended').limit(MOST).execute()
    if (open.length >= MOST) throw PlanProblem.tooMany({ most: MOST })
    await judge(tx, plan)
    return { ...tidied(input), createdBy: tx.actor.id, createdAt: tx.now, nextAt: await nextOf(tx, times(plan)) }
  },
  async beforeChange(tx, row, changes) {
    const plan = { ...row, ...changes, ...tidied({ ...row, ...changes }) } as unknown as Wanted
    await judge(tx, plan)
    return { ...tidied({ ...row, ...changes }), nextAt: await nextOf(tx, times(plan)) }
  },
})

/** A day of the week is kept only where it counts. */
const tidied = ({ frequency, weekday }: { frequency?: string | undefined; weekday?: string | null | undefined }) => ({
  weekday: frequency === 'weekly' ? (weekday ?? null) : null,
})

const idOnly = z.object({ id: z.uuid() })
const turning = (verb: 'pause' | 'resume' | 'end') =>
  command({
    name: `analytics.reportPlan.${verb}`,
    can: PLAN,
    takes: [`analytics.reportPlan:${verb}`],
    input: idOnly,
    async run(tx, { id }) {
      const row = (await lockRow(tx, reportPlan, id)) as unknown as Plan & { id: string }
      if (verb === 'resume' && row.createdBy !== tx.actor.id) await judge(tx, row)
      // Times that passed while it rested are not made up for; whoever goes on with it answers for it.
      const values = verb === 'resume' ? { nextAt: await nextOf(tx, times(row)), createdBy: tx.actor.id } : {}
      const { version } = await step(tx, reportPlan, row, verb, values)
      return { id, version }
    },
  })

/** Sends it beside its times, to those who get it. */
export const sendPlan = command({
  name: 'analytics.reportPlan.send',
  can: PLAN,
  input: idOnly,
  before: (ctx) => seldom(ctx, 'reportPlan', SENT_HOURLY),
  async run(tx, { id }, isSeldom) {
    if (!isSeldom) throw PlanProblem.tooOften({ most: SENT_HOURLY })
    const row = (await lockRow(tx, reportPlan, id)) as unknown as Plan
    const actors = await actorsById(tx.ctx.database, row.receivers, tx.db)
    if (readersAmong(actors, row).length === 0) throw PlanProblem.nobody()
    tx.about(reportPlan.table, id, row.place)
    await mailPlan(tx, row, actors, tx.now)
    return { id }
  },
})

/** Who may get a report by mail: people who may see and export one, whichever. */
export const reportReaders = query({
  name: 'analytics.reportReaders',
  can: PLAN,
  input: z.object({}),
  async run({ ctx }) {
    const actors = await people().named(ctx.database, '', 500)
    const readers = actors.filter((actor) => reportNames.some((name) => mayCarry(actor, name, undefined)))
    return { rows: readers.map(({ id, name }) => ({ id: id!, name })) }
  },
})

export const planRoutes = routes({
  ...crudRoutes(reportPlan, verbs),
  'POST /report-plans/:id/pause': turning('pause'),
  'POST /report-plans/:id/resume': turning('resume'),
  'POST /report-plans/:id/end': turning('end'),
  'POST /report-plans/:id/send': sendPlan,
  'GET /report-readers': reportReaders,
})
