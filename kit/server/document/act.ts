import { z } from 'zod'
import type { Document, LineRow } from '../../document.ts'
import { writableFields, type Fields } from '../../entity.ts'
import { mayStep, type Machine } from '../../machine.ts'
import { CommonProblem } from '../../problem.ts'
import { agreedAsItIs } from '../door/approval.ts'
import { command, type Command } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { refuseMissing, step } from '../door/step.ts'
import { lockRow, type Locked } from '../list/crud.ts'
import { announce, newInput, numberOf, writeNew, type DocumentHooks } from './document.ts'
import { linesOf } from './lines.ts'

type Values = Readonly<Record<string, unknown>>

interface ActSpec<F extends Fields, LF extends Fields, Verb extends string, Shape extends z.ZodRawShape> {
  /** Its steps may be several: goods that come in part lead elsewhere than the last of them. */
  readonly verbs?: readonly Verb[]
  /** What it is told beside the id. */
  readonly input?: Shape
  /**
   * What it judges and posts, under the lock of the document and after its state has been judged.
   * @returns columns to write, and which of its steps it took where there are several
   */
  run?(
    tx: Tx,
    given: {
      readonly row: Locked<F>
      readonly lines: readonly LineRow<LF>[]
      readonly input: z.output<z.ZodObject<Shape>>
      /** The one that it has; where this step gives it, the one that it gets. */
      readonly number: string
    },
  ): Promise<ActOutcome<Verb> | void> | ActOutcome<Verb> | void
}

export interface ActOutcome<Verb extends string = string> {
  readonly verb?: Verb
  readonly values?: Values
  /** What the trail says beside the columns. */
  readonly told?: Values
}

/** What an act is told: of what, as which version it was seen, and what it asks for itself. */
type ActInput<Shape extends z.ZodRawShape> = { id: string; ifMatch?: number } & ([keyof Shape] extends [never]
  ? unknown
  : z.input<z.ZodObject<Shape>>)

interface Taken {
  id: string
  number: string
  version: number
  state: string
}

/** A step that a document takes, and the way to take it in the transaction of somebody who holds its right. */
export interface Act<Input> extends Command<Input, Taken> {
  readonly take: (tx: Tx, given: Input) => Promise<Taken>
}

/**
 * One step of a document's life: the document is locked, its state judged, its lines are read, and what `run` says is written
 * with the new state. The command is called after document and verb: `sourcing.purchase.approve`.
 * @throws `kit.notFound`, `kit.wrongStep`, `kit.needed`, `kit.changedMeanwhile` when whoever asks saw another version
 */
export function act<
  F extends Fields,
  S extends string,
  Verb extends string,
  P extends string,
  LF extends Fields,
  Shape extends z.ZodRawShape = Record<never, never>,
>(
  of: Document<F, Machine<S, Verb>, P, LF>,
  verb: NoInfer<Verb>,
  { verbs = [], input, run }: ActSpec<F, LF, NoInfer<Verb>, Shape> = {},
): Act<ActInput<Shape>> {
  const life = of.life!
  const { can, at } = life.steps[verb]
  const ways = [...new Set([verb, ...verbs])]
  const take = async (tx: Tx, given: unknown, isKept = false): Promise<Taken> => {
    const { id, ifMatch } = given as { id: string; ifMatch?: number }
    const row = await lockRow(tx, of, id, can, at)
    const state = String((row as Values)['state'])
    if (!ways.some((one) => mayStep(life, one, state))) throw CommonProblem.wrongStep({ state })
    // What somebody agrees to is what they saw.
    if (ifMatch !== undefined && ifMatch !== row.version) throw CommonProblem.changedMeanwhile({}, [])
    if (isKept) agreedAsItIs(tx, of, { id, version: row.version })
    // Before anybody is asked to agree: what forms set is not given by the act.
    if (ways.length === 1) refuseMissing({ ...of, fields: Object.fromEntries(writableFields(of)) }, life.steps[verb].to, row)
    const lines = await linesOf(tx.db, of, id)
    const drawn = of.series && of.numberedBy === verb ? await numberOf(tx, of.series, row) : undefined
    const had = drawn ?? textOf((row as Values)['number'])
    const outcome = (await run?.(tx, { row, lines, input: given as never, number: had })) ?? {}
    const taken = outcome.verb ?? verb
    const values: Values = { ...outcome.values, ...(drawn !== undefined && { number: drawn }) }
    const { version } = await step(tx, of, row, taken, values, { ...(outcome.told && { told: outcome.told }) })
    announce(tx, of, { ...row })
    const number = textOf(values['number']) || had
    return { id, number, version, state: life.steps[taken].to }
  }
  const made = command({
    name: `${of.name}.${verb}`,
    can,
    reviewed: true,
    takes: ways.map((one) => `${of.name}:${one}`),
    input: z.object({ id: z.uuid(), ifMatch: z.coerce.number().int().optional(), ...input }),
    // What was not kept before is in what was asked for, whole.
    run: (tx, given) => take(tx, given, true),
  })
  return Object.assign(made, { take }) as never
}

/**
 * Writes a document and takes a step of it in one transaction, with the right of that step alone: what was never kept is posted so,
 * by a page or by a program. It is called after the step: `inventory.document.receiveNew`.
 */
export function atOnce<F extends Fields, L extends Machine | undefined, P extends string, LF extends Fields>(
  of: Document<F, L, P, LF>,
  act: Act<{ id: string }>,
  hooks: DocumentHooks<F, LF>,
): Command<Values, Taken> {
  const { name, can, takes = [] } = act.spec
  return command({
    name: `${name}New`,
    can,
    reviewed: true,
    takes,
    input: newInput(of),
    run: async (tx, input) => act.take(tx, { id: (await writeNew(tx, of, hooks, input, can)).id }),
  }) as Command<Values, Taken>
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
