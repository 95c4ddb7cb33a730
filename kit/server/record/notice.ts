import { z } from 'zod'
import { event } from '../../event.ts'
import { newId } from '../../id.ts'
import { declaredNotices, type NoticeKind } from '../../notice.ts'
import { json } from '../data/db.ts'
import type { Tx } from '../door/context.ts'

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
  { name: kind }: NoticeKind,
  people: Iterable<string>,
  { table, record, facts = {}, isBundled = false }: Content = {},
): Promise<void> {
  const asked = [...new Set(people)]
  const told = isBundled && record && asked.length > 0 ? await unread(tx, kind, record) : undefined
  const all = told ? asked.filter((user) => !told.has(user)) : asked
  if (all.length === 0) return
  const about = { aboutTable: table ?? null, about: record ?? null }
  await tx.db
    .insertInto('notice')
    .values(all.map((userId) => ({ id: newId(), userId, kind, ...about, causedBy: tx.actor.id, facts: json(facts), at: tx.now })))
    .execute()
  for (const user of all) tx.emit(noticeCame, { user })
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
