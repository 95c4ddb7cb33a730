import { sql } from 'kysely'
import type { Tx } from './context.ts'

/**
 * Whoever counts what there is before they add to it does so in their turn: two at once would both find room for the last one. Held
 * until the transaction is over; `what` names it, with whose it is.
 */
export const inTurn = async ({ db }: Pick<Tx, 'db'>, what: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${what}, 0))`.execute(db)
}
