import { job } from '#kit/server/job.ts'

/**
 * Nothing that has run out is needed again: sessions, sign-ins that were given up, links, counters,
 * and what was refused for want of a second person when nobody took it further.
 */
export const tidySessions = job({
  name: 'access.tidySessions',
  cron: '41 * * * *',
  async run({ database, now }) {
    const day = now.subtract({ hours: 24 })
    await database.db.deleteFrom('accessSession').where('expiresAt', '<', now).execute()
    await database.db.deleteFrom('accessSignIn').where('expiresAt', '<', day).execute()
    await database.db.deleteFrom('accessAppCode').where('expiresAt', '<', now).execute()
    await database.db.deleteFrom('accessReset').where('expiresAt', '<', day).execute()
    await database.db.deleteFrom('accessApproval').where('state', '=', 'needed').where('expiresAt', '<', now).execute()
    await database.db.deleteFrom('accessThrottle').where('expire', '<', BigInt(now.epochMilliseconds)).execute()
  },
})
