import { z } from 'zod'
import { CommonProblem } from '#kit/problem.ts'
import { command, query } from '#kit/server/door/command.ts'
import { beginNow, describeScheduled, scheduledWork } from '#kit/server/door/scheduled.ts'

/** What is done by the clock: when next, and how it went last. */
export const listScheduled = query({
  name: 'access.listScheduled',
  can: 'access.schedule.run',
  input: z.object({}),
  run: async ({ db }) => ({ rows: await describeScheduled(db) }),
})

/** Does one of them now, beside its times. */
export const runScheduled = command({
  name: 'access.runScheduled',
  can: 'access.schedule.run',
  input: z.strictObject({ name: z.string().max(80) }),
  async run(tx, { name }) {
    const found = scheduledWork().find((one) => one.name === name)
    if (!found) throw CommonProblem.notFound()
    await beginNow(tx, found)
    return { asked: true }
  },
})
