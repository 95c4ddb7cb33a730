import type { Db } from '#kit/server/data/db.ts'
import { businessDay, type DayRule } from '#kit/time.ts'
import { CommonProblem } from '#kit/problem.ts'

export interface PlaceFacts extends DayRule {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly kind: string
}

export const loadPlaces = async (db: Db): Promise<PlaceFacts[]> =>
  db
    .selectFrom('place')
    .select(['id', 'name', 'code', 'kind', 'timeZone', 'cutOffHour'])
    .where('archivedAt', 'is', null)
    .orderBy('name')
    .execute()

/** Every place that there is or was. */
export const placeIds = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('place').select('id').execute()).map((place) => place.id)

export async function loadPlace(db: Db, id: string): Promise<PlaceFacts> {
  const row = await db
    .selectFrom('place')
    .select(['id', 'name', 'code', 'kind', 'timeZone', 'cutOffHour'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
  return row
}

/** Today at a place, by its time zone and cut-off. @throws `kit.notFound` */
export const businessDayAt = async (db: Db, place: string, now: Temporal.Instant): Promise<string> =>
  businessDay(now, await loadPlace(db, place))
