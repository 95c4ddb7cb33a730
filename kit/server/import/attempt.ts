import { sql } from 'kysely'
import { CommonProblem, Problem } from '../../problem.ts'
import { problemOf } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { asPgError } from '../data/db.ts'
import { owedByNew } from './custom.ts'
import type { Brought, Extra, TakenRow } from './extra.ts'
import type { Group, Importable, Judged, Outcome, Pass, Took, Trace, Warned } from './importable.ts'

/**
 * Takes groups for real, with what was asked for beside them, and takes them back again when `keep` is not set: the dry run is
 * the run up to here, so it cannot say anything else. What the database refuses about one group is a refusal of that group; the
 * others go in.
 */
export async function attempt(
  tx: Tx,
  { target, extras = [], keep }: { target: Importable; extras?: readonly Extra[]; keep: boolean },
  groups: readonly Group[],
  pass: Pass,
): Promise<{ outcomes: readonly Judged[]; traces: readonly Trace[]; brought: readonly [string, Brought][] }> {
  pass.memory.begin()
  await sql`savepoint import_batch`.execute(tx.db)
  const sound = groups.filter((group) => !isSpoilt(group))
  const owed = await owedByNew(tx, target.kind, sound, pass)
  const { outcomes: taken, traces, ids } = await takeAll(tx, { target, keep }, sound, { ...pass, owed })
  const inOrder = taken.values()
  const judged = groups.map((group) =>
    isSpoilt(group) ? group.rows.flatMap((row) => row.refusals ?? []) : inOrder.next().value!,
  )
  const brought: [string, Brought][] = []
  const rows = groups.flatMap((group) =>
    group.rows.flatMap((row): TakenRow[] => (ids?.has(row.number) ? [{ ...row, ids: ids.get(row.number)! }] : [])),
  )
  for (const extra of rows.length > 0 ? extras : []) {
    const done = await within(tx, pass, keep, (inner) => extra.take(inner, rows, pass, target.kind))
    // Nothing about one row: the place is closed, the period is, a right has been lost.
    if (done instanceof Problem) throw done
    brought.push([extra.name, done])
  }
  if (!keep) await sql`rollback to savepoint import_batch`.execute(tx.db)
  await sql`release savepoint import_batch`.execute(tx.db)
  const came = new Set(brought.flatMap(([, one]) => one.rows ?? []))
  // A record that stays as it was, and gets a picture or its stock, is changed for whoever brings the file.
  const outcomes = judged.map((one, at) => {
    const isMore = groups[at]!.rows.some((row) => came.has(row.number))
    if (!isMore || Array.isArray(one)) return one
    return typeof one === 'string' ? moreThan(one) : { ...one, outcome: moreThan((one as Warned).outcome) }
  })
  return { outcomes, traces: [...traces, ...brought.flatMap(([, one]) => one.traces ?? [])], brought }
}

const moreThan = (outcome: Outcome): Outcome => (outcome === 'same' ? 'changed' : outcome)

/** A record of which one row can't be read right is refused whole. */
const isSpoilt = ({ rows }: Group) => rows.some(({ refusals }) => refusals)

/**
 * All at one go; where one of them can't be taken, each half by itself, down to that one: tried one by one, the others would hold
 * what they hold for as many tries as there are of them.
 */
async function takeAll(tx: Tx, how: { target: Importable; keep: boolean }, groups: readonly Group[], pass: Pass): Promise<Took> {
  const whole = await within(tx, pass, how.keep, (inner) => how.target.take(inner, groups, pass))
  if (!(whole instanceof Problem)) return whole
  if (groups.length === 1) {
    const { code, params, message } = whole
    const row = groups[0]!.rows[0]!.number
    return { outcomes: [[{ row, field: null, problem: code, params: { ...params, said: message } }]], traces: [] }
  }
  const middle = Math.ceil(groups.length / 2)
  const first = await takeAll(tx, how, groups.slice(0, middle), pass)
  const second = await takeAll(tx, how, groups.slice(middle), pass)
  return {
    outcomes: [...first.outcomes, ...second.outcomes],
    traces: [...first.traces, ...second.traces],
    ids: new Map([...(first.ids ?? []), ...(second.ids ?? [])]),
  }
}

async function within<T>(tx: Tx, { memory }: Pass, keep: boolean, work: (inner: Tx) => Promise<T>): Promise<T | Problem> {
  await sql`savepoint import_part`.execute(tx.db)
  const { inner, flush } = heldBack(tx)
  try {
    const done = await work(inner)
    if (keep) flush()
    await sql`release savepoint import_part`.execute(tx.db)
    memory.keep()
    return done
  } catch (error) {
    memory.drop()
    const pgError = asPgError(error)
    const declared = pgError ? problemOf(pgError) : error
    // A rule of the table that no sentence was written for refuses this row, not the file.
    const problem = pgError?.code.startsWith('23') && !(declared instanceof Problem) ? CommonProblem.invalid() : declared
    // Somebody else held a row: the batch is tried again, or later.
    if (!(problem instanceof Problem) || problem.status === 503) throw error
    await sql`rollback to savepoint import_part`.execute(tx.db)
    await sql`release savepoint import_part`.execute(tx.db)
    return problem
  }
}

/** What is told to the trail, to screens and to other parts of the program waits until it is sure that it stays. */
function heldBack(tx: Tx): { inner: Tx; flush: () => void } {
  const later: (() => void)[] = []
  const held =
    <Args extends unknown[]>(tell: (...args: Args) => void) =>
    (...args: Args) =>
      void later.push(() => tell(...args))
  const inner = Object.create(tx, {
    changed: { value: held(tx.changed) },
    emit: { value: held(tx.emit as (type: never, data: never) => void) },
    about: { value: held(tx.about) },
    afterCommit: { value: held(tx.afterCommit) },
    write: { value: held(tx.write) },
  }) as Tx
  return { inner, flush: () => later.forEach((tell) => tell()) }
}
