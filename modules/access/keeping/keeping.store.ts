import { forgetFiles } from '#kit/server/file.ts'
import { keptActivity, keptFor, keptRows, notHeld } from '#kit/server/keeping.ts'

/** What this module keeps for a time only. */
keptActivity('activity.signIn', 365, () => [
  'access.signedIn',
  'access.signedOut',
  'access.signInFailed',
  'access.unlocked',
  'access.wrongCode',
  'access.wrongPassword',
  'access.wrongPasskey',
  'access.wrongPin',
  'access.tokenReused',
  'access.wrongDevice',
])

keptFor({
  name: 'registration',
  days: 365,
  least: 1,
  forget: ({ database }, before, most) =>
    database.db.transaction().execute(async (db) => {
      const old = db
        .selectFrom('accessRegistration')
        .select('id')
        .where('createdAt', '<', before)
        .where('state', '!=', 'pending')
        .where(notHeld('accessRegistration.id'))
        .limit(most)
      const gone = await db.deleteFrom('accessRegistration').where('id', 'in', old).returning(['idFront', 'idBack']).execute()
      await forgetFiles(
        db,
        gone.flatMap((one) => [one.idFront, one.idBack].filter((id) => id !== null)),
      )
      return gone.length
    }),
})

keptRows('invitation', { days: 365, least: 7 }, { table: 'accessInvitation', key: 'id', at: 'expiresAt' })
keptRows('approval', { days: 730, least: 30 }, { table: 'accessApproval', key: 'id', at: 'expiresAt' })
