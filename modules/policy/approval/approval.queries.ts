import { z } from 'zod'
import { holdsAt } from '#kit/access.ts'
import { declaredApprovals, visibleFacts } from '#kit/approval.ts'
import { declaredEntities } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { approvalSettings, settingOf } from '#kit/server/door/approval.ts'
import { declaredEndpoints, query } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { kept } from '#kit/server/data/redact.ts'
import { readSetting } from '#kit/server/door/setting.ts'
import { mayApprove } from './approval.ts'
import { approversOf, contentOf } from './approval.store.ts'
import { theirsToDecide } from './waiting.store.ts'

const rows = (db: Db) =>
  db
    .selectFrom('accessApproval as a')
    .innerJoin('accessUserName as u', 'u.id', 'a.askedBy')
    .leftJoin('accessUserName as d', 'd.id', 'a.decidedBy')
    .leftJoin('placeFact as p', 'p.id', 'a.place')
    .select([
      'a.id',
      'a.kinds',
      'a.permissions',
      'a.byOwner',
      'a.place',
      'p.name as placeName',
      'a.command',
      'a.facts',
      'a.state',
    ])
    .select(['a.askedBy', 'u.name as askedByName', 'a.askedAt', 'a.note', 'd.name as decidedByName', 'a.decidedAt'])
    .select(['a.decisionNote', 'a.expiresAt', 'a.content', 'a.decidedBy'])

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]
/** Without what only the program reads. */
const shown = ({ permissions: _, byOwner: __, content: ___, decidedBy: ____, ...row }: Row, { actor, now }: Ctx) => ({
  ...row,
  facts: visibleFacts(row.kinds, row.facts as Record<string, unknown>, (one) => holdsAt(actor, one, row.place)),
  isOver: Temporal.Instant.compare(row.expiresAt, now) <= 0,
})

const MOST = 200

/** What waits for the reader's word: asked by others, and theirs to decide. */
async function waitingFor(ctx: Ctx): Promise<Row[]> {
  const found = await rows(ctx.database.db)
    .where('a.state', '=', 'asked')
    .where('a.expiresAt', '>', ctx.now)
    .where('a.askedBy', '!=', ctx.actor.id!)
    .where(theirsToDecide(ctx.actor))
    .orderBy('a.askedAt', 'desc')
    .limit(MOST)
    .execute()
  return found.filter((row) => mayApprove(ctx.actor, row))
}

/** The inbox, what one asked for oneself, or what one decided; the newest first. */
export const listApprovals = query({
  name: 'access.listApprovals',
  can: 'signedIn',
  input: z.object({ show: z.enum(['waiting', 'mine', 'decided']).default('waiting') }),
  async run({ ctx, db, actor }, { show }) {
    if (show === 'waiting') return { rows: (await waitingFor(ctx)).map((row) => shown(row, ctx)) }
    const found = await rows(db)
      .where(show === 'mine' ? 'a.askedBy' : 'a.decidedBy', '=', actor.id)
      .where('a.state', '!=', 'needed')
      .orderBy(show === 'mine' ? 'a.askedAt' : 'a.decidedAt', 'desc')
      .limit(MOST)
      .execute()
    return { rows: found.map((row) => shown(row, ctx)) }
  },
})

/** How many wait for the reader, for the sign in the menu; and how many of the reader's own may be done now. */
export const countApprovals = query({
  name: 'access.countApprovals',
  can: 'signedIn',
  input: z.object({}),
  async run({ ctx, db, actor, now }) {
    const [waiting, ready] = await Promise.all([
      waitingFor(ctx),
      db
        .selectFrom('accessApproval')
        .select('id')
        .where('askedBy', '=', actor.id!)
        .where('state', '=', 'approved')
        .where('expiresAt', '>', now)
        .limit(MOST)
        .execute(),
    ])
    return { waiting: waiting.length, ready: ready.length }
  },
})

/** One matter with all that was asked for, to the letter, for whoever asked and whoever may decide. */
export const showApproval = query({
  name: 'access.showApproval',
  can: 'signedIn',
  input: z.object({ id: z.uuid() }),
  async run({ ctx, db, actor }, { id }) {
    const row = await rows(db).where('a.id', '=', id).executeTakeFirst()
    const isTheirs = row && (row.askedBy === actor.id || row.decidedBy === actor.id)
    if (!row || !(isTheirs || (row.state === 'asked' && mayApprove(actor, row)))) throw CommonProblem.notFound()
    const { input, hasFile } = await contentOf(ctx, row)
    return {
      ...shown(row, ctx),
      input: withoutSecrets(row.command, input),
      again: hasFile ? null : againOf(row.command, input),
    }
  },
})

/** All of it, but for what would let whoever decides act as somebody. */
const withoutSecrets = (name: string, input: unknown): unknown =>
  kept(declaredEndpoints.get(name)?.spec.input ?? z.unknown(), input, { withPersons: true })

/** Where a file that was agreed to is fetched; everything else is done on the spot. */
function againOf(name: string, input: unknown): string | null {
  if (name !== 'kit.export') return null
  const { entity, format, filters } = input as { entity: string; format: string; filters: Record<string, unknown> }
  const path = [...declaredEntities.values()].find((one) => one.name === entity)?.path
  if (!path) return null
  const search = new URLSearchParams(
    Object.entries({ ...filters, format }).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]])),
  )
  return `${path}/export?${search.toString()}`
}

/** Who else could agree at the device of whoever asks: those who have a PIN. */
export const listApprovers = query({
  name: 'access.listApprovers',
  can: 'signedIn',
  input: z.object({ id: z.uuid() }),
  async run({ ctx, db, actor }, { id }) {
    const row = await rows(db).where('a.id', '=', id).where('a.askedBy', '=', actor.id).executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    const [byPin, all] = await Promise.all([approversOf(ctx, db, row, { withPin: true }), approversOf(ctx, db, row)])
    return { rows: byPin.map((one) => ({ id: one.id!, name: one.name })), others: all.length }
  },
})

/** Which acts want a second person, as this company has decided. */
export const showApprovalSettings = query({
  name: 'access.showApprovalSettings',
  can: 'access.security.edit',
  input: z.object({}),
  async run({ db }) {
    const settings = await readSetting(db, 'approvals', approvalSettings)
    return {
      rows: [...declaredApprovals.values()].map((kind) => ({
        name: kind.name,
        when: kind.when,
        ...settingOf(kind, settings),
      })),
    }
  },
})
