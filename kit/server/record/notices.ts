import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../access.ts'
import { declaredEntities, ref } from '../../entity.ts'
import { declaredNotices, mailings } from '../../notice.ts'
import { CommonProblem } from '../../problem.ts'
import type { Db } from '../data/db.ts'
import { command, query } from '../door/command.ts'
import { titlesOf } from '../list/list.ts'
import { kindSchema, noticeCame } from './notice.ts'
import { titlesSeen } from './record.ts'

/** What somebody was told, as they may read it now. */
export interface ReadNotice {
  readonly id: string
  readonly kind: string
  readonly at: Temporal.Instant
  readonly isRead: boolean
  readonly by: string | null
  readonly facts: Readonly<Record<string, unknown>>
  /** What it is about is called, and where that stands. */
  readonly title: string | null
  readonly href: string | null
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly at: Temporal.Instant
  readonly readAt: Temporal.Instant | null
  readonly causedBy: string | null
  readonly facts: unknown
  readonly aboutTable: string | null
  readonly about: string | null
}

/** Notices with what they are about, without those about a record that their reader may not see any more. */
export async function readable(db: Db, actor: Actor, rows: readonly Row[]): Promise<ReadNotice[]> {
  const records = rows.flatMap((one) =>
    one.aboutTable && one.about && declaredEntities.has(one.aboutTable) ? [{ table: one.aboutTable, id: one.about }] : [],
  )
  const [titles, names] = await Promise.all([
    titlesSeen(db, actor, records),
    titlesOf(db, [['causedBy', ref('access_user')]], rows as never),
  ])
  return rows.flatMap((row): ReadNotice[] => {
    const of = row.aboutTable ? declaredEntities.get(row.aboutTable) : undefined
    const title = of && row.about ? titles.get(row.about) : null
    if (title === undefined) return []
    const { path } = declaredNotices.get(row.kind) ?? {}
    const facts = row.facts as Readonly<Record<string, unknown>>
    return [
      {
        id: row.id,
        kind: row.kind,
        at: row.at,
        isRead: row.readAt !== null,
        by: row.causedBy ? (names[row.causedBy] ?? null) : null,
        facts,
        title,
        href: of
          ? `${of.path}/${row.about}?tab=history`
          : (path ?? null) && `${path}${typeof facts['at'] === 'string' ? facts['at'] : ''}`,
      },
    ]
  })
}

/** A sign says “99+” and no more. */
const COUNTED = 100

const wanted = (db: Db, actor: Actor) =>
  db
    .selectFrom('notice as n')
    .select(['n.id', 'n.kind', 'n.at', 'n.readAt', 'n.causedBy', 'n.facts', 'n.aboutTable', 'n.about'])
    .where('n.userId', '=', actor.id!)
    .where('n.kind', 'in', [...declaredNotices.keys()])
    .where(sql<boolean>`not exists (select from notice_choice c where c.user_id = n.user_id and c.kind = n.kind and not c.bell)`)
    .orderBy('n.id', 'desc')

/** What one was told of, the newest first, and how much of it is not read. */
export const listNotices = query({
  name: 'kit.listNotices',
  can: 'signedIn',
  input: z.object({ cursor: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
  async run({ ctx, actor }, { cursor, limit }) {
    const { db } = ctx.database
    const page = wanted(db, actor).limit(limit + 1)
    const [rows, open] = await Promise.all([
      (cursor ? page.where('n.id', '<', cursor) : page).execute(),
      wanted(db, actor).where('n.readAt', 'is', null).limit(COUNTED).execute(),
    ])
    const isMore = rows.length > limit
    if (isMore) rows.pop()
    const seen = await readable(db, actor, [...rows, ...open.filter((one) => !rows.some(({ id }) => id === one.id))])
    const known = new Map(seen.map((one) => [one.id, one]))
    return {
      rows: rows.flatMap((one) => known.get(one.id) ?? []),
      next: isMore ? (rows.at(-1)?.id ?? null) : null,
      unread: open.filter((one) => known.has(one.id)).length,
    }
  },
})

/** Has read one, or all that came until one of them. */
export const readNotices = command({
  name: 'kit.readNotices',
  can: 'signedIn',
  untrailed: true,
  input: z.object({ id: z.uuid(), until: z.boolean().default(false) }),
  async run(tx, { id, until }) {
    const own = tx.db.selectFrom('notice').select('id').where('id', '=', id).where('userId', '=', tx.actor.id!)
    if (!(await own.executeTakeFirst())) throw CommonProblem.notFound()
    await tx.db
      .updateTable('notice')
      .set({ readAt: tx.now })
      .where('userId', '=', tx.actor.id!)
      .where('id', until ? '<=' : '=', id)
      .where('readAt', 'is', null)
      .execute()
    // One's other screens show the number too.
    tx.emit(noticeCame, { user: tx.actor.id! })
    return { read: true }
  },
})

/** Which kinds one wants at the bell, and by mail. */
export const showNoticeChoices = query({
  name: 'kit.showNoticeChoices',
  can: 'signedIn',
  input: z.object({}),
  async run({ ctx, actor }) {
    const chosen = await ctx.database.db.selectFrom('noticeChoice').selectAll().where('userId', '=', actor.id!).execute()
    return {
      rows: [...declaredNotices.keys()].map((kind) => {
        const { bell = true, mail = 'never' } = chosen.find((one) => one.kind === kind) ?? {}
        return { kind, bell, mail }
      }),
    }
  },
})

export const chooseNotices = command({
  name: 'kit.chooseNotices',
  can: 'signedIn',
  untrailed: true,
  input: z.object({ kind: kindSchema, bell: z.boolean(), mail: z.enum(mailings) }),
  async run(tx, input) {
    await tx.db
      .insertInto('noticeChoice')
      .values({ userId: tx.actor.id!, ...input })
      .onConflict((conflict) => conflict.columns(['userId', 'kind']).doUpdateSet({ bell: input.bell, mail: input.mail }))
      .execute()
    tx.emit(noticeCame, { user: tx.actor.id! })
    return { chosen: true }
  },
})
