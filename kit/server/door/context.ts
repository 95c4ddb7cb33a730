import type pg from 'pg'
import type { z } from 'zod'
import { may, NOWHERE, reachOf, type Actor, type Reach } from '../../access.ts'
import type { EventType } from '../../event.ts'
import { newId } from '../../id.ts'
import { CommonProblem } from '../../problem.ts'
import type { Asked } from './approval.ts'
import type { EffectKind } from './effect.ts'
import type { Database, Db } from '../data/db.ts'

/** Everything that a command or query knows about who asks, from where, and when. */
export interface Ctx {
  readonly database: Database
  readonly actor: Actor
  readonly now: Temporal.Instant
  readonly traceId: string
  /** The idempotency key of the request; a repetition with the same one gets the same answer. */
  readonly key?: string
  readonly address?: string
  readonly device?: string
  /** The token of the session that asks, hashed; sign-out and rotation need it. */
  readonly session?: string
  /** When whoever asks last proved who they are; risky acts want that to be recent. */
  readonly provenAt?: Temporal.Instant
  /** Whether the session or the key that asks still holds; what goes on for a while asks again. */
  readonly holdsStill?: () => Promise<boolean>
  /** Cookies of ours that the request brought: a browser that is known, a sign-in under way. */
  readonly cookies?: Readonly<Record<string, string | undefined>>
  /** A second person's agreement that came with the request. */
  readonly approval?: string
  /** Only the head of the answer is asked for: it is worked out, and nothing of it stays. */
  readonly headOnly?: boolean
  /** Only what would come of it is asked for: the command runs, tells its effects, and nothing of it stays. */
  readonly isReview?: boolean
  /** An uploaded file, already stored in a temporary place. */
  readonly upload?: Upload
  /** A transaction holds a connection for it already, so no query asks for another. */
  readonly isHeld?: true
}

export interface Upload {
  readonly path: string
  readonly name: string
  readonly type: string
  readonly size: number
  /** SHA-256 of its content, base64. */
  readonly hash: string
}

/** Inside a command. Only `command` makes one, so whoever holds a `Tx` has been authorised. */
export interface Tx {
  readonly db: Db
  /** For prepared statements on hot paths. */
  readonly client: pg.PoolClient
  /** The steps of lives that this command may take. */
  readonly takes: readonly string[]
  readonly ctx: Ctx
  readonly actor: Actor
  readonly now: Temporal.Instant
  /** What was asked for, to the letter. */
  readonly asked: Asked
  /**
   * Leaves a change to be written with COMMIT, together with all others as one statement. For rows that this command does
   * not read again; their constraints speak then.
   */
  write(change: Write): void
  /** Leaves something for a review to tell; costs nothing where nobody reviews. */
  effect<Item>(kind: EffectKind<Item>, item: NoInfer<Item>): void
  /** In a review: a second person has to agree to these kinds of things. */
  needsYes(kinds: readonly string[]): void
  /** Writes an event, and a job for each subscriber, in this transaction. */
  emit<Data>(type: EventType<Data>, data: NoInfer<z.input<EventType<Data>['data']>>): void
  /** Puts what changed on a record into the audit trail and the record's history. */
  changed(change: Change): void
  /** Names the record and place that this command is about, for the trail. */
  about(table: string, id: string, place?: string | null): void
  /**
   * Runs once the transaction has been committed, before it is answered; for telling this process, never for work that must not be
   * lost.
   */
  afterCommit(run: () => unknown): void
  /** Runs when nothing of the transaction stays: for what was put outside the database on its account. */
  afterRollback(run: () => unknown): void
  /**
   * Refuses when the actor may not do this at the place; what belongs to none takes a right that holds everywhere. Looks like
   * "not found": who may not see it learns nothing.
   */
  mayAt(permission: string, place: string | null): void
}

/** One `insert` or `update`. The name is permanent for its text: statements are prepared under it. */
export interface Write {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

export interface Change {
  readonly table: string
  readonly record: string
  readonly version?: number
  readonly before?: Readonly<Record<string, unknown>> | null
  readonly after?: Readonly<Record<string, unknown>> | null
}

/** Inside a query: reading only. */
export interface Reading {
  readonly db: Db
  readonly ctx: Ctx
  readonly actor: Actor
  readonly now: Temporal.Instant
  /** How far the permission of this query reaches for this actor. */
  readonly reach: Reach
}

export function authorise(actor: Actor, permission: string, place?: string | null): void {
  if (may(actor, permission, place)) return
  if (actor.kind === 'user' && actor.id === null)
    throw actor.isUnproven ? CommonProblem.proveDevice() : actor.isLocked ? CommonProblem.locked() : CommonProblem.signedOut()
  throw place !== undefined && may(actor, permission) ? CommonProblem.notFound() : CommonProblem.forbidden()
}

export const requireReach = (actor: Actor, permission: string): Reach => reachOf(actor, permission) ?? NOWHERE

/** Reads input with a schema. @throws Problem `kit.invalid` with every field's error in `details`. */
export function readInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const read = schema.safeParse(raw ?? {})
  if (read.success) return read.data
  throw CommonProblem.invalid(
    {},
    read.error.issues
      .slice(0, 100)
      .map((issue) => ({ path: issue.path.join('.'), code: issueCode(issue), message: issue.message, ...issueFacts(issue) })),
  )
}

/** Which sentence says what is wrong. */
export function issueCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' || issue.message === 'outOfRange' || issue.message === 'controlCharacters') return issue.message
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required'
  return issue.code
}

/** What a sentence about it has to tell: how long or how much, and which form was expected. */
function issueFacts(issue: z.core.$ZodIssue): { of?: string; n?: string; format?: string } {
  if (issue.code === 'too_big') return { of: issue.origin, n: String(issue.maximum) }
  if (issue.code === 'too_small') return { of: issue.origin, n: String(issue.minimum) }
  return issue.code === 'invalid_format' ? { format: issue.format } : {}
}

export const guest: Actor = { kind: 'user', id: null, name: 'guest', grants: new Map(), locale: 'en' }
/** The program itself, for jobs and maintenance; named in the trail. */
export const systemActor = (name: string): Actor => ({ kind: 'system', id: null, name, grants: new Map(), locale: 'en' })

let findActor: ((database: Database, id: string) => Promise<Actor | undefined>) | undefined
/** The module that knows people says who somebody is, for work that is done in their name after they have gone. */
export const provideActors = (find: NonNullable<typeof findActor>): void => {
  findActor = find
}
/** A job in somebody's name has their rights as they are now. @returns nothing when they may not sign in any more */
export async function contextOf(ctx: Ctx, person: string): Promise<Ctx | undefined> {
  const actor = await findActor?.(ctx.database, person)
  return actor && { ...ctx, actor }
}

/**
 * Whoever asks, with what they may still do now, for what goes on for a while; never more than they came with.
 * @throws Problem `kit.signedOut` when they may not sign in any more, or what they came with was taken back
 */
export async function stillMay(ctx: Ctx): Promise<Ctx> {
  if (ctx.actor.id === null) return ctx
  const { actor } = (await contextOf(ctx, ctx.actor.id)) ?? {}
  if (!actor || (await ctx.holdsStill?.()) === false) throw CommonProblem.signedOut()
  const grants = new Map([...actor.grants].filter(([permission]) => ctx.actor.grants.has(permission)))
  return { ...ctx, actor: { ...ctx.actor, grants, isOwner: Boolean(ctx.actor.isOwner && actor.isOwner) } }
}

export const systemContext = (database: Database, name: string, more: Partial<Ctx> = {}): Ctx => ({
  database,
  actor: systemActor(name),
  now: Temporal.Now.instant(),
  traceId: newId(),
  ...more,
})
