import { measureOf, piecesIn } from '#kit/measure-names.ts'
import type { Said } from '#kit/measure-said.ts'
import { ratioOf } from '#kit/measure.ts'
import { decimalsOf, decimalText, divideHalfUp, minor, type Minor } from '#kit/money.ts'
import { priceUnits, QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import { readNumber, withoutMark, type Pass, type Refusal } from '#kit/import.ts'
import { FINE_DECIMALS, FINE_ONE, MONEY, type Fine, type ImportedVariant } from './imported.ts'

/** The unit of an article; none where it has none. */
export interface ArticleUnit {
  readonly code: string
  readonly name: string
  readonly decimals: number
}

const MOST = 10_000_000_000_000n
type Unread = Omit<Refusal, 'row'>
export const within = (read: bigint, field: string, value: string): bigint | Unread =>
  read < 0n || read > MOST ? { field, problem: 'import.unreadable', params: { value: value.slice(0, 80) } } : read

/** Read by the decimals of the currency, so that "1,250" means what it ever meant; what is finer is read once more. */
export function readFine(cell: string, { field, ...by }: { field: string; pass: Pass; currency: string }): Fine | Unread {
  const scale = decimalsOf(by.currency)
  for (const more of [0, FINE_DECIMALS]) {
    const read = readNumber(cell, { field, scale: scale + more, ...by })
    if (typeof read === 'bigint') return within(more === 0 ? read * FINE_ONE : read, field, cell) as Fine | Unread
    if (read.problem !== 'import.tooFine') return read
  }
  return { field, problem: 'catalog.product.tooFine', params: { value: withoutMark(cell).slice(0, 80) } }
}

/** Loyverse and Square say so of what has no price of its own: it is asked at the till. */
export const isOpenPrice = (cell: string | null): boolean => cell !== null && OPEN.test(cell.trim())
const OPEN = /^(?:variable(?: price| pricing)?|open(?: price)?|ask(?: price)?)$/i

const ROUGH_DECIMALS = 18
/** The nearest of what is kept, of a cost with more decimals than that. */
export function readRough(cell: string, { field, ...by }: { field: string; pass: Pass; currency: string }): Fine | null {
  const scale = decimalsOf(by.currency) + ROUGH_DECIMALS
  const read = readNumber(cell, { field, scale, ...by })
  return typeof read === 'bigint' && read > 0n
    ? (divideHalfUp(read, 10n ** BigInt(ROUGH_DECIMALS - FINE_DECIMALS)) as Fine)
    : null
}

type Amounts = (typeof MONEY)[number]

/** Is it weighed or measured out? Only then is a part of the smallest coin a price. */
export const isMeasured = (unit: ArticleUnit | null): boolean =>
  unit !== null && (unit.decimals > 0 || measureOf(unit.code, unit.name) !== undefined)

/** So many millionths of the unit of an article, as a fraction: what a file's amount is for. */
export type Share = readonly [size: bigint, parts: bigint]
export const shareOf = (units: PriceUnit): Share => [BigInt(units) * QTY_ONE, 1n]
export const isSameShare = (one: Share, other: Share): boolean => one[0] * other[1] === other[0] * one[1]

/** By how many units an article is priced that is priced for such a share; nothing where nothing is. */
export const priceUnitOf = (share: Share): PriceUnit | undefined => priceUnits.find((one) => isSameShare(share, shareOf(one)))

/** How many millionths of its own unit an article has in what a word means for it alone: a carton 24 pieces, its own unit one. */
export type Holds = (word: string) => bigint | undefined

/** What a file says in the article's unit; nothing where that is another kind of thing. */
export function inUnitsOf({ count, unit, text }: Said, article: ArticleUnit | null, holds: Holds) {
  // The shop itself calls one "Carton of 12".
  const named = holds(text)
  if (named !== undefined) return [named, 1n] satisfies Share
  // A part of the unit has a name of its own, or is a slip.
  if (unit === null && count % QTY_ONE !== 0n) return undefined
  if (unit === null) return [count, 1n] satisfies Share
  const held = holds(unit)
  if (held !== undefined) return [count * held, QTY_ONE] satisfies Share
  const isCounted = article === null || [article.code, article.name].some((name) => piecesIn(name) === 1n)
  const pieces = isCounted ? piecesIn(unit) : undefined
  if (pieces) return [count * pieces, 1n] satisfies Share
  const [from, to] = [measureOf(unit), article ? measureOf(article.code, article.name) : undefined]
  const ratio = from && to ? ratioOf(from, to) : undefined
  return ratio && ([count * ratio[0], ratio[1]] satisfies Share)
}

/** A quantity counted by what a file says, in the unit of the article; null when it can't be said so exactly. */
export function quantityAs(quantity: bigint, ...by: Parameters<typeof inUnitsOf>): bigint | null {
  const [size, parts] = inUnitsOf(...by) ?? [0n, 1n]
  const [whole, one] = [quantity * size, parts * QTY_ONE]
  return size > 0n && whole % one === 0n ? whole / one : null
}

/** A price for a share of units as one for `per` units; nothing when it can't be said in minor units, or is too much. */
export function amountFor(fine: bigint, of: Share, per: PriceUnit): Minor | null {
  const [size, by] = sizesFor(fine, of, per)
  return size % by === 0n && size / by <= MOST ? minor(size / by) : null
}
const sizesFor = (fine: bigint, [size, parts]: Share, per: PriceUnit) =>
  [fine * BigInt(per) * QTY_ONE * parts, FINE_ONE * size] as const

/** What each amount is for. */
export type SharesOf = Readonly<Record<Amounts, Share>>

type OfEach = (one: ImportedVariant<Fine>) => SharesOf
interface Priced {
  readonly of: OfEach
  readonly per: PriceUnit
  /** The article is there already. */
  readonly isKnown: boolean
  /** What one piece cost is kept to the smallest coin. */
  readonly roundsCost: boolean
  readonly currency: string
}

/** What prices are for so many units each, said for `per` units; with a refusal for each that can't be said so exactly. */
export function pricesFor(variants: readonly ImportedVariant<Fine>[], priced: Priced) {
  const refusals: Refusal[] = []
  const warnings: Refusal[] = []
  const scale = decimalsOf(priced.currency)
  const found = variants.map((one): ImportedVariant => {
    const { price: _price, comparePrice: _comparePrice, cost: _cost, isCostRough: _rough, pricesAre: _are, ...rest } = one
    const shares = priced.of(one)
    const amounts: { -readonly [Name in Amounts]?: Minor | null } = {}
    for (const field of MONEY) {
      const fine = one[field]
      if (fine === undefined) continue
      const of = shares[field]
      const exact = fine === null ? null : amountFor(fine, of, priced.per)
      const rounded = fine && divideHalfUp(...sizesFor(fine, of, priced.per))
      const isRough = field === 'cost' && one.isCostRough === true
      if (isRough && !priced.roundsCost)
        refusals.push({
          row: one.row,
          field,
          problem: 'catalog.product.tooFine',
          params: { value: written(fine ?? 0n, priced.currency) },
        })
      else if (fine === null || (exact !== null && !isRough)) amounts[field] = exact
      else if (field === 'cost' && priced.roundsCost && rounded && rounded <= MOST) {
        amounts.cost = minor(rounded)
        const params = { value: decimalText(fine, scale + FINE_DECIMALS, scale), kept: decimalText(rounded, scale, scale) }
        warnings.push({ row: one.row, field, problem: 'catalog.product.costRounded', params })
      } else refusals.push(inexact({ row: one.row, field, of }, fine, priced))
    }
    return { ...rest, ...(amounts as Pick<ImportedVariant, Amounts>) }
  })
  return { variants: found, refusals, warnings }
}

const inexact = (
  { row, field, of }: { row: number; field: string; of: Share },
  fine: bigint,
  { per, isKnown, currency }: Priced,
): Refusal => ({
  row,
  // What is there keeps its price unit, so a new article is the way out.
  ...(isKnown || !priceUnitOf(of)
    ? tooFineFor(fine, { field, of, per, currency })
    : { field, problem: 'catalog.product.tooFine', params: { value: written(fine, currency) } }),
})
const written = (fine: bigint, currency: string): string => {
  const scale = decimalsOf(currency)
  return decimalText(fine, scale + FINE_DECIMALS, scale)
}
/** What an amount of the file is for, and for how many units those of its article are. */
interface Inexact {
  readonly field: string
  readonly of: Share
  readonly per: PriceUnit
  readonly currency: string
}
export const tooFineFor = (fine: bigint, { field, of, per, currency }: Inexact): Unread => ({
  field,
  problem: priceUnitOf(of) ? 'catalog.product.tooFineForIt' : 'catalog.product.inexactForIt',
  params: { value: written(fine, currency), units: Number(per) },
})

/** The fewest units by which every price of a new article can be said exactly; one where none can. */
export const priceUnitFor = (variants: readonly ImportedVariant<Fine>[], of: OfEach): PriceUnit => {
  const all = variants.map((one) => [one, of(one)] as const)
  return (
    priceUnits.find((per) =>
      all.every(([one, shares]) =>
        MONEY.every((field) => typeof one[field] !== 'bigint' || amountFor(one[field], shares[field], per) !== null),
      ),
    ) ?? '1'
  )
}

/** Does an amount fit what is known better as it stands there than for so many units? Then it was most likely meant so. */
export const isMeantFor = (fine: bigint, known: bigint, per: PriceUnit): boolean => {
  const made = (fine * BigInt(per)) / FINE_ONE
  return per !== '1' && made * made > known * known * BigInt(per)
}
