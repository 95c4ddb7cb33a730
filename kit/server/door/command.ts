import { hash } from 'node:crypto'
import type pg from 'pg'
import type { z } from 'zod'
import { intersect, reaches, reachOf } from '../../access.ts'
import { newId } from '../../id.ts'
import { CommonProblem, Problem } from '../../problem.ts'
import { keepNeed } from './approval.ts'
import { authorise, readInput, requireReach, type Change, type Ctx, type Reading, type Tx, type Write } from './context.ts'
import { asPgError, dbOf, json, lockedTo, type PgError, plansOnce } from '../data/db.ts'
import { tellEffects, type Effect } from './effect.ts'
import { writeTogether } from './write.ts'
import { subscribersOf } from './job.ts'
import { differing, kept, maskedSide } from '../data/redact.ts'
import { NewerKey } from '../data/seal.ts'

export interface CommandSpec<Schema extends z.ZodType, Output, Before = void> {
  /** Permanent and unique: `pos.completeSale`; stands in the audit trail. */
  readonly name: string
  /** The permission it needs, or `public` / `signedIn`. */
  readonly can: string
  readonly input: Schema
  /** The place that the input names, when it names one: the permission must reach it. */
  readonly place?: (input: z.output<Schema>) => string | null | undefined
  /** The steps of lives that it takes, by name and verb (`pos.shift:close`): \`step\` takes no others, and each has a command. */
  readonly takes?: readonly string[]
  /** Does it take a file? Then the request is multipart and `ctx.upload` is there. */
  readonly takesFile?: boolean
  /** Not a change that a person makes, so nothing for the trail (a draft, a view). */
  readonly untrailed?: boolean
  /** Run by jobs of the program itself, never by a request. */
  readonly internal?: boolean
  /** Done also while somebody looks through another one's eyes: leaving, locking the device. */
  readonly inView?: boolean
  /** A risky act: whoever asks must have proved who they are within the last minutes. */
  readonly stepUp?: boolean
  /** What it would do can be asked for beforehand. Never for what judges a proof: nobody tries one out without being counted. */
  readonly reviewed?: boolean
  /** The answer is a secret that is shown once, so it is not kept for repetitions: those are told so. */
  readonly shownOnce?: boolean
  /** Work that takes long and changes nothing, done before a connection is held: hashing, asking somebody else. */
  readonly before?: (ctx: Ctx, input: z.output<Schema>) => Promise<Before>
  run(tx: Tx, input: z.output<Schema>, before: Before): Promise<Output | Refused>
}

export interface Endpoint<Input, Output> {
  readonly kind: 'command' | 'query'
  readonly spec: {
    readonly name: string
    readonly can: string
    readonly input: z.ZodType
    readonly takes?: readonly string[]
    readonly takesFile?: boolean
    readonly internal?: boolean
    readonly reviewed?: boolean
  }
  readonly __input?: Input
  readonly __output?: Output
}

export interface Command<Input, Output> extends Endpoint<Input, Output> {
  (ctx: Ctx, input: Input): Promise<Output>
}

export interface Query<Input, Output> extends Endpoint<Input, Output> {
  (ctx: Ctx, input: Input): Promise<Output>
}

/** All commands and queries of the program, by name: the conformance test and the roles screen read it. */
export const declaredEndpoints = new Map<string, Endpoint<unknown, unknown>>()

/** Names of constraints and the problem that breaking them means; declared beside the table's slice. */
const constraintProblems = new Map<string, (error: PgError) => Problem>()
export const onConstraint = (constraint: string, problem: (error: PgError) => Problem): void => {
  constraintProblems.set(constraint, problem)
}

const ATTEMPTS = 4
const commitListeners = new Set<() => void>()
/** Called after a commit that wrote events; live updates and the worker listen. */
export const onEventsCommitted = (listener: () => void): void => {
  commitListeners.add(listener)
}

/**
 * A change someone asks for, done whole or not at all.
 *
 * Checks the permission, reads the input, opens one transaction and leaves one audit entry in it, with the events, their
 * jobs and the answer under the idempotency key. Serialisation failures and deadlocks are tried again.
 * A command never calls another command: share a plain function that takes `Tx` instead.
 */
export function command<Schema extends z.ZodType, Output, Before = void>(
  spec: CommandSpec<Schema, Output, Before>,
): Command<z.input<Schema>, Output> {
  const execute = async (ctx: Ctx, raw: z.input<Schema>): Promise<Output> => {
    if (ctx.actor.viewedBy && !spec.inView && !spec.internal) throw CommonProblem.viewOnly()
    authorise(ctx.actor, spec.can)
    if (ctx.isReview && !spec.reviewed) throw CommonProblem.badRequest()
    const input = readInput(spec.input, raw)
    if (spec.place) authorise(ctx.actor, spec.can, spec.place(input) ?? null)
    if (spec.stepUp) requireProof(ctx)
    const hash = ctx.key ? hashOf(spec.name, raw, ctx) : ''
    let before: Before
    for (let attempt = 1; ; attempt++) {
      try {
        if (attempt === 1) before = (await spec.before?.(ctx, input)) as Before
        return await inTransaction(ctx, spec, input, before!, raw, hash)
      } catch (error) {
        const pgError = asPgError(error)
        if (error instanceof NewerKey && attempt < ATTEMPTS) {
          await ctx.database.keys.load(ctx.database.pool)
          continue
        }
        if (attempt < ATTEMPTS && pgError && ['40001', '40P01'].includes(pgError.code)) continue
        if (error instanceof Problem && error.status === 401) throw error
        // The key is looked up only now: the unique key is the last judge, and a first request pays nothing for it.
        const earlier = ctx.key && !ctx.isReview ? await earlierAnswer(ctx, spec.name, hash) : undefined
        if (earlier && spec.shownOnce) throw CommonProblem.shownOnce()
        if (earlier) return earlier.answer as Output
        if (pgError) throw problemOf(pgError)
        if (ctx.headOnly || ctx.isReview) throw error
        throw await keepNeed(ctx, askedOf(ctx, spec.name, raw), error)
      }
    }
  }
  const made: Command<z.input<Schema>, Output> = Object.assign(execute, { kind: 'command' as const, spec })
  if (declaredEndpoints.has(spec.name)) throw new Error(`Two commands or queries are named ${spec.name}`)
  declaredEndpoints.set(spec.name, made as Endpoint<unknown, unknown>)
  return made
}

/** How long a proof of who somebody is holds for risky acts. */
export const PROOF_MINUTES = 10

function requireProof({ actor, provenAt, now }: Ctx): void {
  if (actor.kind !== 'user') return
  if (!provenAt || now.since(provenAt).total('minutes') > PROOF_MINUTES) throw CommonProblem.proveAgain()
}

/** What people look at: checks the permission, reads the input, changes nothing. */
export function query<Schema extends z.ZodType, Output>(spec: {
  readonly name: string
  readonly can: string
  /** What is told goes no further than this right does either: nobody carries away what they don't see. */
  readonly within?: string
  readonly input: Schema
  readonly place?: (input: z.output<Schema>) => string | null | undefined
  run(reading: Reading, input: z.output<Schema>): Promise<Output>
}): Query<z.input<Schema>, Output> {
  const execute = async (ctx: Ctx, raw: z.input<Schema>): Promise<Output> => {
    // Twenty transactions that each wait for one more connection leave none to anybody: such work comes before them.
    if (ctx.isHeld) throw new Error(`${spec.name} was asked for within a transaction`)
    const rights = spec.within ? [spec.can, spec.within] : [spec.can]
    for (const right of rights) authorise(ctx.actor, right)
    const input = readInput(spec.input, raw)
    if (spec.place) for (const right of rights) authorise(ctx.actor, right, spec.place(input) ?? null)
    const reach = rights.map((right) => requireReach(ctx.actor, right)).reduce(intersect)
    const database = ctx.actor.sellers ? lockedTo(ctx.database, ctx.actor.sellers) : ctx.database
    const reading: Reading = { db: database.db, ctx: { ...ctx, database }, actor: ctx.actor, now: ctx.now, reach }
    try {
      return await spec.run(reading, input)
    } catch (error) {
      // Another process has begun to seal with a newer key.
      if (!(error instanceof NewerKey)) throw error
      await ctx.database.keys.load(ctx.database.pool)
      return await spec.run(reading, input)
    }
  }
  const made: Query<z.input<Schema>, Output> = Object.assign(execute, { kind: 'query' as const, spec })
  if (declaredEndpoints.has(spec.name)) throw new Error(`Two commands or queries are named ${spec.name}`)
  declaredEndpoints.set(spec.name, made as Endpoint<unknown, unknown>)
  return made
}

/** A refusal that must leave something behind, like a counted wrong password: the transaction commits, then it is thrown. */
export class Refused {
  readonly problem: Problem
  constructor(problem: Problem) {
    this.problem = problem
  }
}

/** What a command answers that is rolled back: the head of its answer, or what it would have done. */
class Undone {
  readonly output: unknown
  constructor(output: unknown) {
    this.output = output
  }
}

interface Trail {
  readonly changes: Change[]
  readonly events: { name: string; place: string | null; data: unknown }[]
  readonly writes: Write[]
  readonly afterCommit: (() => unknown)[]
  readonly afterRollback: (() => unknown)[]
  readonly effects: Effect[]
  readonly approvals: string[]
  about?: { table: string; id: string; place: string | null }
}

// Prepared, so that they are parsed once for each connection.
const BEGIN = { name: 'begin', text: 'begin' }
const COMMIT = { name: 'commit', text: 'commit' }

async function inTransaction<Schema extends z.ZodType, Output, Before>(
  ctx: Ctx,
  spec: CommandSpec<Schema, Output, Before>,
  input: z.output<Schema>,
  before: Before,
  raw: unknown,
  hash: string,
): Promise<Output> {
  const client = await ctx.database.pool.connect()
  const trail: Trail = { changes: [], events: [], writes: [], afterCommit: [], afterRollback: [], effects: [], approvals: [] }
  let done = false
  let plans: ReturnType<typeof plansOnce> | undefined
  try {
    // Not awaited: the connection is pipelined, so BEGIN travels with the first statement.
    client.query(BEGIN).catch(() => undefined)
    plans = plansOnce(client)
    const tx = makeTx(ctx, client, trail, spec, raw)
    const output = await spec.run(tx, input, before)
    if (ctx.headOnly) throw new Undone(output)
    if (ctx.isReview) throw new Undone(await review(tx, trail, output))
    const recorded = record(client, ctx, spec, raw, hash, output, trail)
    recorded.catch(() => undefined)
    const committed = client.query(COMMIT)
    committed.catch(() => undefined)
    await recorded
    const { command: tag } = await committed
    if (tag !== 'COMMIT') throw new Error(`the transaction of ${spec.name} ended with ${tag}`)
    done = true
    client.release()
    for (const run of trail.afterCommit) await run()
    if (trail.events.length > 0) for (const listener of commitListeners) listener()
    if (output instanceof Refused) throw output.problem
    return output
  } catch (error) {
    if (done) throw error
    plans?.undone()
    const isUndone = await client.query('rollback').then(
      () => {
        client.release()
        return true
      },
      (broken: Error) => {
        client.release(broken)
        return false
      },
    )
    // Of a connection that is lost nobody knows what became of its COMMIT, so what may belong to it stays.
    if (isUndone) await Promise.allSettled(trail.afterRollback.map(async (run) => run()))
    if (error instanceof Undone) return error.output as Output
    throw error
  }
}

/** What the command left to be written is judged by the database before it is told. */
async function review(tx: Tx, trail: Trail, output: unknown): Promise<unknown> {
  if (output instanceof Refused) throw output.problem
  await Promise.all(writeTogether(tx.client, trail.writes))
  return tellEffects(tx, trail.effects, trail.approvals)
}

function makeTx(
  ctx: Ctx,
  client: pg.PoolClient,
  trail: Trail,
  { name: command, takes = [] }: { name: string; takes?: readonly string[] },
  raw: unknown,
): Tx {
  const held: Ctx = { ...ctx, isHeld: true }
  return {
    get asked() {
      return askedOf(ctx, command, raw)
    },
    get db() {
      return dbOf(client, ctx.database.keys)
    },
    client,
    takes,
    ctx: held,
    actor: ctx.actor,
    now: ctx.now,
    write: (change) => void trail.writes.push(change),
    effect(kind, item) {
      if (ctx.isReview) trail.effects.push({ kind, item } as unknown as Effect)
    },
    needsYes: (kinds) => void trail.approvals.push(...kinds),
    emit(type, data) {
      const facts = type.data.parse(data) as { place?: string | null }
      trail.events.push({ name: type.name, place: facts.place ?? null, data: facts })
    },
    changed: (change) => void trail.changes.push(differing(change)),
    about(table, id, place = null) {
      trail.about = { table, id, place }
    },
    afterCommit: (run) => void trail.afterCommit.push(run),
    afterRollback: (run) => void trail.afterRollback.push(run),
    mayAt(permission, place) {
      const reach = reachOf(ctx.actor, permission)
      if (!reach || !reaches(reach, place)) throw CommonProblem.notFound()
    },
  }
}

const RECORD_ENTRY = `insert into audit_entry
  (id, actor_kind, actor, actor_name, command, input, reason, about_table, about, place, trace_id, address, device)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
const RECORD_KEY = `insert into idempotency_key (key, actor, command, input_hash, answer, at) values ($1, $2, $3, $4, $5, $6)`
const RECORD_CHANGES = `insert into audit_change (id, entry, table_name, record, version, before, after)
  select c.id, $1, c.table_name, c.record, c.version, c.before, c.after
  from jsonb_to_recordset($2::jsonb) as c(id uuid, table_name text, record uuid, version int, before jsonb, after jsonb)`
const RECORD_EVENTS = `insert into event (name, place, data, by, at)
  select e.name, e.place, e.data, $1, $2 from jsonb_to_recordset($3::jsonb) as e(name text, place uuid, data jsonb)`
const ADD_JOBS = `select graphile_worker.add_job(j.name, j.payload, max_attempts := j.attempts)
  from jsonb_to_recordset($1::jsonb) as j(name text, payload json, attempts int)`

/** What the command left to be written, its entry, changes, events and answer: one statement, which travels with COMMIT. */
function record(
  client: pg.PoolClient,
  ctx: Ctx,
  spec: { name: string; can: string; input: z.ZodType; untrailed?: boolean; shownOnce?: boolean },
  raw: unknown,
  hash: string,
  output: unknown,
  trail: Trail,
): Promise<unknown> {
  const at = ctx.now.toString()
  const writes = [...trail.writes]
  // Whoever is nobody here and has changed nothing leaves counters, and no entry of their choosing.
  const isKnocking = ctx.actor.kind === 'user' && ctx.actor.id === null && !trail.about && trail.changes.length === 0
  if (!spec.untrailed && !isKnocking) writes.push(...entryOf(ctx, spec, raw, trail))
  if (trail.events.length > 0)
    writes.push({ name: 'record-events', text: RECORD_EVENTS, values: [spec.name, at, json(trail.events)] })
  if (ctx.key && !(output instanceof Refused)) {
    const answer = spec.shownOnce ? null : ctx.database.keys.sealed(recordOfKey(ctx.key), output ?? null)
    const values = [ctx.key, ctx.actor.id, spec.name, hash, answer, at]
    writes.push({ name: 'record-key', text: RECORD_KEY, values })
  }
  const sent: Promise<unknown>[] = writeTogether(client, writes)
  const jobs = trail.events.flatMap((one) =>
    subscribersOf(one.name).map((job) => ({ name: job.name, payload: one.data, attempts: job.attempts })),
  )
  if (jobs.length > 0) sent.push(client.query({ name: 'add-jobs', text: ADD_JOBS, values: [json(jobs)] }))
  return Promise.all(sent)
}

function entryOf(ctx: Ctx, spec: { name: string; input: z.ZodType }, raw: unknown, { about, changes }: Trail): Write[] {
  const id = newId()
  const actor = ctx.actor.viewedBy ? { kind: 'user', ...ctx.actor.viewedBy } : ctx.actor
  const input = kept(spec.input, raw, { stranger: ctx.actor.kind === 'user' && ctx.actor.id === null })
  const reason = (input as { reason?: unknown } | null)?.reason
  const entry: Write = {
    name: 'record-entry',
    text: RECORD_ENTRY,
    values: [
      id,
      actor.kind,
      actor.id,
      actor.name,
      spec.name,
      json(input),
      typeof reason === 'string' ? reason : null,
      about?.table ?? null,
      about?.id ?? null,
      about?.place ?? null,
      ctx.traceId,
      ctx.address ?? null,
      ctx.device ?? null,
    ],
  }
  if (changes.length === 0) return [entry]
  const rows = changes.map((change) => ({
    id: newId(),
    table_name: change.table,
    record: change.record,
    version: change.version ?? null,
    before: maskedSide(change.table, change.before),
    after: maskedSide(change.table, change.after),
  }))
  return [entry, { name: 'record-changes', text: RECORD_CHANGES, values: [id, json(rows)] }]
}

async function earlierAnswer(ctx: Ctx, name: string, hash: string): Promise<{ answer: unknown } | undefined> {
  const { rows } = await ctx.database.pool.query<{ command: string; input_hash: string; answer: unknown }>(
    'select command, input_hash, answer from idempotency_key where key = $1',
    [ctx.key],
  )
  const row = rows[0]
  if (!row) return undefined
  if (row.command !== name || row.input_hash !== hash) throw CommonProblem.keyReused()
  return { answer: row.answer }
}

/** A key is no id; its answer is sealed for what comes of it. */
const recordOfKey = (key: string): string => hash('md5', key, 'hex')

const hashOf = (name: string, raw: unknown, ctx: Ctx): string =>
  // Keyed, because a password or a PIN may be in it: without the key nobody tries them out on a copy of the database.
  ctx.database.keys.index('asked', `${ctx.actor.id}|${name}|${ctx.upload?.hash ?? ''}|${json(raw ?? null)}`)

const askedOf = (ctx: Ctx, command: string, raw: unknown) => ({ command, hash: hashOf(command, raw, ctx), input: raw })

/** What a database refusal means to a person; what nobody declared stays a bug. */
export function problemOf(error: PgError): Error {
  const declared = error.constraint ? constraintProblems.get(error.constraint) : undefined
  if (declared) return declared(error)
  if (error.code === '23505') return CommonProblem.duplicate({ field: duplicateField(error) })
  if (error.code === '23503') return error.message.includes('update or delete') ? CommonProblem.inUse() : CommonProblem.notFound()
  if (error.code === '55P03' || error.code === '40001' || error.code === '40P01') return CommonProblem.busy()
  // Class 22: a value that no column can hold, like a sum beyond 64 bits.
  if (error.code.startsWith('22')) return CommonProblem.badRequest()
  return error
}

const duplicateField = (error: PgError): string => /^Key \(([^=]{1,200}?)\)=/.exec(error.detail ?? '')?.[1] ?? 'this'

export const isProblem = (error: unknown): error is Problem => error instanceof Problem
