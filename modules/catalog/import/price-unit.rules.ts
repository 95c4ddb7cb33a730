import { measureOf } from '#kit/measure-names.ts'
import type { Said } from '#kit/measure-said.ts'
import { ratioOf } from '#kit/measure.ts'
import { decimalsOf, decimalText, divideHalfUp, minor, type Minor } from '#kit/money.ts'
import { priceUnits, QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import type { Refusal } from '#kit/import.ts'
import { FINE_DECIMALS, FINE_ONE, MONEY, MOST, type Fine, type ImportedVariant } from './product-file.rules.ts'

/** The unit of an article; none where it has none. */
export interface ArticleUnit {
  readonly code: string
  readonly name: string
  readonly decimals: number
}
type Amounts = (typeof MONEY)[number]

/** Is it weighed or measured out? Only then is a part of the smallest coin a price. */
export const isMeasured = (unit: ArticleUnit | null): boolean =>
  unit !== null && (unit.decimals > 0 || measureOf(unit.code, unit.name) !== undefined)

const PIECES = /^(?:pcs?|pieces?|items?|each|ea|nos?|قطعة|kipande|vipande|шт)$/iu

/** For how many units of the article prices are that are for what a file says; nothing where that is none of ours. */
export function priceUnitOf({ count, unit }: Said, article: ArticleUnit | null, isItsOwn: (unit: string) => boolean) {
  const pieces =
    unit !== null && PIECES.test(unit) && (article === null || PIECES.test(article.code) || PIECES.test(article.name))
  const [from, to] = [unit === null ? undefined : measureOf(unit), article ? measureOf(article.code, article.name) : undefined]
  const ratio = unit === null || pieces || isItsOwn(unit) ? ([1n, 1n] as const) : from && to ? ratioOf(from, to) : undefined
  return ratio && priceUnits.find((one) => BigInt(one) * QTY_ONE * ratio[1] === count * ratio[0])
}

/** A price for `of` units as one for `per` units; nothing when it can't be said in minor units, or is too much. */
function amountFor(fine: bigint, of: PriceUnit, per: PriceUnit): Minor | null {
  const [size, by] = [fine * BigInt(per), FINE_ONE * BigInt(of)]
  return size % by === 0n && size / by <= MOST ? minor(size / by) : null
}

interface Priced {
  /** For how many units each of them is. */
  readonly of: Readonly<Record<Amounts, PriceUnit>>
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
    const { price: _price, comparePrice: _comparePrice, cost: _cost, ...rest } = one
    const amounts: { -readonly [Name in Amounts]?: Minor | null } = {}
    for (const field of MONEY) {
      const fine = one[field]
      if (fine === undefined) continue
      const of = priced.of[field]
      const exact = fine === null ? null : amountFor(fine, of, priced.per)
      const rounded = fine && divideHalfUp(fine * BigInt(priced.per), FINE_ONE * BigInt(of))
      if (fine === null || exact !== null) amounts[field] = exact
      else if (field === 'cost' && priced.roundsCost && rounded && rounded <= MOST) {
        amounts.cost = minor(rounded)
        const params = { value: decimalText(fine, scale + FINE_DECIMALS, scale), kept: decimalText(rounded, scale, scale) }
        warnings.push({ row: one.row, field, problem: 'catalog.product.costRounded', params })
      } else refusals.push(inexact(one.row, field, fine, priced))
    }
    return { ...rest, ...(amounts as Pick<ImportedVariant, Amounts>) }
  })
  return { variants: found, refusals, warnings }
}

const inexact = (row: number, field: string, fine: bigint, { per, isKnown, currency }: Priced): Refusal => {
  const scale = decimalsOf(currency)
  const value = decimalText(fine, scale + FINE_DECIMALS, scale)
  // What is there keeps its price unit, so a new article is the way out.
  return isKnown
    ? { row, field, problem: 'catalog.product.tooFineForIt', params: { value, units: Number(per) } }
    : { row, field, problem: 'catalog.product.tooFine', params: { value } }
}

/** The fewest units by which every price of a new article can be said exactly; one where none can. */
export const priceUnitFor = (variants: readonly ImportedVariant<Fine>[]): PriceUnit =>
  priceUnits.find((per) =>
    variants.every((one) => MONEY.every((field) => typeof one[field] !== 'bigint' || amountFor(one[field], '1', per) !== null)),
  ) ?? '1'

/** Does an amount fit what is known better as it stands there than for so many units? Then it was most likely meant so. */
export const isMeantFor = (fine: bigint, known: bigint, per: PriceUnit): boolean => {
  const made = (fine * BigInt(per)) / FINE_ONE
  return per !== '1' && made * made > known * known * BigInt(per)
}
