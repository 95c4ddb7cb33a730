import { sql } from 'kysely'
import { z } from 'zod'
import { event } from '../../event.ts'
import { newId } from '../../id.ts'
import { declaredNotices, type NoticeKind } from '../../notice.ts'
import { json } from '../data/db.ts'
import type { Tx } from '../door/context.ts'
import { inTurn } from '../door/in-turn.ts'

/** Heard by the one whom it is for. */
export const noticeCame = event('kit.notice.came', 'signedIn', z.object({ user: z.uuid() }), { onlyFor: 'user' })

interface Content {
  /** The record that it is about; what it tells comes to those who may see that one when they read it. */
  readonly table?: string
  readonly record?: string
  readonly facts?: Readonly<Record<string, unknown>>
  /** Who has not read an earlier one of this about the same record is told no second time. */
  readonly isBundled?: boolean
}

/** Tells some people of something, in the transaction of what caused it. Facts hold ids and names of commands, and nothing that is for some eyes only. */
export async function tell(
  tx: Tx,
  { name: kind, isByHand }: NoticeKind,
  people: Iterable<string>,
  { table, record, facts = {}, isBundled = false }: Content = {},
): Promise<void> {
  const asked = [...new Set(people)]
  if (asked.length === 0) return
  const told = isBundled && record ? await unread(tx, kind, record) : isByHand ? await toldEnough(tx, asked) : undefined
  const all = told ? asked.filter((user) => !told.has(user)) : asked
  if (all.length === 0) return
  const about = { aboutTable: table ?? null, about: record ?? null }
  await tx.db
    .insertInto('notice')
    .values(all.map((userId) => ({ id: newId(), userId, kind, ...about, causedBy: tx.actor.id, facts: json(facts), at: tx.now })))
    .execute()
  for (const user of all) tx.emit(noticeCame, { user })
}

/** More than these within an hour, of all that one person does by hand, nobody reads: what they wrote stands there all the same. */
const HOURLY = 30
/** What somebody was told of a note that was taken back since: it is shown to nobody, and counts. */
const TAKEN_BACK = 'kit.takenBack'

/** Those of some people whom the actor has told enough within the hour. */
async function toldEnough(tx: Tx, people: readonly string[]): Promise<ReadonlySet<string>> {
  if (tx.actor.id === null) return new Set()
  await inTurn(tx, `kit.notice:${tx.actor.id}`)
  const byHand = [...declaredNotices.values()].filter((one) => one.isByHand).map((one) => one.name)
  const rows = await tx.db
    .selectFrom('notice')
    .select('userId')
    .where('userId', 'in', people)
    .where('causedBy', '=', tx.actor.id)
    .where('kind', 'in', [...byHand, TAKEN_BACK])
    .where('at', '>', tx.now.subtract({ hours: 1 }))
    .groupBy('userId')
    .having(({ fn }) => fn.countAll(), '>=', HOURLY)
    .execute()
  return new Set(rows.map((one) => one.userId))
}

/** What people were told of a note is gone with it. */
export async function takeBack(tx: Tx, record: string, note: string): Promise<void> {
  const rows = await tx.db
    .updateTable('notice')
    .set({ kind: TAKEN_BACK, readAt: tx.now })
    .where('about', '=', record)
    .where(sql<boolean>`facts ->> 'note' = ${note}`)
    .returning('userId')
    .execute()
  for (const { userId } of rows) tx.emit(noticeCame, { user: userId })
}

/** Who has a notice of this kind about a record before them. */
async function unread(tx: Tx, kind: string, record: string): Promise<ReadonlySet<string>> {
  const rows = await tx.db
    .selectFrom('notice')
    .select('userId')
    .where('about', '=', record)
    .where('kind', '=', kind)
    .where('readAt', 'is', null)
    .execute()
  return new Set(rows.map((one) => one.userId))
}

/** What somebody was told of waits for nobody any more: it is read, by all who were told. */
export async function settle(tx: Tx, { name: kind }: NoticeKind, record: string): Promise<void> {
  const rows = await tx.db
    .updateTable('notice')
    .set({ readAt: tx.now })
    .where('about', '=', record)
    .where('kind', '=', kind)
    .where('readAt', 'is', null)
    .returning('userId')
    .execute()
  for (const { userId } of rows) tx.emit(noticeCame, { user: userId })
}

/** A kind that there is. */
export const kindSchema = z.string().refine((name) => declaredNotices.has(name), { error: 'unknown' })
