import { sql } from 'kysely'
import { keptActivity, keptFor, keptRows, whenErased } from './keeping.ts'
import { bytes } from '../vault/store.ts'

/** What the kit itself keeps for a time. */
export const kitKept = [
  keptActivity('activity.personal', 730, () => ['kit.personalRead']),
  keptActivity('activity.export', 730, () => ['kit.exported', 'access.sealedTrailSaved']),
  keptActivity('activity.refused', 365, () => ['kit.refused', 'kit.activityDropped']),
  keptFor({
    name: 'import',
    days: 30,
    least: 1,
    async forget({ database }, before, most) {
      const { rows } = await sql<{ id: string }>`delete from import_run where id in (
        select id from import_run where created_at < ${before.toString()}::timestamptz
          and state not in ('checking', 'applying', 'undoing') order by created_at limit ${most}) returning id`.execute(
        database.db,
      )
      await Promise.all(rows.map(({ id }) => bytes().remove(`import/${id}`)))
      return rows.length
    },
  }),
  // A repetition comes within days; what it would find is gone then.
  keptRows('repetition', { days: 30, least: 7 }, { table: 'idempotencyKey', key: 'key', at: 'at' }),
  keptRows('event', { days: 90, least: 7 }, { table: 'event', key: 'seq', at: 'at' }),
]

/** How a record was before an import changed it is personal too, and an import of theirs can't be taken back any more. */
export const tracesForget = whenErased(
  async (tx, { record }) => void (await tx.db.deleteFrom('importTrace').where('record', '=', record).execute()),
)
