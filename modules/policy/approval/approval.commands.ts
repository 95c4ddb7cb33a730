import { z } from 'zod'
import { declaredApprovals } from '#kit/approval.ts'
import { approvalSettings } from '#kit/server/door/approval.ts'
import { linkTo } from '#kit/server/host/address.ts'
import { command, declaredEndpoints, Refused, type Endpoint } from '#kit/server/door/command.ts'
import { authorise, readInput, type Ctx, type Tx } from '#kit/server/door/context.ts'
import { postMessage } from '#kit/server/door/message.ts'
import { writeSetting } from '#kit/server/door/setting.ts'
import { step } from '#kit/server/door/step.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { settle, tell } from '#kit/server/record/notice.ts'
import { translate } from '#kit/words.ts'
import { CommonProblem } from '#kit/problem.ts'
import { actorsById, addressesOf, judgePinOf, seldom } from '#modules/access/index.ts'
import { pinInput, SessionProblem } from '#modules/access/session/session.ts'
import {
  APPROVAL,
  approvalAskedMessage,
  approvalChanged,
  approvalDecidedMessage,
  approvalLife,
  approvalWaiting,
  ApprovalProblem,
  mayApprove,
} from './approval.ts'
import { approversOf, contentOf, lockApproval } from './approval.store.ts'

const noteInput = z.string().trim().max(300).nullable().default(null)
const MAILED = 20
const TOLD = 50
/** So often in an hour somebody's wishes are mailed; more of them stand in the inbox all the same. */
const ASKED_HOURLY = 30

/** Sends the matter to everybody who could agree to it: it stands in their inbox, and they are mailed. */
export const askForApproval = command({
  name: 'access.askForApproval',
  can: approvalLife.steps.ask.can,
  takes: ['access.approval:ask'],
  input: z.object({ id: z.uuid(), note: noteInput }),
  before: (ctx) => seldom(ctx, 'approval', ASKED_HOURLY),
  async run(tx, { id, note }, isMailed) {
    const row = await lockApproval(tx, id, 'ask')
    if (row.askedBy !== tx.actor.id) throw CommonProblem.notFound()
    const expiresAt = tx.now.add({ minutes: APPROVAL.asked })
    await step(tx, approvalLife, row, 'ask', { note, expiresAt })
    const approvers = await approversOf(tx.ctx, tx.db, { ...row, askedBy: row.askedBy })
    const told = approvers.slice(0, TOLD).map((one) => one.id!)
    await tell(tx, approvalWaiting, told, { table: 'access_approval', record: id, facts: { kinds: row.kinds } })
    const addresses = await addressesOf(
      tx.db,
      approvers.slice(0, isMailed ? MAILED : 0).map((one) => one.id!),
    )
    for (const one of addresses)
      await postMessage(tx, approvalAskedMessage, {
        to: one.email,
        locale: one.locale,
        facts: {
          name: one.name,
          by: tx.actor.name,
          what: whatText(one.locale, row.kinds),
          note: note ?? '',
          link: linkTo('/approvals'),
        },
        about: id,
      })
    tx.about('access_approval', id, row.place)
    tx.emit(approvalChanged, { approval: id })
    return { asked: approvers.length }
  },
})

const whatText = (locale: string, kinds: readonly string[]): string => {
  const t = translate(serverWords(), locale)
  return kinds.map((kind) => t(`approval.${kind}`)).join(', ')
}

/** Somebody else agrees at the device of whoever asks, by their PIN. Five wrong ones lock it for a while. */
export const approveByPin = command({
  name: 'access.approveByPin',
  can: approvalLife.steps.approve.can,
  takes: ['access.approval:approve'],
  input: z.object({ id: z.uuid(), approver: z.uuid(), pin: pinInput }),
  async run(tx, { id, approver, pin }) {
    const row = await lockApproval(tx, id, 'approve')
    if (row.askedBy !== tx.actor.id) throw CommonProblem.notFound()
    if (approver === tx.actor.id) throw ApprovalProblem.notYours()
    const judged = await judgePinOf(tx, approver, pin)
    if (judged instanceof Refused) return judged
    const [by] = await actorsById(tx.ctx.database, [judged.id], tx.db)
    if (!by || !mayApprove(by, { ...row, askedBy: row.askedBy })) throw SessionProblem.wrongPin()
    await decide(tx, row, { approve: true, by: judged.id, note: null, minutes: APPROVAL.byPin })
    return { approved: true, by: by.name }
  },
})

/** Somebody who may agrees or refuses, in their own name. */
export const decideApproval = command({
  name: 'access.decideApproval',
  can: approvalLife.steps.reject.can,
  takes: ['access.approval:approve', 'access.approval:reject'],
  stepUp: true,
  input: z.object({ id: z.uuid(), approve: z.boolean(), note: noteInput }),
  async run(tx, { id, approve, note }) {
    const row = await lockApproval(tx, id, approve ? 'approve' : 'reject')
    if (row.state === 'needed') throw CommonProblem.notFound()
    if (!mayApprove(tx.actor, { ...row, askedBy: row.askedBy })) throw ApprovalProblem.notYours()
    await decide(tx, row, { approve, by: tx.actor.id!, note, minutes: APPROVAL.approved })
    const [asker] = await addressesOf(tx.db, [row.askedBy])
    if (asker) {
      const t = translate(serverWords(), asker.locale)
      await postMessage(tx, approvalDecidedMessage, {
        to: asker.email,
        locale: asker.locale,
        facts: {
          name: asker.name,
          by: tx.actor.name,
          what: whatText(asker.locale, row.kinds),
          decision: t(approve ? 'state.approved' : 'state.rejected'),
          note: note ?? '',
          link: linkTo('/approvals?show=mine'),
        },
        about: id,
      })
    }
    return { decided: true }
  },
})

async function decide(
  tx: Tx,
  row: { id: string; state: string; place: string | null },
  decision: { approve: boolean; by: string; note: string | null; minutes: number },
): Promise<void> {
  await step(tx, approvalLife, row, decision.approve ? 'approve' : 'reject', {
    decidedBy: decision.by,
    decidedAt: tx.now,
    decisionNote: decision.note,
    expiresAt: tx.now.add({ minutes: decision.minutes }),
  })
  await settle(tx, approvalWaiting, row.id)
  tx.about('access_approval', row.id, row.place)
  tx.emit(approvalChanged, { approval: row.id })
}

/** Whoever asked does not want it any more. */
export const withdrawApproval = command({
  name: 'access.withdrawApproval',
  can: approvalLife.steps.withdraw.can,
  takes: ['access.approval:withdraw'],
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    const row = await lockApproval(tx, id, 'withdraw')
    if (row.askedBy !== tx.actor.id) throw CommonProblem.notFound()
    await step(tx, approvalLife, row, 'withdraw', { decidedBy: null })
    await settle(tx, approvalWaiting, id)
    tx.about('access_approval', id, row.place)
    tx.emit(approvalChanged, { approval: id })
    return { withdrawn: true }
  },
})

const completeInput = z.object({ id: z.uuid() })

/**
 * Does what was agreed to, in the name and with the rights of whoever asked for it, and through the same command: this only
 * finds it. No command of its own, because commands never call commands.
 */
export const completeApproved: Endpoint<z.input<typeof completeInput>, unknown> = Object.assign(
  async (ctx: Ctx, raw: z.input<typeof completeInput>): Promise<unknown> => {
    authorise(ctx.actor, 'signedIn')
    const { id } = readInput(completeInput, raw)
    const row = await ctx.database.db
      .selectFrom('accessApproval')
      .select(['id', 'command', 'content'])
      .where('id', '=', id)
      .where('askedBy', '=', ctx.actor.id)
      .executeTakeFirst()
    if (!row) throw CommonProblem.notFound()
    const { input, hasFile } = await contentOf(ctx, row)
    if (hasFile) throw ApprovalProblem.noFile()
    const endpoint = declaredEndpoints.get(row.command)
    if (!endpoint || endpoint.spec.internal) throw ApprovalProblem.noFile()
    return (endpoint as unknown as (ctx: Ctx, input: unknown) => Promise<unknown>)({ ...ctx, approval: id }, input)
  },
  { kind: 'command' as const, spec: { name: 'access.completeApproved', can: 'signedIn', input: completeInput } },
)
declaredEndpoints.set('access.completeApproved', completeApproved as never)

/** Which acts want a second person. What always wants one can't be turned off. */
export const changeApprovalSettings = command({
  name: 'access.changeApprovalSettings',
  can: 'access.security.edit',
  stepUp: true,
  input: z.object({ settings: approvalSettings.unwrap().refine((settings) => Object.keys(settings).length > 0) }),
  async run(tx, { settings }) {
    await writeSetting(
      tx,
      'approvals',
      Object.fromEntries(Object.entries(settings).filter(([name]) => declaredApprovals.has(name))),
    )
    return { changed: true }
  },
})
