import { z } from 'zod'
import { EVERYWHERE } from '#kit/access.ts'
import type { Entity } from '#kit/entity.ts'
import { query } from '#kit/server/command.ts'
import { historyOf } from '#kit/server/crud.ts'
import { user } from '../user/user.ts'

/** What was changed about oneself, by whom and why. */
export const showOwnHistory = query({
  name: 'access.showOwnHistory',
  can: 'signedIn',
  input: z.object({}),
  run: (reading) =>
    historyOf({ ...reading, reach: EVERYWHERE }, user as unknown as Entity, reading.actor.id!, ['roles', 'photo', 'codePhone']),
})
