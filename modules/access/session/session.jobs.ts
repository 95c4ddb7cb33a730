import { scheduled } from '#kit/server/door/scheduled.ts'

/** Nothing that has run out is needed again: sessions, sign-ins that were given up, links, counters. */
export const tidySessions = scheduled('access.tidySessions', {
  every: { minutes: 60 },
  async run({ database, now }) {
    const day = now.subtract({ hours: 24 })
    await database.db.deleteFrom('accessSession').where('expiresAt', '<', now).execute()
    await database.db.deleteFrom('accessSignIn').where('expiresAt', '<', day).execute()
    await database.db.deleteFrom('accessAppCode').where('expiresAt', '<', now).execute()
    await database.db.deleteFrom('accessReset').where('expiresAt', '<', day).execute()
    await database.db.deleteFrom('accessThrottle').where('expire', '<', BigInt(now.epochMilliseconds)).execute()
  },
})
