import { readDecimal, type DecimalMark } from './decimal.ts'

/** What files, their columns and their cells are to every import; the rules that read them are pure. */

/** One column that an import understands. */
export interface ImportField {
  readonly name: string
  readonly required?: boolean
  /** Holds numbers, so the whole column is looked at before one of them is read. */
  readonly isNumber?: boolean
  /** Other headings that mean the same, in small letters without punctuation. */
  readonly aliases?: readonly string[]
  /** Suggested only for files that have one of these headings as well. */
  readonly beside?: readonly string[]
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

/** What holds for the whole file while its rows are taken. */
export interface Pass {
  /** What a person decided. */
  readonly options: Readonly<Record<string, unknown>>
  /** What the decimal sign is, by field, where the column or a person settled it. */
  readonly marks: Readonly<Record<string, DecimalMark | null>>
  /** What stands above the column, by field: "Weight (kg)". */
  readonly headings: Readonly<Record<string, string>>
  readonly memory: Memory
}

/**
 * What earlier rows of the same file took, also when the dry run has rolled them back; forgotten again when a row fails, and when
 * a whole batch is tried anew.
 */
export class Memory {
  readonly #kept = new Map<string, string>()
  readonly #batch = new Map<string, string>()
  readonly #open = new Map<string, string>()
  get(key: string): string | undefined {
    return this.#open.get(key) ?? this.#batch.get(key) ?? this.#kept.get(key)
  }
  set(key: string, value: string): void {
    this.#open.set(key, value)
  }
  keep(): void {
    for (const [key, value] of this.#open) this.#batch.set(key, value)
    this.#open.clear()
  }
  /** A batch begins, or begins again: what a try took that was rolled back, it did not take. */
  begin(): void {
    this.#open.clear()
    this.#batch.clear()
  }
  /** The batch is over. */
  settle(): void {
    for (const [key, value] of this.#batch) this.#kept.set(key, value)
    this.#batch.clear()
  }
  drop(): void {
    this.#open.clear()
  }
}

/** The number in a cell, by what its column says about its signs; or why there is none. */
export function readNumber(
  text: string,
  { field, scale, pass, currency }: { field: string; scale: number; pass: Pass; currency?: string },
): bigint | Omit<Refusal, 'row'> {
  const read = readDecimal(text, { scale, mark: pass.marks[field], currency })
  const value = text.slice(0, 80)
  switch (read.kind) {
    case 'value':
      return read.value
    case 'ambiguous':
      return { field, problem: 'import.ambiguous', params: { value, one: read.readings[0], other: read.readings[1] } }
    case 'tooFine':
      return { field, problem: 'import.tooFine', params: { value, n: scale } }
    case 'rounded':
      return { field, problem: 'import.rounded', params: { value } }
    case 'otherCurrency':
      return { field, problem: 'import.otherCurrency', params: { value, currency: read.currency } }
    case 'none':
      return { field, problem: 'import.unreadable', params: { value } }
  }
}
