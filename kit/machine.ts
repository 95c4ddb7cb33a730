import type { EventType } from './event.ts'

/** Stands where a permission would for a step that nobody asks for: the program takes it by itself. */
export const PROGRAM = 'program'

/**
 * The life of a thing, as data. One value, six readers: `step` takes no other way, the page shows only what may be done now,
 * the CHECK constraint, the permission list, the conformance test, and the diagram of `bin/explain`.
 */
export interface Step<State extends string = string> {
  readonly from: readonly State[]
  readonly to: State
  /** The permission that this step needs, or `PROGRAM`. */
  readonly can: string
  /** The field of the place at which it is needed, where that is not the place of the thing: who sends is not who receives. */
  readonly at?: string
  /** Somebody's decision: whoever may take it is told when something waits for it. */
  readonly decides?: true
  /** What is announced with it. */
  readonly says?: EventType
}

export interface Machine<State extends string = string, Verb extends string = string> {
  readonly start: State
  readonly states: readonly [State, ...State[]]
  readonly steps: { readonly [V in Verb]: Step<State> }
}

/** Something that has a life: an entity, or rows of a table that is none. */
export interface Living<State extends string = string, Verb extends string = string> {
  readonly name: string
  readonly table: string
  /** The column by which a row is known, in camelCase; `id` where it is left out. */
  readonly key?: string
  readonly life?: Machine<State, Verb> | undefined
}

type StatesOf<Start extends string, Steps extends Record<string, Step>> = Start | Steps[keyof Steps]['to']

/**
 * Declares a life: `machine('open', { complete: { from: ['open'], to: 'completed', can: 'pos.sale.complete' } })`.
 * A verb is an imperative, a state a past participle. Every state is the start or the end of a step.
 */
export function machine<
  const Start extends string,
  const Steps extends Record<string, Omit<Step, 'says'> & { readonly says?: EventType }>,
>(start: Start, steps: Steps): Machine<StatesOf<Start, Steps>, keyof Steps & string> {
  const states = new Set<string>([start])
  for (const step of Object.values(steps)) states.add(step.to)
  for (const [verb, step] of Object.entries(steps)) {
    for (const state of step.from) if (!states.has(state)) throw new Error(`${verb} starts from ${state}, which nothing reaches`)
  }
  return { start, states: [...states], steps } as unknown as Machine<StatesOf<Start, Steps>, keyof Steps & string>
}

/** Lives of things that are no entities, by name: a sign-in under way. The conformance test and `bin/explain` read them. */
export const declaredLives = new Map<string, Living & Machine>()

/** Names a life that belongs to rows of a table that is no entity. */
export function life<State extends string, Verb extends string>(
  name: string,
  table: string,
  made: Machine<State, Verb>,
  { key }: { key?: string } = {},
): Machine<State, Verb> & Living<State, Verb> {
  const living = { ...made, name, table, life: made, ...(key && { key }) }
  declaredLives.set(name, living as unknown as Living & Machine)
  return living
}

/** May this verb be used in this state? */
export const mayStep = (life: Machine, verb: string, state: string): boolean => life.steps[verb]?.from.includes(state) ?? false

/** The decisions that something in this state waits for. */
export const decisionsIn = (life: Machine | undefined, state: string): Step[] =>
  Object.values(life?.steps ?? {}).filter((one) => one.decides && one.from.includes(state))

/** The verbs that lead on from a state. */
export const verbsFrom = (life: Machine, state: string): string[] =>
  Object.keys(life.steps).filter((verb) => mayStep(life, verb, state))
