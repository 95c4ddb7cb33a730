import { may } from '../../access.ts'
import { declaredEntities } from '../../entity.ts'
import { decisionsIn } from '../../machine.ts'
import { undecided } from '../../notice.ts'
import type { Tx } from '../door/context.ts'
import type { Happening } from '../door/happening.ts'
import { people } from '../door/people.ts'
import { settle, tell } from './notice.ts'
import { readersOf } from './record.ts'

/** More than so many are not told that something waits. */
const MOST = 50

/**
 * What waits for a decision is told to everybody else who may take it where it is taken, and see what it is about. Once somebody
 * decided, or nothing is left to decide, it waits for nobody. @returns who is told
 */
export async function tellDeciders(tx: Tx, { table, record, from, values }: Happening): Promise<ReadonlySet<string>> {
  const told = new Set<string>()
  const of = declaredEntities.get(table)
  if (!of) return told
  if (from !== undefined && decisionsIn(of.life, from).length > 0) await settle(tx, undecided, record)
  const decisions = decisionsIn(of.life, String(values['state'])).map(({ can, at = of.scope?.place }) => ({ can, at }))
  const distinct = new Map(decisions.map((one) => [`${one.can} ${one.at}`, one]))
  for (const { can, at } of distinct.values()) {
    const place = at === undefined ? null : (values[at] as string | null)
    const holders = await people().holders(tx.ctx.database, can, tx.db)
    const able = holders.filter((one) => one.id !== tx.actor.id && (place ? may(one, can, place) : may(one, can)))
    const readers = await readersOf(tx.db, { of, id: record, place }, able)
    for (const one of [...readers].slice(0, MOST)) told.add(one)
  }
  await tell(tx, undecided, told, { table, record, isBundled: true })
  return told
}
