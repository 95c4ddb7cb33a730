import { may, type Actor } from '../../access.ts'
import { CommonProblem } from '../../problem.ts'
import type { Ctx, Tx } from '../door/context.ts'
import type { Db } from '../data/db.ts'
import type { Cells, ImportField, Pass, Refusal, Trace } from './importable.ts'
import { whole, type Part } from '../../part.ts'

/** A row whose record went in, and the ids of what it is now, by name: `product`, `variant`. */
export interface TakenRow {
  readonly number: number
  readonly cells: Cells
  readonly ids: Readonly<Record<string, string>>
}

/** One of its columns: `name` is unique to it, `label` what people call it, `column` the heading that it seems to be. */
export interface ExtraField extends ImportField {
  readonly label?: string
  readonly column?: string
}

export interface Brought {
  /** The rows by which something came: their records may stand here as they were. */
  readonly rows?: readonly number[]
  readonly traces?: readonly Trace[]
  /** The row went in without it, and why. */
  readonly warnings?: readonly Refusal[]
  /** How much of it came, by name; the dry run tells it, and the run the same. */
  readonly counts?: Readonly<Record<string, bigint>>
  /** What is got when the rows are in. */
  readonly later?: readonly Awaited[]
}

/** Something to be got for a record of the file. */
export interface Awaited {
  readonly row: number
  readonly record: string
  readonly what: string
}

/**
 * What a file of one kind may bring besides its records, when somebody asks for it: quantities as opening stock, pictures.
 * The module that it belongs to declares it; the option of its name, `true`, asks for it.
 */
export interface Extra<Got = unknown> {
  readonly name: string
  /** The kind of file, or whether it comes with one. */
  readonly kind: string | ((kind: string) => boolean)
  /** Offered as asked for, until somebody says otherwise. */
  readonly isUsual?: true
  /** All of these rights; who lacks one is not offered it, and refused. */
  readonly can: readonly string[]
  /** Its columns for this person; none where nothing in the heading looks like it. */
  fieldsFor(of: { db: Db; actor: Actor; kind: string }, header: readonly string[]): Promise<readonly ExtraField[]>
  /** Takes it for rows that went in, in their transaction. The dry run does the same and is rolled back. */
  take(tx: Tx, rows: readonly TakenRow[], pass: Pass, kind: string): Promise<Brought>
  /** The tables whose traces are its own. */
  readonly tables: readonly string[]
  /**
   * Takes its traces back, before the records of the file go. @returns how many could not be taken back, and which records of
   * the file stay because papers name them for good
   */
  undo(tx: Tx, traces: readonly Trace[]): Promise<{ kept: number; stays: readonly string[] }>
  readonly later?: {
    /** Before any transaction. @throws Problem why it can't be got; that is listed */
    get(what: string): Promise<Got>
    keep(tx: Tx, record: string, got: Got): Promise<readonly Trace[]>
  }
}

const declared = whole<Extra>()
export const importExtra = <Got>(one: Extra<Got>): Part => declared.part(one as Extra)
export const extraOf = (name: string): Extra | undefined => declared.all().find((one) => one.name === name)
/** What a file of this kind may bring besides. */
export const extrasOf = (kind: string): Extra[] =>
  declared.all().filter((one) => (typeof one.kind === 'string' ? one.kind === kind : one.kind(kind)))

const isFor = (extra: Extra, actor: Actor) => extra.can.every((right) => may(actor, right))

/** What this person may ask for of a file with this heading, with the columns that it would be taken from. */
export async function offeredFor(of: { db: Db; actor: Actor }, kind: string, header: readonly string[]) {
  const offered = extrasOf(kind)
    .filter((extra) => isFor(extra, of.actor))
    .map(async (extra) => ({ name: extra.name, fields: await extra.fieldsFor({ ...of, kind }, header) }))
  return (await Promise.all(offered)).filter((one) => one.fields.length > 0)
}

/** What a file is taken to ask for until somebody says otherwise, with its columns, of those that nothing else is taken from. */
export async function usualFor(
  of: { db: Db; actor: Actor },
  kind: string,
  header: readonly string[],
  taken: Readonly<Record<string, string>>,
): Promise<{ options: Record<string, true>; mapping: Record<string, string> }> {
  const usual = new Set(extrasOf(kind).flatMap((one) => (one.isUsual ? [one.name] : [])))
  const offered = usual.size > 0 ? (await offeredFor(of, kind, header)).filter(({ name }) => usual.has(name)) : []
  const columns = new Set(Object.values(taken))
  const mapping = offered.flatMap(({ fields }) =>
    fields.flatMap(({ name, column }) => (column !== undefined && !columns.has(column) ? [[name, column] as const] : [])),
  )
  const names = mapping.length > 0 ? offered.map(({ name }) => [name, true] as const) : []
  return { options: Object.fromEntries(names), mapping: { ...taken, ...Object.fromEntries(mapping) } }
}

/** What was asked for. @throws `kit.forbidden` when somebody may not, or may no longer */
export function askedOf(actor: Actor, kind: string, options: Readonly<Record<string, unknown>>): Extra[] {
  const asked = extrasOf(kind).filter((one) => options[one.name] === true)
  if (asked.some((one) => !isFor(one, actor))) throw CommonProblem.forbidden()
  return asked
}

/** An extra is asked for anew with every file. */
export const withoutExtras = <Value>(kind: string, options: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !extrasOf(kind).some((one) => one.name === name)))

/** The fields of what was asked for, read like those of the kind itself. */
export async function extraFields(
  ctx: Ctx,
  kind: string,
  extras: readonly Extra[],
  header: readonly string[],
): Promise<ExtraField[]> {
  const of = { db: ctx.database.db, actor: ctx.actor, kind }
  return (await Promise.all(extras.map((one) => one.fieldsFor(of, header)))).flat()
}
