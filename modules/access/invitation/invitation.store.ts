import { sql } from 'kysely'
import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { tokenHash } from '../session/session.store.ts'
import type { Membership } from '../role/role.ts'
import { stepAll } from '#kit/server/door/step.ts'
import { invitationLife, InvitationProblem } from './invitation.ts'

/** What an invitation gives to whoever accepts it. */
export const rolesOf = async (db: Db, invitation: string): Promise<Membership[]> =>
  (
    await db
      .selectFrom('accessInvitationRole')
      .select(['role', 'place', 'seller', 'until'])
      .where('invitation', '=', invitation)
      .execute()
  ).map(({ until, ...one }) => ({ ...one, until: until?.toString() ?? null }))

/** Ends open invitations: to an address that is invited again, or of somebody who may no longer let others in. */
export async function withdrawOpen(tx: Tx, of: 'emailIndex' | 'invitedBy', value: string): Promise<void> {
  await stepAll(tx, invitationLife, 'end', of === 'emailIndex' ? sql`email_index = ${value}` : sql`invited_by = ${value}`)
}

/** The invitation that a link opens, while it does. @throws `access.invitation.gone` */
export async function openInvitation(db: Db, token: string, now: Temporal.Instant, lock = false) {
  const query = db.selectFrom('accessInvitation').selectAll().where('tokenHash', '=', tokenHash(token))
  const found = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!found || found.state !== 'sent' || Temporal.Instant.compare(found.expiresAt, now) <= 0) throw InvitationProblem.gone()
  return found
}
