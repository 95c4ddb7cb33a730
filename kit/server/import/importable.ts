import type { Cells, ImportField, Pass, Refusal } from '../../import.ts'
import {
  isSpokenOf,
  otherCurrencyIn,
  saysCurrency,
  scaleIn,
  taxOf,
  withoutCurrency,
  withoutScale,
  withoutTax,
} from '../../heading.ts'
import { measureOf } from '../../measure-names.ts'
import { saidIn, withoutMeasure } from '../../measure-said.ts'
import { whole, type Part } from '../../part.ts'
import { translate } from '../../words.ts'
import { problems } from '../../problem.ts'
import type { Tx } from '../door/context.ts'
import { serverWords } from '../host/words.ts'
import { isOtherTax } from '../../amounts.ts'

export { Memory } from '../../import.ts'
export type { Cells, ImportField, Pass, Refusal } from '../../import.ts'

export interface FileRow {
  readonly number: number
  readonly cells: Cells
  /** What is wrong with the row whatever it is about: nothing in it is taken. */
  readonly refusals?: readonly Refusal[]
}

export interface Group {
  /** The rows of the file that belong together, with their numbers. */
  readonly rows: readonly FileRow[]
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

/** What amounts of the company are in, and whether its prices hold their tax. */
export interface Amounts {
  readonly currency: string
  readonly taxInside?: boolean
}

/** Something that can come from a file. Groups are judged and written some hundred at a time. */
export interface Importable {
  readonly kind: string
  readonly can: string
  readonly fields: readonly ImportField[]
  /** Of several columns with prices, the one as the company has its own is meant. */
  amountsOf?(tx: Tx): Promise<Amounts>
  /** A file needs one of these columns at least, to tell which record is meant. */
  readonly oneOf?: readonly string[]
  /** Rows with the same key are one record (a product with its variants); without it each row stands alone. `above`: the key of the row above. */
  groupKey?(cells: Cells, number: number, above: string | undefined): string
  /** Brings groups together of which one names the others, wherever they stand. */
  gather?(groups: readonly Group[]): readonly Group[]
  /** Its records lie inside one another: the column of its name, and that of the one around it. Those around come first. */
  readonly nests?: { readonly name: string; readonly parent: string }
  /**
   * Judges groups and writes those that are right. The dry run does the same and is rolled back, so what it says is what
   * happens. Must find existing records by natural key, so that running a file twice changes nothing.
   */
  take(tx: Tx, groups: readonly Group[], pass: Pass): Promise<Took>
  /** Takes back what was written, unless somebody changed it since. Newest first. @returns how many could not be taken back */
  undo(tx: Tx, traces: readonly Trace[]): Promise<number>
}

const declared = whole<Importable>()
export function importable(one: Importable): Importable & Part {
  const known = {
    ...one,
    fields: one.fields.map((field) => ({ ...field, aliases: [...(field.aliases ?? []), ...headings(one.kind, field.name)] })),
  }
  return { ...known, ...declared.part(known) }
}

/** What an export for people calls a field, in every language: such a file comes back as it left. */
const headings = (kind: string, name: string): string[] =>
  Object.keys(serverWords()).map((language) => translate(serverWords(), language).of('field', `${kind}.${name}`))
export const importableOf = (kind: string): Importable | undefined => declared.all().find((one) => one.kind === kind)

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The best guess of which column is which: by remembered mapping, then by name and alias. */
export function suggestMapping(
  fields: readonly ImportField[],
  header: readonly string[],
  remembered: Record<string, string> = {},
  amounts?: Amounts,
): Record<string, string> {
  const mapping: Record<string, string> = {}
  const free = new Set(header)
  const give = (field: ImportField, column: string | undefined) => {
    if (column === undefined || !free.has(column) || mapping[field.name]) return
    mapping[field.name] = column
    free.delete(column)
  }
  const known = new Set(header.map((column) => plain(column.slice(0, 200))))
  for (const field of fields) give(field, remembered[field.name])
  // Once for each heading, and no longer than any alias: there are some hundred of those.
  const ways = new Map(header.map((column) => [column, waysToSay(column.slice(0, 200))]))
  const isOther = (column: string, { isNet }: ImportField) =>
    amounts !== undefined &&
    (otherCurrencyIn(column.slice(0, 200), amounts.currency) !== undefined ||
      scaleIn(column) !== undefined ||
      isOtherTax(column, isNet ? false : amounts.taxInside))
  const isOwn = (column: string, field: ImportField) =>
    amounts !== undefined && (saysCurrency(column, amounts.currency) || (taxOf(column) !== undefined && !isOther(column, field)))
  const offered = fields.filter(({ beside }) => !beside || beside.some((heading) => known.has(plain(heading))))
  const namesOf = ({ name, aliases = [], isByCode }: ImportField) =>
    (isByCode ? [...aliases, name] : [name, ...aliases]).map(plain)
  const suggest = (
    columnsFor: (field: ImportField) => readonly string[],
    say: (column: string) => readonly string[],
    among = offered,
  ) => {
    for (const field of among) {
      const columns = columnsFor(field)
      // The order of the aliases counts: the first one that the file has wins.
      for (const name of namesOf(field)) {
        const fitting = columns.filter(
          (column) => free.has(column) && say(column).includes(name) && !(field.isMoney && SHARE.test(column)),
        )
        give(field, fitting.find((column) => isOwn(column, field)) ?? fitting[0])
      }
    }
  }
  const whole = (column: string) => ways.get(column)!
  const bare = new Map(header.map((column) => [column, withoutBrackets(column.slice(0, 200))]))
  const harmless = (column: string) => (HARMLESS.test(bare.get(column)!.inside) ? [bare.get(column)!.rest] : [])
  const ownOf = (isNet: boolean) => header.filter((column) => !isOther(column, { name: '', isNet }))
  const [owns, nets] = [ownOf(false), ownOf(true)]
  const own = ({ isNet }: ImportField) => (isNet ? nets : owns)
  suggest(own, whole)
  suggest(own, harmless)
  // Nobody knows what other brackets say, so one such column is suggested, and of several none.
  for (const field of offered) {
    const names = namesOf(field)
    const [column, another] = own(field).filter(
      (one) => free.has(one) && bare.get(one)!.inside && names.includes(bare.get(one)!.rest),
    )
    // What may be cents, thousands, an estimate or a carton is no number of ours; in square brackets programs name a place.
    const isTold = (one: string) =>
      !field.isNumber || one.endsWith(']') || saidIn(one) !== undefined || measureOf(bare.get(one)!.inside) !== undefined
    if (another === undefined && column !== undefined && isTold(column) && !OTHER_KIND.test(bare.get(column)!.inside))
      give(field, column)
  }
  // "Price (cost)" and "Prices (retail)" say in their brackets which amount they are.
  const inside = (column: string) => [plain(bare.get(column)!.inside)]
  suggest(
    own,
    inside,
    offered.filter(({ isNumber }) => isNumber),
  )
  // What is in another currency or taxed otherwise is suggested where nothing else is: its rows are then refused with the reason.
  suggest(() => header, whole)
  for (const field of offered) {
    const { speaksOf } = field
    if (speaksOf)
      give(
        field,
        header.find((column) => free.has(column) && isSpokenOf(column, speaksOf)),
      )
  }
  return mapping
}

/** "Price EUR", "Weight (kg)" and "Price (incl. VAT)" are two prices and a weight. */
function waysToSay(column: string): string[] {
  const bare = withoutCurrency(column)
  return [
    column,
    bare,
    withoutMeasure(column),
    withoutTax(column),
    withoutTax(bare),
    withoutScale(column),
    withoutScale(bare),
  ].map(plain)
}
/** "Price %" is no price. */
const SHARE = /[%٪]/

/** "Price [Main Street]", "Price (wholesale)": what stands in the brackets at the end, and what stands before them. */
function withoutBrackets(column: string): { rest: string; inside: string } {
  const found = /[([]([^()[\]]{1,60})[)\]]$/.exec(column.trim())
  return { rest: plain(found ? column.slice(0, column.lastIndexOf(found[0])) : column), inside: found?.[1]!.trim() ?? '' }
}

/** In brackets: the one that counts. */
const HARMLESS =
  /^(?:retail|selling|sell|new|current|now|today|regular|normal|standard|optional|required|mandatory|(?:ال)?(?:تجزئة|مفرق|قطاعي|جديد|حالي)|(?:ال|لل)?مستهلك|розница|розничная|новая|новый|текущая|rejareja|mpya|ya sasa)$/iu
/** In brackets: what is something else than the heading before them. */
const OTHER_KIND =
  /\b(?:costs?|wholesale|trade|dealer|distributor|bulk|purchase|buy|buying|supplier|supply|old|previous|was|before|last|former|compare|rrp|msrp|members?|vip|staff|average|avg|min|minimum|max|maximum|margin|markup|discount|discounted|special|sale|offer|jumla|gharama|zamani|awali|kununua)\b|جمل[ةه]|تكلف|شراء|قديم|سابق|опт|закуп|себестоим|стар(?:ая|ый|ое)|прежн|скидк/iu

export const HeadingProblem = problems('import', {
  otherScale: {
    status: 422,
    say: 'The heading says “{said}”, and amounts here are in whole units of the currency. Write them so in the file, or choose another column.',
  },
})
