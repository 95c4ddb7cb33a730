import { changed, stepped } from '../../notice.ts'
import { command, query } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { whenHappened } from '../door/happening.ts'
import { tellDeciders } from './decision.ts'
import { tell } from './notice.ts'
import { recordInput, seenRecord, writableRecord } from './record.ts'

/** More than so many are not told of one thing. */
const MOST = 200

interface Subject {
  readonly table: string
  readonly record: string
}

/** Some people hear of a record from now on; who does already goes on. */
export async function beginFollowing(tx: Tx, { table, record }: Subject, people: readonly string[]): Promise<void> {
  if (people.length === 0) return
  await tx.db
    .insertInto('follow')
    .values([...new Set(people)].toSorted().map((userId) => ({ userId, aboutTable: table, about: record, since: tx.now })))
    .onConflict((conflict) => conflict.columns(['about', 'userId']).doNothing())
    .execute()
}

/** Everybody else who follows a record. */
export async function followersOf(tx: Tx, { table, record }: Subject): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('follow')
    .select('userId')
    .where('about', '=', record)
    .where('aboutTable', '=', table)
    .orderBy('since')
    .limit(MOST)
    .execute()
  return rows.map((one) => one.userId).filter((one) => one !== tx.actor.id)
}

/**
 * Whoever makes a paper follows it; who follows one hears of its steps, and of what others change on it until they have read that.
 * Whoever has to decide on it is told that, and no more.
 */
export const followersHear = whenHappened(async (tx, happening) => {
  const { what, table, record } = happening
  if (tx.ctx.isReview) return
  const deciding = what === 'changed' ? new Set<string>() : await tellDeciders(tx, happening)
  if (tx.actor.sellers) return
  if (what === 'made') return tx.actor.id ? beginFollowing(tx, { table, record }, [tx.actor.id]) : undefined
  const kind = what === 'changed' ? changed : stepped
  const followers = (await followersOf(tx, { table, record })).filter((one) => !deciding.has(one))
  await tell(tx, kind, followers, { table, record, facts: { command: tx.asked.command }, isBundled: what === 'changed' })
})

export const follow = command({
  name: 'kit.follow',
  can: 'signedIn',
  untrailed: true,
  input: recordInput,
  async run(tx, input) {
    const { of, id } = await writableRecord(tx, input)
    await beginFollowing(tx, { table: of.table, record: id }, [tx.actor.id!])
    return { follows: true }
  },
})

export const unfollow = command({
  name: 'kit.unfollow',
  can: 'signedIn',
  untrailed: true,
  input: recordInput,
  async run(tx, input) {
    const { id } = await writableRecord(tx, input)
    await tx.db.deleteFrom('follow').where('about', '=', id).where('userId', '=', tx.actor.id!).execute()
    return { follows: false }
  },
})

export const showFollowing = query({
  name: 'kit.showFollowing',
  can: 'signedIn',
  input: recordInput,
  async run(reading, input) {
    const { of, id } = await seenRecord(reading, input)
    const mine = reading.db.selectFrom('follow').select('since').where('about', '=', id).where('aboutTable', '=', of.table)
    return { follows: (await mine.where('userId', '=', reading.actor.id!).executeTakeFirst()) !== undefined }
  },
})
