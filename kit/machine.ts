/**
 * The life of a thing, as data. One value, six readers: the command refuses a wrong step, the page shows only what may
 * be done now, the CHECK constraint, the permission list, the conformance test, and the diagram of `bin/explain`.
 */
export interface Step<State extends string = string> {
  readonly from: readonly State[]
  readonly to: State
  /** The permission that this step needs. */
  readonly can: string
}

export interface Machine<State extends string = string, Verb extends string = string> {
  readonly start: State
  readonly states: readonly [State, ...State[]]
  readonly steps: { readonly [V in Verb]: Step<State> }
}

type StatesOf<Start extends string, Steps extends Record<string, Step>> = Start | Steps[keyof Steps]['to']

/**
 * Declares a life: `machine('open', { complete: { from: ['open'], to: 'completed', can: 'pos.sale.complete' } })`.
 * A verb is an imperative, a state a past participle. Every state is the start or the end of a step.
 */
export function machine<
  const Start extends string,
  const Steps extends Record<string, { from: readonly string[]; to: string; can: string }>,
>(start: Start, steps: Steps): Machine<StatesOf<Start, Steps>, keyof Steps & string> {
  const states = new Set<string>([start])
  for (const step of Object.values(steps)) states.add(step.to)
  for (const [verb, step] of Object.entries(steps)) {
    for (const state of step.from) if (!states.has(state)) throw new Error(`${verb} starts from ${state}, which nothing reaches`)
  }
  return { start, states: [...states], steps } as unknown as Machine<StatesOf<Start, Steps>, keyof Steps & string>
}

/** Lives of things that are no entities, by name: a sign-in under way. The conformance test and `bin/explain` read them. */
export const declaredLives = new Map<string, Machine>()

/** Names a life that belongs to no entity. */
export function life<M extends Machine>(name: string, made: M): M {
  declaredLives.set(name, made)
  return made
}

/** May this verb be used in this state? */
export const mayStep = (life: Machine, verb: string, state: string): boolean => life.steps[verb]?.from.includes(state) ?? false

/** The verbs that lead on from a state. */
export const verbsFrom = (life: Machine, state: string): string[] =>
  Object.keys(life.steps).filter((verb) => mayStep(life, verb, state))
