import { forgetFiles } from '#kit/server/files/file.ts'
import { keptFor, notHeld } from '#kit/server/list/keeping.ts'

export const registrationsKept = keptFor({
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
