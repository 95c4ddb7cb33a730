import { z } from 'zod'
import type { Document, LineRow } from '../../document.ts'
import { writableFields, type Fields } from '../../entity.ts'
import { mayStep, type Machine } from '../../machine.ts'
import { CommonProblem } from '../../problem.ts'
import { command, type Command } from '../door/command.ts'
import type { Tx } from '../door/context.ts'
import { refuseMissing, step } from '../door/step.ts'
import { lockRow, type Locked } from '../list/crud.ts'
import { announce, numberOf } from './document.ts'
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
): Command<ActInput<Shape>, { id: string; number: string; version: number; state: string }> {
  const life = of.life!
  const { can, at } = life.steps[verb]
  const ways = [...new Set([verb, ...verbs])]
  return command({
    name: `${of.name}.${verb}`,
    can,
    reviewed: true,
    takes: ways.map((one) => `${of.name}:${one}`),
    input: z.object({ id: z.uuid(), ifMatch: z.coerce.number().int().optional(), ...input }),
    async run(tx, given) {
      const { id, ifMatch } = given as { id: string; ifMatch?: number }
      const row = await lockRow(tx, of, id, can, at)
      const state = String((row as Values)['state'])
      if (!ways.some((one) => mayStep(life, one, state))) throw CommonProblem.wrongStep({ state })
      // What somebody agrees to is what they saw.
      if (ifMatch !== undefined && ifMatch !== row.version) throw CommonProblem.changedMeanwhile({}, [])
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
    },
  }) as never
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
