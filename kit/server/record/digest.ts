import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../access.ts'
import { message } from '../../message.ts'
import { noticeText } from '../../notice.ts'
import type { Db } from '../data/db.ts'
import { command } from '../door/command.ts'
import type { Ctx, Tx } from '../door/context.ts'
import { scheduled } from '../door/scheduled.ts'
import { postMessage } from '../door/message.ts'
import { people } from '../door/people.ts'
import { linkTo } from '../host/address.ts'
import { wordsFor } from '../host/words.ts'
import { readable } from './notices.ts'

export const digestMessage = message('kit.digest', {
  name: { sample: 'Amina' },
  list: { sample: '• Omar mentioned you: PO-2026-00012' },
  link: { sample: 'https://shop.example.com/notices' },
})

/** One mail a day, however often the clock strikes. */
const APART_HOURS = 20
const SPAN_HOURS = 24
const LINES = 50
const PEOPLE = 1000

/** Mails what of the last day nobody has read, to those who want that, before work begins. */
export const mailDigests = scheduled('kit.mailDigests', { every: { daily: '07:00' }, run: mailAll })

/** Each person's mail is a transaction of its own: one that fails holds up no other. */
async function mailAll(ctx: Ctx): Promise<void> {
  for (const user of await dueFor(ctx.database.db, ctx.now)) await mailDigest(ctx, { user })
}

const open = (now: Temporal.Instant) => sql<boolean>`n.read_at is null and n.mailed_at is null
  and n.at > ${now.subtract({ hours: SPAN_HOURS })} and exists (
    select from notice_choice c where c.user_id = n.user_id and c.kind = n.kind and c.mail = 'daily')`

async function dueFor(db: Db, now: Temporal.Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('notice as n')
    .select('n.userId')
    .distinct()
    .where(open(now))
    .where(notMailed(now))
    .limit(PEOPLE)
    .execute()
  return rows.map((one) => one.userId)
}

const notMailed = (now: Temporal.Instant) => sql<boolean>`not exists (
  select from notice m where m.user_id = n.user_id and m.mailed_at > ${now.subtract({ hours: APART_HOURS })})`

const mailDigest = command({
  name: 'kit.mailDigest',
  internal: true,
  untrailed: true,
  can: 'signedIn',
  input: z.object({ user: z.uuid() }),
  before: async ({ database }, { user }) => (await people().actors(database, [user]))[0],
  async run(tx, { user }, actor) {
    // Two processes at once: the second finds nothing that is not mailed.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`digest ${user}`}, 0))`.execute(tx.db)
    const rows = await tx.db
      .updateTable('notice as n')
      .set({ mailedAt: tx.now })
      .where('n.userId', '=', user)
      .where(open(tx.now))
      .where(notMailed(tx.now))
      .returning(['n.id', 'n.kind', 'n.at', 'n.readAt', 'n.causedBy', 'n.facts', 'n.aboutTable', 'n.about'])
      .execute()
    if (actor && rows.length > 0) await mail(tx, actor, rows)
    return {}
  },
})

async function mail(tx: Tx, actor: Actor, rows: Parameters<typeof readable>[2]): Promise<void> {
  const [to] = await people().addresses(tx.db, [actor.id!])
  const seen = (await readable(tx.db, actor, rows)).toSorted((a, b) => (a.id < b.id ? 1 : -1))
  if (!to || seen.length === 0) return
  const t = wordsFor(to.locale)
  const lines = seen.slice(0, LINES).map((one) => `• ${noticeText(t, one)}${one.title ? `: ${one.title}` : ''}`)
  await postMessage(tx, digestMessage, {
    to: to.email,
    locale: to.locale,
    facts: { name: to.name, list: lines.join('\n'), link: linkTo('/notices') },
  })
}
