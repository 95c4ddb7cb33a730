import { sql, type Selectable } from 'kysely'
import type { Tables } from '#db/tables.ts'
import type { Actor } from '#kit/access.ts'
import type { ApprovalNeed } from '#kit/approval.ts'
import { maskSearch, maskText } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { mayStep } from '#kit/machine.ts'
import { CommonProblem } from '#kit/problem.ts'
import { provideApprovals, type Asked } from '#kit/server/door/approval.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import { json, type Db } from '#kit/server/data/db.ts'
import { step } from '#kit/server/door/step.ts'
import { actorsById, colleagues, readPolicy } from '#modules/access/index.ts'
import { APPROVAL, approvalLife, ApprovalProblem, mayApprove } from './approval.ts'
import { sealedText } from '#kit/server/vault/reseal.ts'

const about = sealedText('access_approval', 'content', (id) => `access_approval content ${id}`)

export const approvals = provideApprovals({
  async keep(ctx, asked, need) {
    // Whoever came with an agreement that does not count asks for another one.
    const agreed = ctx.approval ? undefined : await agreedTo(ctx, asked, need)
    if (agreed) return { id: agreed, isAgreed: true }
    const id = newId()
    const ring = ctx.database.keys
    const row = await ctx.database.db
      .insertInto('accessApproval')
      .values({
        id,
        kinds: [...need.kinds],
        permissions: [...need.permissions],
        byOwner: need.byOwner,
        place: need.place,
        command: asked.command,
        contentHash: matterOf(ring, asked, need),
        content: ring.seal(json({ input: asked.input ?? null, hasFile: ctx.upload !== undefined }), about(id)),
        facts: json(need.facts, (key, value) =>
          typeof value !== 'string' ? value : key === 'q' ? maskSearch(value) : maskText(value),
        ),
        askedBy: ctx.actor.id!,
        askedAt: ctx.now,
        expiresAt: ctx.now.add({ minutes: APPROVAL.needed }),
      })
      // Asked again for the same: it is the same matter, and what was said about it stands.
      .onConflict((conflict) =>
        conflict
          .columns(['askedBy', 'contentHash'])
          .where(sql<boolean>`state in ('needed', 'asked')`)
          .doUpdateSet((eb) => ({ expiresAt: eb.fn('greatest', ['accessApproval.expiresAt', 'excluded.expiresAt']) as never })),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id: row.id }
  },
  async take(tx, id, asked, need) {
    const row = await tx.db.selectFrom('accessApproval').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    const isOpen = row && mayStep(approvalLife, 'use', row.state) && Temporal.Instant.compare(row.expiresAt, tx.now) > 0
    if (!isOpen || row.askedBy !== tx.actor.id) throw CommonProblem.approvalNeeded({}, need)
    if (!isFor(tx.ctx, row, asked, need)) throw ApprovalProblem.other()
    const by = await stillAgreeing(tx.ctx, tx.db, row)
    if (!by) throw CommonProblem.approvalNeeded({}, need)
    await step(tx, approvalLife, row, 'use', { usedAt: tx.now }, { told: { approvedBy: by.name } })
    return by.id!
  },
})

type Approval = Selectable<Tables['accessApproval']>

/**
 * What somebody agrees to: what was asked for, of the record as it is, with the facts that they saw. What changed since is another
 * matter.
 */
const matterOf = (ring: Ctx['database']['keys'], { hash }: Asked, { bound = '', facts }: ApprovalNeed) =>
  ring.index('asked', `${hash}|${bound}|${json(facts)}`)

/** Is it about this, and no less than what this takes? */
const isFor = ({ database }: Ctx, row: Approval, asked: Asked, need: ApprovalNeed): boolean =>
  row.contentHash === matterOf(database.keys, asked, need) &&
  row.command === asked.command &&
  row.place === need.place &&
  need.permissions.every((one) => row.permissions.includes(one)) &&
  (!need.byOwner || row.byOwner)

/** Whoever agreed, if they are still somebody who may. */
async function stillAgreeing(ctx: Ctx, db: Db, row: Approval): Promise<Actor | undefined> {
  const [by] = await actorsById(ctx.database, [row.decidedBy!], db)
  return by && mayApprove(by, row) ? by : undefined
}

/** An agreement to exactly this that was not used up, because what it allows was then refused for another reason. */
async function agreedTo(ctx: Ctx, asked: Asked, need: ApprovalNeed): Promise<string | undefined> {
  const { db } = ctx.database
  const row = await db
    .selectFrom('accessApproval')
    .selectAll()
    .where('askedBy', '=', ctx.actor.id!)
    .where('contentHash', '=', matterOf(ctx.database.keys, asked, need))
    .where('state', '=', 'approved')
    .where('expiresAt', '>', ctx.now)
    .orderBy('expiresAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && isFor(ctx, row, asked, need) && (await stillAgreeing(ctx, db, row)) ? row.id : undefined
}

/** One matter, locked. @throws `access.approval.gone` when it has been settled or has run out */
export async function lockApproval(tx: Tx, id: string, verb: keyof typeof approvalLife.steps) {
  const row = await tx.db.selectFrom('accessApproval').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw CommonProblem.notFound()
  if (!mayStep(approvalLife, verb, row.state) || Temporal.Instant.compare(row.expiresAt, tx.now) <= 0)
    throw ApprovalProblem.gone()
  return row
}

/** What was asked for, to be read or done. */
export async function contentOf(
  ctx: Ctx,
  { id, content }: { id: string; content: string },
): Promise<{ input: unknown; hasFile: boolean }> {
  return JSON.parse(ctx.database.keys.open(content, about(id))) as { input: unknown; hasFile: boolean }
}

/** Everybody else who could agree, by what it takes; `withPin` only those who can do it at somebody else's device. */
export async function approversOf(
  ctx: Ctx,
  db: Db,
  need: Omit<ApprovalNeed, 'kinds' | 'facts'> & { askedBy: string },
  { withPin = false } = {},
) {
  const { policy } = await readPolicy(db)
  // However many people there are, only these are judged one by one.
  const roles = [...policy].flatMap(([role, lines]) => (need.permissions.some((one) => lines.has(one)) ? [role] : []))
  const people = await colleagues(db, need.askedBy, { roles, withPin })
  const actors = await actorsById(ctx.database, people, db)
  return actors.filter((one) => mayApprove(one, need))
}
