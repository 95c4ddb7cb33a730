import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { idOf, sessionsOf } from '../session/session.store.ts'

/** Where somebody is signed in: their own sessions, with the one that asks marked. */
export const listOwnSessions = query({
  name: 'access.listOwnSessions',
  can: 'signedIn',
  input: z.object({}),
  run: async ({ db, actor, ctx, now }) => ({
    rows: (await sessionsOf(db, actor.id!, now)).map(({ tokenHash, ...one }) => ({
      id: idOf(tokenHash),
      ...one,
      isThis: tokenHash === ctx.session,
    })),
  }),
})
