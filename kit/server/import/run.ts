import { z } from 'zod'
import { may, type Actor } from '../../access.ts'
import type { DayOrder } from '../../day-cell.ts'
import { declaredEntities } from '../../entity.ts'
import { event } from '../../event.ts'
import type { Ask } from '../../import.ts'
import { life, machine, PROGRAM } from '../../machine.ts'
import { CommonProblem, problems, type Problem } from '../../problem.ts'
import { authorise, type Ctx, type Tx } from '../door/context.ts'
import type { Db } from '../data/db.ts'
import { step } from '../door/step.ts'
import type { TableProblem } from '../table/read.ts'
import { importableOf, type Importable } from './importable.ts'

export const ImportProblem = problems('kit.import', {
  unknownKind: { status: 404, say: 'Nothing of that kind can be imported.' },
  unreadable: { status: 422, say: 'This file could not be read as a table: {why}.' },
  columnTwice: { status: 422, say: 'The column {column} is chosen twice. Choose another one, or none.' },
  notMapped: { status: 422, say: 'Choose the column for {field} first.' },
  broke: { status: 409, say: 'The import stopped at a row that it could not write. Undo it, mend the file and try again.' },
  tooMuch: { status: 413, say: 'You have too many large files waiting here. Import or take back the earlier ones first.' },
  notNow: { status: 409, say: 'This import is {state}, so that step is not possible now.' },
})

/** Why a file is no table that we take; pages tell it by the code. */
export const unreadable = ({ message, code, row }: TableProblem): Problem => {
  const told = { why: message, table: code, ...(row !== undefined && { row }) }
  return ImportProblem.unreadable(told)
}

/** A file is looked through as often as one likes, then its rows are written; what was written can be taken back. */
export const importLife = life(
  'kit.import',
  'import_run',
  machine('uploaded', {
    readAnew: { from: ['uploaded', 'checked', 'failed'], to: 'uploaded', can: 'signedIn' },
    check: { from: ['uploaded', 'checked', 'failed', 'checking'], to: 'checking', can: 'signedIn' },
    finishCheck: { from: ['checking'], to: 'checked', can: PROGRAM },
    apply: { from: ['checked'], to: 'applying', can: 'signedIn' },
    finishApply: { from: ['applying'], to: 'applied', can: PROGRAM },
    undo: { from: ['applied', 'failed', 'applying'], to: 'undoing', can: 'signedIn' },
    finishUndo: { from: ['undoing'], to: 'undone', can: PROGRAM },
    fail: { from: ['checking', 'applying', 'undoing'], to: 'failed', can: PROGRAM },
  }),
)

export const importMoved = event('kit.import.moved', 'signedIn', z.object({ run: z.uuid(), state: z.string(), done: z.number() }))

export const optionsSchema = z.record(z.string().max(80), z.union([z.string().max(200), z.boolean(), z.null()]))

/** The option that leaves out what a sheet does not show. */
export const WITHOUT_HIDDEN = 'withoutHidden'

export const stepInput = z.object({ id: z.uuid() })

/** What it is doing while a worker has it. */
export const WORKING = ['checking', 'applying', 'undoing']

/** What the dry run found about the whole file. */
export interface Findings {
  /** How the file is read: another one with the same headings may be written otherwise. */
  readonly encoding?: string
  /** Whether its letters may as well be written otherwise. */
  readonly isUnsure?: boolean
  readonly delimiter?: string
  /** Which sheet of a workbook is read, and which have rows. */
  readonly sheet?: string
  readonly sheets?: readonly string[]
  /** How many of its rows the sheet does not show. */
  readonly hidden?: number
  /** In which line its headings stand. */
  readonly headings?: number
  /** The sign before decimals, by field, where the column proves it. */
  readonly marks?: Readonly<Record<string, '.' | ','>>
  /** What stands first in a day, by field, where the column proves it. */
  readonly orders?: Readonly<Record<string, DayOrder>>
  /** Columns that hold something and go nowhere. */
  readonly unused?: readonly string[]
  /** Why it could not go on, for whoever reads it in another language. */
  readonly failure?: { readonly code: string; readonly message: string; readonly params: Readonly<Record<string, unknown>> }
  /** What a person has to say before the rest can go in. */
  readonly asks?: readonly Ask[]
}

export const nothingYet = {
  done: 0,
  rowsTotal: 0,
  rowsNew: 0,
  rowsChanged: 0,
  rowsSame: 0,
  rowsRefused: 0,
  rowsWarned: 0,
  failures: 0,
  failure: null,
  taken: '{}',
} as const

export function targetOf(ctx: Ctx, kind: string): Importable {
  const target = importableOf(kind)
  if (!target) throw ImportProblem.unknownKind()
  authorise(ctx.actor, target.can)
  return target
}

/**
 * A file may hold more than whoever may import sees: it is for who brought it, and for those who see every personal field of
 * its kind.
 */
export const mayOpen = (actor: Actor, run: { kind: string; createdBy: string | null }): boolean =>
  may(actor, importableOf(run.kind)?.can ?? '') && (run.createdBy === actor.id || seesAllOf(actor, run.kind))

export function seesAllOf(actor: Actor, kind: string): boolean {
  const { fields = {} } = [...declaredEntities.values()].find((one) => one.name === kind) ?? {}
  return Object.values(fields).every(({ personal, seenBy }) => [personal, seenBy].every((right) => !right || may(actor, right)))
}

const runOf = (db: Db, id: string) => db.selectFrom('importRun').selectAll().where('id', '=', id)
export const lockRun = async (tx: Tx, id: string, states: readonly string[]) =>
  openFor(tx.actor, states, await runOf(tx.db, id).forUpdate().executeTakeFirst())
/** The same for work that comes before the lock. */
export const readRun = async ({ database, actor }: Ctx, id: string, states: readonly string[]) =>
  openFor(actor, states, await runOf(database.db, id).executeTakeFirst())

function openFor<Run extends { kind: string; state: string; createdBy: string | null }>(
  actor: Actor,
  states: readonly string[],
  run: Run | undefined,
): Run {
  if (!run || !mayOpen(actor, run)) throw CommonProblem.notFound()
  if (!states.includes(run.state)) throw ImportProblem.notNow({ state: run.state })
  return run
}

export async function move(
  tx: Tx,
  run: { readonly id: string; readonly state: string },
  verb: keyof typeof importLife.steps,
  values: Record<string, unknown>,
): Promise<void> {
  await step(tx, importLife, run, verb, { movedAt: tx.now, ...values })
  tx.emit(importMoved, { run: run.id, state: importLife.steps[verb].to, done: 0 })
}
