import { sql } from 'kysely'
import { businessDay } from '#kit/time.ts'
import { json } from '#kit/server/data/row.ts'
import { clockOf, scheduled } from '#kit/server/door/scheduled.ts'
import { stepAll } from '#kit/server/door/step.ts'
import { loadPlaces } from '#modules/places/index.ts'
import { promotion } from './promotion.ts'

/**
 * Says of what has begun that it runs, and of what is over that it has ended, by the clock of its place or of the company. Tills
 * don't wait for it: a rule judges its days by itself.
 */
export const keepPromotions = scheduled('promotions.keep', {
  every: { minutes: 5 },
  async run({ database, now }) {
    const company = businessDay(now, await clockOf(database.db))
    const days = Object.fromEntries((await loadPlaces(database.db)).map((place) => [place.id, businessDay(now, place)]))
    const today = sql`coalesce((${json(days)}::jsonb ->> place::text)::date, ${company}::date)`
    await database.db.transaction().execute(async (db) => {
      await stepAll({ db }, promotion, 'finish', sql`valid_to < ${today}`)
      await stepAll({ db }, promotion, 'start', sql`(valid_from is null or valid_from <= ${today})`)
    })
  },
})
