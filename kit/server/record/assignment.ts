import { z } from 'zod'
import { declaredEntities, ref } from '../../entity.ts'
import { newId } from '../../id.ts'
import { assigned, NOTE } from '../../notice.ts'
import { problems } from '../../problem.ts'
import { command, onConstraint, query } from '../door/command.ts'
import type { Reading, Tx } from '../door/context.ts'
import { people } from '../door/people.ts'
import { titlesOf } from '../list/list.ts'
import { waiting } from '../list/waiting.ts'
import { beginFollowing } from './follow.ts'
import { recordNoted } from './note.ts'
import { settle, tell } from './notice.ts'
import { readersOf, recordInput, seenRecord, titlesSeen, writableRecord, type SeenRecord } from './record.ts'

export const AssignmentProblem = problems('kit.assignment', {
  unseen: { status: 422, say: 'They may not see this. Choose somebody else, or let them be given the right first.' },
  meanwhile: { status: 409, say: 'Somebody else has just given this to somebody. Look at it again first.' },
})
onConstraint('assignment_one', () => AssignmentProblem.meanwhile())

/** Gives a record to somebody who may see it: they are told, and hear of it from then on. Whoever had it has it no more. */
export const assign = command({
  name: 'kit.assign',
  can: NOTE,
  input: recordInput.extend({ person: z.uuid() }),
  before: (ctx, { person }) => people().actors(ctx.database, [person]),
  async run(tx, { person, ...input }, actors) {
    const record = await writableRecord(tx, input)
    if (!(await readersOf(tx.db, record, actors)).has(person)) throw AssignmentProblem.unseen()
    const about = { table: record.of.table, record: record.id }
    tx.about(record.of.table, record.id, record.place)
    if (!(await takeFrom(tx, record, person))) return { person }
    await write(tx, record, { userId: person, given: true })
    await beginFollowing(tx, about, [tx.actor.id!, person])
    if (person !== tx.actor.id) await tell(tx, assigned, [person], about)
    return { person }
  },
})

/** It is for nobody any more: taken away, or done with. */
export const unassign = command({
  name: 'kit.unassign',
  can: NOTE,
  input: recordInput,
  async run(tx, input) {
    const record = await writableRecord(tx, input)
    tx.about(record.of.table, record.id, record.place)
    const had = (await takeFrom(tx, record))?.had
    if (had) await write(tx, record, { userId: had, given: false })
    return { person: null }
  },
})

/**
 * Whoever has it has it no more, and what they were told of it waits for nobody. Two who do so at once wait for each other, and the
 * second finds nobody.
 * @returns who that was; nothing where it is for `person` as it is
 */
async function takeFrom(tx: Tx, { of, id, place }: SeenRecord, person?: string): Promise<{ had?: string } | undefined> {
  const current = await tx.db
    .selectFrom('assignment')
    .select(['id', 'userId'])
    .where('about', '=', id)
    .where('aboutTable', '=', of.table)
    .where('isCurrent', '=', true)
    .forUpdate()
    .executeTakeFirst()
  if (current && current.userId === person) return undefined
  if (current) await tx.db.updateTable('assignment').set({ isCurrent: false }).where('id', '=', current.id).execute()
  await settle(tx, assigned, id)
  tx.emit(recordNoted, { record: id, place })
  return current ? { had: current.userId } : {}
}

const write = (tx: Tx, { of, id }: SeenRecord, { userId, given }: { userId: string; given: boolean }) =>
  tx.db
    .insertInto('assignment')
    .values({
      id: newId(),
      aboutTable: of.table,
      about: id,
      userId,
      given,
      isCurrent: given,
      causedBy: tx.actor.id!,
      at: tx.now,
    })
    .execute()

/** For whom a record is, by whom it was given to them, and since when. People from outside are not told. */
export const showAssignment = query({
  name: 'kit.showAssignment',
  can: 'signedIn',
  input: recordInput,
  async run(reading, input) {
    const { of, id } = await seenRecord(reading, input)
    const { db, actor } = reading
    const row = actor.sellers
      ? undefined
      : await db
          .selectFrom('assignment')
          .select(['userId', 'causedBy', 'at'])
          .where('about', '=', id)
          .where('aboutTable', '=', of.table)
          .where('isCurrent', '=', true)
          .executeTakeFirst()
    if (!row) return { to: null }
    const person = ref('access_user')
    const names = await titlesOf(
      db,
      [
        ['userId', person],
        ['causedBy', person],
      ],
      [row],
    )
    return { to: { id: row.userId, name: names[row.userId] ?? '', by: names[row.causedBy] ?? '', since: row.at } }
  },
})

const mine = ({ db, actor }: Pick<Reading, 'db' | 'actor'>) =>
  db
    .selectFrom('assignment')
    .select(['id', 'aboutTable', 'about', 'causedBy', 'at'])
    .where('userId', '=', actor.id!)
    .where('isCurrent', '=', true)
    .orderBy('id', 'desc')

/** What is given to whoever asks, as far as they may still see it; the newest first. */
export const listAssignments = query({
  name: 'kit.listAssignments',
  can: 'signedIn',
  input: z.object({ cursor: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  async run({ ctx, actor }, { cursor, limit }) {
    const { db } = ctx.database
    const page = mine({ db, actor }).limit(limit + 1)
    const rows = await (cursor ? page.where('id', '<', cursor) : page).execute()
    const isMore = rows.length > limit
    if (isMore) rows.pop()
    const [titles, names] = await Promise.all([
      titlesSeen(db, actor, recordsOf(rows)),
      titlesOf(db, [['causedBy', ref('access_user')]], rows),
    ])
    return {
      rows: rows.flatMap(({ id, aboutTable, about, causedBy, at }) => {
        const [of, title] = [declaredEntities.get(aboutTable), titles.get(about)]
        if (!of || title === undefined) return []
        return [{ id, entity: of.name, record: about, title, by: names[causedBy] ?? '', isOwn: causedBy === actor.id, since: at }]
      }),
      next: isMore ? (rows.at(-1)?.id ?? null) : null,
    }
  },
})

const recordsOf = (rows: readonly { aboutTable: string; about: string }[]) =>
  rows.map(({ aboutTable, about }) => ({ table: aboutTable, id: about }))

/** What is given to somebody waits for them until it is taken away again. */
export const assignmentsWait = waiting({
  name: 'assigned',
  can: 'signedIn',
  async count({ db, actor }, { most }) {
    const rows = await mine({ db, actor }).limit(most).execute()
    return rows.length === 0 ? 0 : (await titlesSeen(db, actor, recordsOf(rows))).size
  },
  leadsTo: () => ({ path: '/assignments', search: {} }),
})
