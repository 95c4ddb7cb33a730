import { blindIndexes } from '#kit/server/data/blind.ts'
import { guardSecrets } from '#kit/server/door/message.ts'
import { rolesOf } from '../invitation/invitation.store.ts'
import { membershipsOf, refuseBeyond } from '../user/user.store.ts'

/**
 * A link or code lets whoever reads it be the person that it was written to. It stays closed to everybody who could not give
 * that person their roles; the terminal of the machine may still tell.
 */
export const secretsGuard = guardSecrets(async (tx, { to, about }) => {
  const indexes = blindIndexes(tx.db, [to])
  const people = await tx.db
    .selectFrom('accessUser')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('emailIndex', 'in', indexes),
        // The number that codes go to is sealed; whose it is, what the message is about tells.
        ...(about ? [eb('id', '=', about)] : []),
      ]),
    )
    .execute()
  for (const { id } of people) await refuseBeyond(tx, await membershipsOf(tx.db, id))
  if (about) await refuseBeyond(tx, await rolesOf(tx.db, about))
})
