import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { codesLeft } from '../factor/backup.store.ts'
import { factorsOf } from '../factor/factor.store.ts'
import { idOf, sessionsOf } from '../session/session.store.ts'
import { user } from '../user/user.ts'

/** How somebody gets in: what they prove it with, and where they are signed in. */
export const showWaysIn = query({
  name: 'access.showWaysIn',
  can: 'access.user.edit',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    await getRow(reading, user, id)
    const { db, now } = reading
    const [factors, codes, sessions, facts] = await Promise.all([
      factorsOf(db, id),
      codesLeft(db, id),
      sessionsOf(db, id, now),
      db
        .selectFrom('accessUser')
        .select(['mustChangePassword', 'passwordChangedAt'])
        .select((eb) => eb('badgeHash', 'is not', null).as('hasBadge'))
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    ])
    return {
      ...facts,
      factors,
      codesLeft: codes,
      sessions: sessions.map(({ tokenHash, ...one }) => ({ id: idOf(tokenHash), ...one })),
    }
  },
})
