import { sql } from 'kysely'
import { forgetFiles } from '../files/file.ts'
import { keptRows, whenErased } from '../list/keeping.ts'
import { mailDigests } from './digest.ts'
import { followersHear } from './follow.ts'
import { failuresTold } from './scheduled-failed.ts'
import { assignmentsWait } from './assignment.ts'
import { assignmentsShown, changesShown, filesShown, notesShown, papersShown } from './sources.ts'

/** What is written about somebody who is erased goes with them, and what they followed, had in hand and were told. */
export const notesForget = whenErased(async (tx, { record }) => {
  const files = await tx.db.selectFrom('file').select('id').where('about', '=', record).where('attached', '=', true).execute()
  await forgetFiles(
    tx.db,
    files.map((one) => one.id),
  )
  await tx.db.deleteFrom('note').where('about', '=', record).execute()
  await tx.db.deleteFrom('noticeChoice').where('userId', '=', record).execute()
  for (const table of ['follow', 'notice', 'assignment'])
    await sql`delete from ${sql.table(table)} where about = ${record} or user_id = ${record}`.execute(tx.db)
})

export const noticesKept = keptRows('notice', { days: 90, least: 7 }, { table: 'notice', key: 'id', at: 'at' })

/** What stands around every record. */
export const recordParts = [
  changesShown,
  notesShown,
  filesShown,
  papersShown,
  assignmentsShown,
  assignmentsWait,
  followersHear,
  notesForget,
  noticesKept,
  mailDigests,
  failuresTold,
]
