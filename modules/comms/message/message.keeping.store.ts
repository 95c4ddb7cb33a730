import { sql } from 'kysely'
import { blindIndex } from '#kit/server/data/blind.ts'
import { keysOf } from '#kit/server/data/db.ts'
import { ERASED, keptFor, notHeld, whenErased } from '#kit/server/list/keeping.ts'

/** Messages that have been settled, sent or not, are kept for a time only. */
export const messagesKept = keptFor({
  name: 'message',
  days: 365,
  least: 30,
  async forget({ database: { db } }, before, most) {
    const old = db
      .selectFrom('commsMessage')
      .select('id')
      .where('createdAt', '<', before)
      .where('state', '!=', 'queued')
      .where(notHeld('about'))
      .limit(most)
    const { numDeletedRows } = await db.deleteFrom('commsMessage').where('id', 'in', old).executeTakeFirst()
    return Number(numDeletedRows)
  },
})

/** That a message went to somebody stays; to whom and what it said goes with them. */
export const messagesForget = whenErased(async (tx, { record, indexes }) => {
  const { rows } = await sql<{ id: string }>`
    select id from comms_message where about = ${record} or recipient_index = any(${indexes}::text[]) for update`.execute(tx.db)
  for (const { id } of rows)
    await tx.db
      .updateTable('commsMessage')
      .set({
        recipient: keysOf(tx.db).sealed(id, ERASED),
        recipientIndex: blindIndex(tx.db, ERASED),
        subject: ERASED,
        body: ERASED,
        secrets: null,
        error: null,
      })
      .where('id', '=', id)
      .execute()
})
