import type { Tx } from '../context.ts'

/** One column that an import understands. */
export interface ImportField {
  readonly name: string
  readonly required?: boolean
  /** Other headings that mean the same, in small letters without punctuation. */
  readonly aliases?: readonly string[]
}

/** A row of the file, read by the mapping: field name → cell. */
export type Cells = Readonly<Record<string, string>>

export interface Refusal {
  readonly row: number
  readonly field: string | null
  /** Code of a problem or of a field error; the words are the page's. */
  readonly problem: string
  readonly params?: Record<string, unknown>
}

export interface Group {
  /** The rows of the file that belong together, with their numbers. */
  readonly rows: readonly { readonly number: number; readonly cells: Cells }[]
}

export type Outcome = 'new' | 'changed' | 'same'

/** What an import did to one record, so that it can be undone. */
export interface Trace {
  readonly table: string
  readonly record: string
  readonly created: boolean
  readonly before?: Record<string, unknown> | null
  readonly after?: Record<string, unknown> | null
}

/** Something that can come from a file. Groups are judged and written some hundred at a time. */
export interface Importable {
  readonly kind: string
  readonly can: string
  readonly fields: readonly ImportField[]
  /** Rows with the same key are one record (a product with its variants); without it each row stands alone. */
  groupKey?(cells: Cells): string
  /**
   * Judges groups, and writes those that are right when `write` is set. Must find existing records by natural key, so that
   * running a file twice changes nothing.
   */
  take(
    tx: Tx,
    groups: readonly Group[],
    write: boolean,
    options: Record<string, unknown>,
  ): Promise<{ outcomes: readonly (Outcome | readonly Refusal[])[]; traces: readonly Trace[] }>
  /** Takes back what was written, unless somebody changed it since. Newest first. @returns how many could not be taken back */
  undo(tx: Tx, traces: readonly Trace[]): Promise<number>
}

const declared = new Map<string, Importable>()
export const importable = (one: Importable): Importable => {
  declared.set(one.kind, one)
  return one
}
export const importableOf = (kind: string): Importable | undefined => declared.get(kind)
export const declaredImportables = (): readonly Importable[] => [...declared.values()]

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The best guess of which column is which: by remembered mapping, name, alias, then by the words that they share. */
export function suggestMapping(
  fields: readonly ImportField[],
  header: readonly string[],
  remembered: Record<string, string> = {},
): Record<string, string> {
  const mapping: Record<string, string> = {}
  const free = new Set(header)
  const give = (field: ImportField, column: string | undefined) => {
    if (column === undefined || !free.has(column) || mapping[field.name]) return
    mapping[field.name] = column
    free.delete(column)
  }
  for (const field of fields) give(field, remembered[field.name])
  for (const field of fields) {
    const names = [field.name, ...(field.aliases ?? [])].map(plain)
    // The order of the aliases counts: the first one that the file has wins.
    for (const name of names)
      give(
        field,
        header.find((column) => plain(column) === name),
      )
  }
  return mapping
}
