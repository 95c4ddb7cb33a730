import { sql } from 'kysely'
import { z } from 'zod'
import { scheduledFailed } from '../../notice.ts'
import { command } from '../door/command.ts'
import { people } from '../door/people.ts'
import { whenScheduledFailed } from '../door/scheduled.ts'
import { tell } from './notice.ts'

/** Who sees what is done by the clock, and does it again. */
const SCHEDULE = 'access.schedule.run'

const tellOfFailure = command({
  name: 'kit.tellOfFailure',
  internal: true,
  untrailed: true,
  can: 'signedIn',
  input: z.object({ name: z.string() }),
  async run(tx, { name }) {
    const actors = await people().holders(tx.ctx.database, SCHEDULE, tx.db)
    const told = actors.flatMap((one) => (one.id ? [one.id] : []))
    const waiting = await tx.db
      .selectFrom('notice')
      .select('userId')
      .where('kind', '=', scheduledFailed.name)
      .where('readAt', 'is', null)
      .where(sql<boolean>`facts->>'work' = ${name}`)
      .execute()
    const known = new Set(waiting.map((one) => one.userId))
    const left = told.filter((one) => !known.has(one))
    await tell(tx, scheduledFailed, left, { facts: { work: name } })
    return {}
  },
})

/** Those who look after the program hear of work that failed, once until they have read it. */
export const failuresTold = whenScheduledFailed((ctx, name) => tellOfFailure(ctx, { name }))
