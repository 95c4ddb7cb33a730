import { z } from 'zod'
import { holdsAt, type Actor } from '../../access.ts'
import { visibleFacts, type ApprovalKind, type ApprovalNeed } from '../../approval.ts'
import { CommonProblem, Problem } from '../../problem.ts'
import type { Ctx, Tx } from './context.ts'
import { readSetting } from './setting.ts'
import { whole, type Part } from '../../part.ts'

/** What a company decided about second persons: which acts want one, and from which amount on (minor units). */
export const approvalSettings = z
  .record(
    z.string(),
    z.object({
      on: z.boolean(),
      limit: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
    }),
  )
  .default({})
export type ApprovalSettings = z.output<typeof approvalSettings>

/** Keeps what people ask each other; the module that knows people provides it. */
export interface Approvals {
  /**
   * Notes what was refused for want of a second person. @returns the id under which somebody may agree to exactly this, or
   * has agreed: then what was agreed to has not been done yet, because something else stood in its way
   */
  keep(ctx: Ctx, asked: Asked, need: ApprovalNeed): Promise<{ id: string; isAgreed?: true }>
  /** Uses an approval up, in the transaction of what it allows. @returns who agreed @throws `kit.approvalNeeded` when it is none for this */
  take(tx: Tx, id: string, asked: Asked, need: ApprovalNeed): Promise<string>
}
/** What was asked for, to the letter: the hash is over who asks, the command and all of its input. */
export interface Asked {
  readonly command: string
  readonly hash: string
  readonly input: unknown
}
const keepers = whole<Approvals>()
export const provideApprovals = (approvals: Approvals): Part => keepers.part(approvals)

const versions = new WeakMap<Tx, string>()
/** What is agreed to in this transaction is this version of a record, and no other. */
export const agreedAsItIs = (
  tx: Tx,
  { table }: { readonly table: string },
  row: { readonly id: string; readonly version: number },
) => void versions.set(tx, `${table} ${row.id} ${row.version}`)

/**
 * Goes on only with a second person's agreement to exactly this, which is used up with it. Called under the locks of the
 * command and before it writes anything.
 * @returns who agreed; nothing where nobody had to
 * @throws `kit.approvalNeeded`, of which the details say whom to ask
 */
export async function secondPerson(
  tx: Tx,
  kinds: ApprovalKind | readonly ApprovalKind[],
  { place = null, facts, amount }: { place?: string | null; facts: Readonly<Record<string, unknown>>; amount?: bigint },
): Promise<string | null> {
  if (tx.actor.kind !== 'user') return null
  const wanted = await wantedOf(tx, [kinds].flat() as readonly ApprovalKind[], amount)
  if (wanted.length === 0) return null
  if (tx.ctx.isReview) {
    tx.needsYes(wanted.filter((one) => mayWeigh(tx.actor, one, place)).map((one) => one.name))
    return null
  }
  const need: ApprovalNeed = {
    kinds: wanted.map((one) => one.name),
    permissions: wanted.map((one) => one.permission),
    byOwner: wanted.some((one) => one.byOwner),
    place,
    ...(versions.has(tx) && { bound: versions.get(tx)! }),
    facts,
  }
  const [approvals] = keepers.all()
  if (!tx.ctx.approval || !approvals) throw CommonProblem.approvalNeeded({}, need)
  return approvals.take(tx, tx.ctx.approval, tx.asked, need)
}

/**
 * Whoever may not see the amounts of a kind is not told by a review whether one is above the limit: reviews cost nothing, so the
 * least quantity that is would tell what one of it costs. They hear it once they do it.
 */
const mayWeigh = (actor: Actor, { when, seenBy = {} }: ApprovalKind, place: string | null): boolean =>
  when !== 'aboveLimit' || Object.values(seenBy).every((permission) => holdsAt(actor, permission, place))

async function wantedOf(tx: Tx, kinds: readonly ApprovalKind[], amount: bigint | undefined): Promise<readonly ApprovalKind[]> {
  if (kinds.every((one) => one.when === 'always')) return kinds
  const settings = await readSetting(tx.db, 'approvals', approvalSettings)
  return kinds.filter((kind) => {
    if (kind.when === 'always') return true
    const setting = settingOf(kind, settings)
    if (!setting.on) return false
    return kind.when === 'whenOn' || (amount ?? 0n) > BigInt(setting.limit ?? '0')
  })
}

/** What a company decided about a kind, or what it begins with. */
export const settingOf = ({ name, limit }: Pick<ApprovalKind, 'name' | 'limit'>, settings: ApprovalSettings) =>
  settings[name] ?? (limit === undefined ? { on: false } : { on: true, limit })

/** After the refusal has been rolled back: notes it, so that a second person can agree to exactly what was asked. */
export async function keepNeed(ctx: Ctx, asked: Asked, error: unknown): Promise<unknown> {
  if (!(error instanceof Problem) || error.code !== 'kit.approvalNeeded') return error
  const need = error.details as ApprovalNeed
  // Kept whole for those who may see it; told as far as whoever asked may.
  const { bound: _, ...open } = need
  const told = { ...open, facts: visibleFacts(need.kinds, need.facts, (one) => holdsAt(ctx.actor, one, need.place)) }
  const [approvals] = keepers.all()
  if (!approvals || !ctx.actor.id || ctx.actor.isProgram) return CommonProblem.approvalNeeded({}, told)
  return CommonProblem.approvalNeeded({}, { ...told, ...(await approvals.keep(ctx, asked, need)) })
}
