import { sql } from 'kysely'
import { keptActivity, keptFor, whenErased } from './keeping.ts'
import { bytes } from './store.ts'

/** What the kit itself keeps for a time, and what it forgets of an erased person. */
keptActivity('activity.personal', 730, () => ['kit.personalRead'])
keptActivity('activity.export', 730, () => ['kit.exported', 'access.sealedTrailSaved'])
keptActivity('activity.refused', 365, () => ['kit.refused', 'kit.activityDropped'])

keptFor({
  name: 'import',
  days: 30,
  least: 1,
  async forget({ database }, before, most) {
    const { rows } = await sql<{ id: string }>`delete from import_run where id in (
      select id from import_run where created_at < ${before.toString()}::timestamptz
        and state not in ('checking', 'applying', 'undoing') order by created_at limit ${most}) returning id`.execute(database.db)
    await Promise.all(rows.map(({ id }) => bytes().remove(`import/${id}`)))
    return rows.length
  },
})

// A repetition comes within days; what it would find is gone then.
keptFor({
  name: 'repetition',
  days: 30,
  least: 7,
  async forget({ database }, before, most) {
    const { rowCount } = await database.pool.query(
      'delete from idempotency_key where key in (select key from idempotency_key where at < $1 order by at limit $2)',
      [before.toString(), most],
    )
    return rowCount ?? 0
  },
})

keptFor({
  name: 'event',
  days: 90,
  least: 7,
  async forget({ database }, before, most) {
    const { rowCount } = await database.pool.query(
      'delete from event where seq in (select seq from event where at < $1 order by at limit $2)',
      [before.toString(), most],
    )
    return rowCount ?? 0
  },
})

// How a record was before an import changed it is personal too, and an import of theirs can't be taken back any more.
whenErased(async (tx, { record }) => void (await tx.db.deleteFrom('importTrace').where('record', '=', record).execute()))
