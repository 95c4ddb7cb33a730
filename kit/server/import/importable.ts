import type { Cells, ImportField, Pass, Refusal } from '../../import.ts'
import { translate } from '../../words.ts'
import type { Tx } from '../context.ts'
import { serverWords } from '../words.ts'

export { Memory } from '../../import.ts'
export type { Cells, ImportField, Pass, Refusal } from '../../import.ts'

export interface Group {
  /** The rows of the file that belong together, with their numbers. */
  readonly rows: readonly { readonly number: number; readonly cells: Cells }[]
}

export type Outcome = 'new' | 'changed' | 'same'
/** It went in, and somebody should look at it. */
export interface Warned {
  readonly outcome: Outcome
  readonly warnings: readonly Refusal[]
}
export type Judged = Outcome | Warned | readonly Refusal[]

/** What an import did to one record, so that it can be undone. */
export interface Trace {
  readonly table: string
  readonly record: string
  readonly created: boolean
  readonly before?: Record<string, unknown> | null
  readonly after?: Record<string, unknown> | null
  /** A paper of the import itself names it for good: it can be put away, not deleted. */
  readonly stays?: boolean
}

/** What came of some groups: one outcome for each, what was written, and the ids behind a row for whatever comes beside it. */
export interface Took {
  readonly outcomes: readonly Judged[]
  readonly traces: readonly Trace[]
  readonly ids?: ReadonlyMap<number, Readonly<Record<string, string>>>
}

/** Something that can come from a file. Groups are judged and written some hundred at a time. */
export interface Importable {
  readonly kind: string
  readonly can: string
  readonly fields: readonly ImportField[]
  /** Of several columns with prices, the one in the company's currency is meant. */
  currencyOf?(tx: Tx): Promise<string>
  /** A file needs one of these columns at least, to tell which record is meant. */
  readonly oneOf?: readonly string[]
  /** Rows with the same key are one record (a product with its variants); without it each row stands alone. `above`: the key of the row above. */
  groupKey?(cells: Cells, number: number, above: string | undefined): string
  /**
   * Judges groups and writes those that are right. The dry run does the same and is rolled back, so what it says is what
   * happens. Must find existing records by natural key, so that running a file twice changes nothing.
   */
  take(tx: Tx, groups: readonly Group[], pass: Pass): Promise<Took>
  /** Takes back what was written, unless somebody changed it since. Newest first. @returns how many could not be taken back */
  undo(tx: Tx, traces: readonly Trace[]): Promise<number>
}

const declared = new Map<string, Importable>()
export const importable = (one: Importable): Importable => {
  const known = {
    ...one,
    fields: one.fields.map((field) => ({ ...field, aliases: [...(field.aliases ?? []), ...headings(one.kind, field.name)] })),
  }
  declared.set(one.kind, known)
  return known
}

/** What an export for people calls a field, in every language: such a file comes back as it left. */
const headings = (kind: string, name: string): string[] =>
  Object.keys(serverWords()).map((language) => translate(serverWords(), language).of('field', `${kind}.${name}`))
export const importableOf = (kind: string): Importable | undefined => declared.get(kind)
export const declaredImportables = (): readonly Importable[] => [...declared.values()]

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The best guess of which column is which: by remembered mapping, then by name and alias. */
export function suggestMapping(
  fields: readonly ImportField[],
  header: readonly string[],
  remembered: Record<string, string> = {},
  currency?: string,
): Record<string, string> {
  const mapping: Record<string, string> = {}
  const free = new Set(header)
  const give = (field: ImportField, column: string | undefined) => {
    if (column === undefined || !free.has(column) || mapping[field.name]) return
    mapping[field.name] = column
    free.delete(column)
  }
  // Once for each heading: there are some hundred aliases. No alias is longer than a hundred signs.
  const forms = new Map(
    header.map((column) => {
      const short = column.slice(0, 200)
      return [column, new Set([plain(short), plain(withoutUnit(short))])]
    }),
  )
  const known = new Set(header.map((column) => plain(column.slice(0, 200))))
  for (const field of fields) give(field, remembered[field.name])
  for (const field of fields) {
    if (field.beside && !field.beside.some((heading) => known.has(plain(heading)))) continue
    const names = [field.name, ...(field.aliases ?? [])].map(plain)
    // The order of the aliases counts: the first one that the file has wins.
    for (const name of names) {
      const fitting = header.filter((column) => free.has(column) && forms.get(column)!.has(name))
      give(field, fitting.find((column) => currency !== undefined && column.endsWith(` ${currency}`)) ?? fitting[0])
    }
  }
  return mapping
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
/** "Weight (kg)", "Price [Main Street]" and "Price EUR" are a weight and two prices. */
const withoutUnit = (column: string): string => {
  const [, rest, end = ''] = /^(.*) ([A-Z]{3})$/.exec(column) ?? []
  return rest && CURRENCIES.has(end) ? rest : column.replace(/(?:\([^()]{1,12}\)|\[[^[\]]{1,60}\])$/, '')
}
