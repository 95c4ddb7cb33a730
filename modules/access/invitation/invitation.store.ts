import type { RoleName } from '#kit/access.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Db } from '#kit/server/db.ts'
import type { Membership } from '../user/user.ts'

/** What an invitation gives to whoever accepts it. */
export const rolesOf = async (db: Db, invitation: string): Promise<Membership[]> =>
  (await db.selectFrom('accessInvitationRole').select(['role', 'place']).where('invitation', '=', invitation).execute()) as {
    role: RoleName
    place: string | null
  }[]

/** Ends open invitations: to an address that is invited again, or of somebody who may no longer let others in. */
export async function withdrawOpen(tx: Tx, of: 'email' | 'invitedBy', value: string): Promise<void> {
  await tx.db
    .updateTable('accessInvitation')
    .set({ state: 'withdrawn' })
    .where('state', '=', 'sent')
    .where(of, '=', value)
    .execute()
}
