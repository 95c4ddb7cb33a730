import type { z } from 'zod'
import { problems } from '../../problem.ts'
import { whole, type Part } from '../../part.ts'
import { secretNames } from '../vault/secret.ts'

export const AdapterProblem = problems('kit.adapter', {
  notSetUp: { status: 409, say: 'This connection is not set up yet. Fill in what is missing, save, and try again.' },
  inside: {
    status: 422,
    say: 'The address {host} lies inside of a network. Whoever runs this machine can give it to Duka in its settings there.',
  },
  noServer: { status: 422, say: 'There is no server called {host}. Look at how the name is written.' },
  noAnswer: { status: 422, say: '{host} does not answer. Look at the address and the port, and whether this machine is online.' },
  failed: { status: 422, say: 'It did not work. The other side said: {said}' },
})

/** What a field holds, and how it is asked for. `address` is a URL, `host` the name of a server. */
export type AdapterFieldKind = 'text' | 'choice' | 'number' | 'address' | 'host' | 'secret'

/** Other fields, and the values of which they have one. */
export type When = Readonly<Record<string, readonly string[]>>

/** One thing that somebody fills in. Its label is `adapter.<name>.<field>`, what helps with it `adapter.<name>.<field>.hint`. */
export interface AdapterField {
  readonly kind: AdapterFieldKind
  readonly options?: readonly string[]
  /** What stands there while nobody has said otherwise. */
  readonly given?: string | number
  /** Always, or where other fields have one of these values. */
  readonly isNeeded?: boolean | When
  readonly least?: number
  readonly most?: number
  /** Asked for only where other fields have one of these values. */
  readonly when?: When
  /** It says where secrets are sent: who changes it types those anew, and never points ours at a server of theirs. */
  readonly isTarget?: boolean
  /** Only the environment gives it. */
  readonly isHidden?: boolean
}

export type AdapterValues = Readonly<Record<string, string | number>>

/** A variable of the environment that gives fields; it wins over the page. */
export interface Variable {
  /** The field, or what several fields are made of. */
  readonly gives: string | ((text: string) => AdapterValues)
  /** Refuses what can't be used, with a sentence for whoever starts the program. */
  readonly judge?: z.ZodType
  /** It counts only where this other one is given. */
  readonly with?: string
  /** Missing where that other one is given, it ends the start. */
  readonly isNeeded?: boolean
  readonly isSecret?: boolean
}

/** How a service is reached: by what the page says, or by what whoever runs the machine has said. */
export interface Reaching {
  readonly isTyped: boolean
}
/** Who tries it, and whom the trial goes to. */
export interface Trial extends Reaching {
  readonly to: string
  readonly locale: string
  readonly now: Temporal.Instant
}

/** A service that takes the place of the real one, on a real socket of this machine. */
export interface Simulator {
  /** What points Duka to it. */
  readonly environment: Readonly<Record<string, string>>
  /** The same for the page. */
  readonly typed: AdapterValues
  stop(): Promise<void>
}
export interface SimulatorOptions {
  readonly port?: number
  /** Hears of each thing that comes, in a line. */
  readonly heard?: (line: string) => void
}
export interface SimulatorModule {
  simulate(options?: SimulatorOptions): Promise<Simulator>
}

export interface AdapterSpec {
  /** The heading of the settings under which it stands. */
  readonly group: 'messages' | 'advanced'
  readonly fields: Readonly<Record<string, AdapterField>>
  readonly environment: Readonly<Record<string, Variable>>
  /** Codes and links that let people in pass through it: only an owner connects it. */
  readonly carriesKeys?: boolean
  /** What a trial is sent to; nothing where it goes to nobody. */
  readonly asksTo?: 'email' | 'phone'
  /** Goes on with these values, in every process, at the start and whenever they change; with none, it is not set up. */
  use(values: AdapterValues | undefined, how: Reaching): void
  /** Tries it for real. @returns the facts of the sentence `adapter.<name>.worked` @throws Problem why it does not work */
  test(values: AdapterValues, trial: Trial): Promise<Readonly<Record<string, string>>>
  /** What pages may load scripts from while it is in use. */
  readonly pageHosts?: (values: AdapterValues) => readonly string[]
  readonly simulator: () => Promise<SimulatorModule>
}
export type Adapter = AdapterSpec & { readonly name: string }

const all = whole<Adapter>()
export const adapters = all.all

/**
 * A service of others that Duka can be connected with: mail, SMS, sign-in elsewhere. It is set up on a page or by the environment,
 * tried for real, and has a simulator that tests, demo and trial use.
 */
export function adapter(name: string, spec: AdapterSpec): Adapter & Part {
  const made: Adapter = { name, ...spec }
  const parts = [
    all.part(made),
    ...Object.entries(spec.environment).flatMap(([variable, { isSecret }]) => (isSecret ? [secretNames.part(variable)] : [])),
  ]
  return { ...made, mount: () => parts.forEach((part) => part.mount()) }
}

export const adapterNamed = (name: string): Adapter | undefined => adapters().find((one) => one.name === name)

/** Is this field asked for, as the others stand? */
export const isAsked = ({ when = {} }: AdapterField, values: AdapterValues): boolean => holds(when, values)
/** Must it be filled in, as the others stand? */
export const isNeeded = ({ isNeeded: needed = false }: AdapterField, values: AdapterValues): boolean =>
  typeof needed === 'boolean' ? needed : holds(needed, values)
const holds = (when: When, values: AdapterValues): boolean =>
  Object.entries(when).every(([name, wanted]) => wanted.includes(String(values[name] ?? '')))

/** With what stands there while nobody has said otherwise, and without what is not asked for. */
export function withGiven({ fields }: Pick<Adapter, 'fields'>, values: AdapterValues): AdapterValues {
  const all: Record<string, string | number> = {}
  for (const [name, { given }] of Object.entries(fields)) {
    const value = values[name] ?? given
    if (value !== undefined) all[name] = value
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => isAsked(fields[name]!, all)))
}

/** The values, where nothing is missing. */
export function complete(of: Pick<Adapter, 'fields'>, values: AdapterValues): AdapterValues | undefined {
  const all = withGiven(of, values)
  const isMissing = Object.entries(of.fields).some(
    ([name, field]) => isNeeded(field, all) && isAsked(field, all) && (all[name] ?? '') === '',
  )
  return isMissing ? undefined : all
}
