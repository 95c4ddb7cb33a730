import { couldBe, shownCurrency } from './currency-codes.ts'
import { readDayCell, type DayOrder } from './day-cell.ts'
import { readDecimal, type DecimalMark } from './decimal.ts'
import { otherCurrencyIn, scaleIn, type Spoken } from './heading.ts'
import { fill } from './problem.ts'
import type { Params, Translate } from './words.ts'

/** What files, their columns and their cells are to every import; the rules that read them are pure. */

/** One column that an import understands. */
export interface ImportField {
  readonly name: string
  readonly required?: boolean
  /** Holds numbers, so the whole column is looked at before one of them is read. */
  readonly isNumber?: boolean
  /** Holds amounts of money. */
  readonly isMoney?: boolean
  /** Its amounts are without their tax whatever the prices of the company are: costs. */
  readonly isNet?: boolean
  /** Where no name is known, any heading that speaks of this is suggested: what it says is asked back rather than passed over. */
  readonly speaksOf?: Spoken
  /** Holds days, so the whole column is looked at before one of them is read. */
  readonly isDay?: boolean
  /** Holds codes, so a day in it is what a spreadsheet made of one. */
  readonly isCode?: boolean
  /** Other headings that mean the same, in small letters without punctuation. */
  readonly aliases?: readonly string[]
  /** Codes tell the record better than its name does, which several may have: those among the headings go before. */
  readonly isByCode?: boolean
  /** The table of what a whole file may be about: where no column names it, a person chooses one of them for all rows. */
  readonly ofAll?: string
  /** Suggested only for files that have one of these headings as well. */
  readonly beside?: readonly string[]
}

/** A row of the file, read by the mapping: field name → cell. */
export type Cells = Readonly<Record<string, string>>

/** The option that says which record all rows of a file are about that has no column for it: its value is an id. */
export const forAll = (field: string): string => `${FOR_ALL}${field}`
export const isForAll = (option: string): boolean => option.startsWith(FOR_ALL)
const FOR_ALL = 'all.'

/** Under this name stand the cells for which the file has no heading. */
export const SURPLUS = ''

// Nothing that people see or type; no parser but the one of numbers has to know it.
const NUMBER_CELL = '\u2063'
/** A cell that is a number in its workbook: it has one reading, whatever its neighbours are. */
export const numberCell = (text: string): string => NUMBER_CELL + text
export const withoutMark = (text: string): string => text.replaceAll(NUMBER_CELL, '')

export interface Refusal {
  readonly row: number
  readonly field: string | null
  /** Code of a problem or of a field error; the words are the page's. */
  readonly problem: string
  readonly params?: Record<string, unknown>
}

/** Why a row was refused, in the words of a language. */
export function reasonText(t: Translate, { problem, params }: { readonly problem: string; readonly params: unknown }): string {
  const told = (params ?? {}) as Params & { said?: string }
  for (const key of [`problem.${problem}`, `problem.kit.${problem}`, `invalid.${problem.replace('import.', '')}`])
    if (t.has(key)) return t(key, told)
  // English stands in the code, so the server has said it.
  return told.said ?? fill(t('invalid.custom'), {})
}

/** What a file leaves to be decided. */
export interface Ask {
  readonly option: string
  readonly field: string
  readonly readings?: readonly string[]
  /** As it stands in the file. */
  readonly said?: string
  /** What a word may mean: `kind.service`, of a choice of the records; `-` for nothing. */
  readonly answers?: readonly string[]
}

/** What holds for the whole file while its rows are taken. */
export interface Pass {
  /** What a person decided. */
  readonly options: Readonly<Record<string, unknown>>
  /** What the decimal sign is, by field, where the column or a person settled it. */
  readonly marks: Readonly<Record<string, DecimalMark | null>>
  /** What stands first in a day, by field, where the column or a person settled it. */
  readonly orders?: Readonly<Record<string, DayOrder>>
  /** What stands above the column, by field: "Weight (kg)". */
  readonly headings: Readonly<Record<string, string>>
  readonly memory: Memory
  /** Words that nobody here knows, by the option that says what each means. */
  readonly asked?: Map<string, Ask>
  /** What is missing of the company's own fields where a record would be a new one, by the number of its first row. */
  readonly owed?: ReadonlyMap<number, readonly Refusal[]>
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

/** Words say nothing to us by the hundred where a column holds something else. */
const [MOST_WORDS, MOST_LETTERS] = [20, 40]
const NO_WORD = '-'
/**
 * What a person says that a word of a column of kinds means, for all rows that have it: one of `answers`, or nothing at all, null.
 * @returns undefined where nobody has said it yet; then it is asked for
 */
export function meantBy(
  word: string,
  answers: readonly string[],
  { field, pass }: { field: string; pass: Pass },
): string | null | undefined {
  const said = word.trim().toLowerCase()
  if (said.length > MOST_LETTERS) return undefined
  const option = `word.${field}.${said}`
  const known = pass.asked
  if (known && known.size < MOST_WORDS && !known.has(option))
    known.set(option, { option, field, said: word.trim(), answers: [...answers, NO_WORD] })
  const chosen = pass.options[option]
  return chosen === NO_WORD ? null : answers.find((one) => one === chosen)
}

/** What a spreadsheet leaves where a formula went wrong, in the languages it speaks: "#N/A", "#REF!", "#WERT!", "#ИМЯ?", "####". */
export const isCellError = (text: string): boolean =>
  /^#(?:[\p{L}\d/]{2,12}[!?]|N\/A|N\/D|NV|Н\/Д|GETTING_DATA|#+)$/u.test(text.trim())

/** What people write where there is nothing: "-", "--", "n/a"; in names a word may be one. */
export const isNothing = (text: string, isName = false): boolean =>
  /^[-–—_.]{1,20}$/.test(text.trim()) || (!isName && /^(?:n\/?a|n\.a\.|none|nil|null)$/i.test(text.trim()))

const TOTAL =
  /^(?:(?:grand|sub|net|gross|overall)[ -]?)?totals?$|^(?:sum|jumla(?: kuu| ndogo)?|(?:ال)?[إا]جمالي(?: الكلي| العام| كلي)?|(?:ال)?مجموع(?: الكلي| العام| كلي)?|итого(?: по [\p{L} ]+)?|всего|общий итог)$/iu
/** What the line below a list is called that adds up the others: "Total", "Grand total: 25", "Итого", "المجموع", "Jumla". */
export function isTotalName(text: string): boolean {
  const [words] = /^[^\p{Nd}:=(]*/u.exec(text)!
  return TOTAL.test(words.trim()) && /^[\p{Nd}.,٬٫:=()\s]*$/u.test(text.slice(words.length))
}

/** The number in a cell, by what its column says about its signs and its currency; or why there is none. */
export function readNumber(
  cell: string,
  { field, scale, pass, currency }: { field: string; scale: number; pass: Pass; currency?: string },
): bigint | Omit<Refusal, 'row'> {
  const text = withoutMark(cell)
  const value = text.slice(0, 80)
  const { other, scale: counted } = saidAbove(field, pass, currency)
  if (other) return { field, problem: 'import.otherCurrency', params: { value, currency: other } }
  if (counted) return { field, problem: 'import.otherScale', params: { value, said: counted } }
  const isOurs = currency === undefined ? undefined : (named: string) => couldBe(named, currency)
  const read = readDecimal(text, { scale, mark: cell.startsWith(NUMBER_CELL) ? '.' : pass.marks[field], isOurs })
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
      return { field, problem: 'import.otherCurrency', params: { value, currency: shownCurrency(read.named) } }
    case 'none':
      return { field, problem: 'import.unreadable', params: { value } }
  }
}

/** The day in a cell as ISO text, by what its column says about the order; or why there is none. */
export function readDayIn(cell: string, { field, pass }: { field: string; pass: Pass }): string | Omit<Refusal, 'row'> {
  const [read, value] = [readDayCell(cell, pass.orders?.[field]), cell.slice(0, 80)]
  if (read.kind === 'value') return read.day
  if (read.kind === 'none') return { field, problem: 'import.unreadable', params: { value } }
  return { field, problem: 'import.ambiguous', params: { value, one: read.readings[0], other: read.readings[1] } }
}

interface Above {
  /** Another currency than the company's. */
  readonly other: string | undefined
  readonly scale: string | undefined
}
const headingsRead = new WeakMap<Pass['headings'], Map<string, Above>>()
/** What the heading names that its numbers can't be taken for; each heading is read once for all its rows. */
function saidAbove(field: string, { headings }: Pass, currency: string | undefined): Above {
  const known = headingsRead.get(headings) ?? new Map<string, Above>()
  headingsRead.set(headings, known)
  const [key, heading] = [`${currency} ${field}`, headings[field] ?? '']
  const found = known.get(key) ?? { other: currency && otherCurrencyIn(heading, currency), scale: scaleIn(heading) }
  known.set(key, found)
  return found
}
