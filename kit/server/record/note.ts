import { z } from 'zod'
import { event } from '../../event.ts'
import { newId } from '../../id.ts'
import { secret } from '../../mark.ts'
import { mentioned, NOTE, noted } from '../../notice.ts'
import { CommonProblem, problems } from '../../problem.ts'
import { keysOf } from '../data/db.ts'
import { command } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { people } from '../door/people.ts'
import { refuseHeld } from '../list/keeping.ts'
import { beginFollowing, followersOf } from './follow.ts'
import { takeBack, tell } from './notice.ts'
import { readersOf, recordInput, writableRecord, type SeenRecord } from './record.ts'

export const NoteProblem = problems('kit.note', {
  unseen: {
    status: 422,
    say: 'Somebody whom you mention may not see this. Take the name out, or let them be given the right first.',
  },
  notYours: { status: 403, say: 'Only who wrote or attached this can take it back.' },
})

/** Screens that show the record read its timeline again. */
export const recordNoted = event('kit.record.noted', NOTE, z.object({ record: z.uuid(), place: z.uuid().nullable() }))

const MENTIONED = 20

/** Writes on a record. Who is mentioned is told and hears of it from then on; who follows the record is told too. */
export const writeNote = command({
  name: 'kit.writeNote',
  can: NOTE,
  input: recordInput.extend({
    // Anything may be written there: it stays out of the trail, where nothing is ever forgotten.
    text: secret(z.string().trim().min(1).max(4000)),
    mentions: z.array(z.uuid()).max(MENTIONED).default([]),
  }),
  before: (ctx, { mentions }) => people().actors(ctx.database, mentions),
  async run(tx, { text, mentions: wanted, ...input }, actors) {
    const record = await writableRecord(tx, input)
    const mentions = [...new Set(wanted)]
    const readers = await readersOf(tx.db, record, actors)
    if (mentions.some((one) => !readers.has(one))) throw NoteProblem.unseen()
    const id = newId()
    const { of, id: about } = record
    await tx.db
      .insertInto('note')
      .values({
        id,
        aboutTable: of.table,
        about,
        text: keysOf(tx.db).sealed(id, text),
        mentions,
        createdBy: tx.actor.id!,
        createdAt: tx.now,
      })
      .execute()
    await tellOf(tx, record, id, mentions)
    return { id }
  },
})

async function tellOf(tx: Tx, { of: { table }, id: record, place }: SeenRecord, note: string, mentions: readonly string[]) {
  const followers = await followersOf(tx, { table, record })
  await beginFollowing(tx, { table, record }, [tx.actor.id!, ...mentions])
  const called = new Set(mentions.filter((one) => one !== tx.actor.id))
  await tell(tx, mentioned, called, { table, record, facts: { note } })
  await tell(
    tx,
    noted,
    followers.filter((one) => !called.has(one)),
    { table, record, facts: { note } },
  )
  tx.about(table, record, place)
  tx.emit(recordNoted, { record, place })
}

/** Takes one's own note back: that there was one stays, what it said is gone, and so is what people were told of it. */
export const withdrawNote = command({
  name: 'kit.withdrawNote',
  can: NOTE,
  input: recordInput.extend({ note: z.uuid() }),
  async run(tx, { note, ...input }) {
    const { of, id, place } = await writableRecord(tx, input)
    const row = await tx.db
      .selectFrom('note')
      .select(['createdBy', 'withdrawnAt'])
      .where('id', '=', note)
      .where('about', '=', id)
      .where('aboutTable', '=', of.table)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    if (row.createdBy !== tx.actor.id) throw NoteProblem.notYours()
    await refuseHeld(tx, id)
    if (row.withdrawnAt === null)
      await tx.db.updateTable('note').set({ text: null, withdrawnAt: tx.now }).where('id', '=', note).execute()
    await takeBack(tx, id, note)
    tx.about(of.table, id, place)
    tx.emit(recordNoted, { record: id, place })
    return { withdrawn: true }
  },
})
