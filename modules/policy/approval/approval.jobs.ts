import { scheduled } from '#kit/server/door/scheduled.ts'

/** What was refused for want of a second person, and nobody took further, is not needed again. */
export const tidyApprovals = scheduled('access.tidyApprovals', {
  every: { minutes: 60 },
  async run({ database, now }) {
    await database.db.deleteFrom('accessApproval').where('state', '=', 'needed').where('expiresAt', '<', now).execute()
  },
})
