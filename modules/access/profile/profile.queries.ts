import { z } from 'zod'
import { EVERYWHERE } from '#kit/access.ts'
import { query } from '#kit/server/door/command.ts'
import { lifeOf } from '../user/user.queries.ts'

/** What was changed about oneself, by whom and why. */
export const showOwnHistory = query({
  name: 'access.showOwnHistory',
  can: 'signedIn',
  input: z.object({}),
  run: (reading) => lifeOf({ ...reading, reach: EVERYWHERE }, reading.actor.id!),
})
