import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { ParkedProblem } from './parked.ts'

/** A parked basket goes with the sale that it became: one's own and of this till. Others are taken up first. */
export async function takeParked(tx: Tx, id: string, till: string): Promise<void> {
  const row = await tx.db
    .deleteFrom('posParked')
    .where('id', '=', id)
    .where('till', '=', till)
    .where('parkedBy', '=', tx.actor.id!)
    .returning('id')
    .executeTakeFirst()
  if (!row) throw ParkedProblem.notYours()
}

/** What the baskets are called that lie parked at a till, the newest first. */
export const parkedAt = async (db: Db, till: string): Promise<string[]> =>
  (await db.selectFrom('posParked').select('label').where('till', '=', till).orderBy('parkedAt', 'desc').limit(20).execute()).map(
    (row) => row.label,
  )

/** How many baskets wait in a store: any till of it can take them up. */
export const waitingAt = async (db: Db, place: string): Promise<number> => {
  const { n } = await db
    .selectFrom('posParked')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('place', '=', place)
    .executeTakeFirstOrThrow()
  return Number(n)
}
