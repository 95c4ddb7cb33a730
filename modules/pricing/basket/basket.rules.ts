import { divideHalfUp, least, minor, RATE_ONE, shareOf, spread, sum, taxInside, zero, type Minor, type Rate } from '#kit/money.ts'
import type { AskedPrice } from '#modules/catalog/price/price.rules.ts'
import { extend, type PriceUnit, type Qty } from '#kit/quantity.ts'

/** Off a line or off the whole basket: a share in millionths, or an amount. */
export type Discount = { readonly rate: Rate } | { readonly amount: Minor }

export interface BasketLine {
  readonly quantity: Qty
  readonly unitPrice: Minor
  /** For how many units the price is. */
  readonly priceUnit: PriceUnit
  readonly taxRate: Rate
  readonly discount?: Discount | null | undefined
}

export interface LineTotals {
  /** Price × quantity ÷ price unit, before any discount. */
  readonly gross: Minor
  /** The line's own discount and its share of the basket's. */
  readonly discount: Minor
  /** The latter alone. */
  readonly basketDiscount: Minor
  readonly net: Minor
  readonly tax: Minor
  /** What the customer pays for the line: net + tax. */
  readonly total: Minor
}

export interface BasketTotals {
  readonly lines: readonly LineTotals[]
  readonly gross: Minor
  readonly discount: Minor
  readonly basketDiscount: Minor
  readonly net: Minor
  readonly tax: Minor
  readonly total: Minor
}

/** Never more than there is to take off. */
const discountOf = (amount: Minor, discount: Discount | null | undefined): Minor =>
  !discount ? zero : 'rate' in discount ? shareOf(amount, discount.rate) : least(amount, discount.amount)

/**
 * The totals of a basket: the one rule that till, server, receipt, ledger and report share.
 *
 * Each line is rounded half up to the minor unit: price × quantity ÷ price unit, discount, tax. The basket's discount is spread over
 * the lines by largest remainder, so its parts add up to it. Tax is inside the price (gross × r ÷ (1 + r)) or on top
 * (net × r). Lines + tax = total, to the minor unit.
 */
export function totalsOf(
  lines: readonly BasketLine[],
  basketDiscount: Discount | null | undefined,
  pricesIncludeTax: boolean,
): BasketTotals {
  const priced = lines.map((line) => {
    const gross = extend(line.unitPrice, line.quantity, line.priceUnit)
    return { line, gross, own: discountOf(gross, line.discount) }
  })
  const afterOwn = priced.map(({ gross, own }) => minor(gross - own))
  const shares = spread(discountOf(sum(afterOwn), basketDiscount), afterOwn)
  const totals = priced.map(({ line, gross, own }, index): LineTotals => {
    const basketDiscount = shares[index] ?? zero
    const discount = minor(own + basketDiscount)
    const rest = minor(gross - discount)
    const tax = pricesIncludeTax ? taxInside(rest, line.taxRate) : shareOf(rest, line.taxRate)
    const net = pricesIncludeTax ? minor(rest - tax) : rest
    return { gross, discount, basketDiscount, net, tax, total: minor(net + tax) }
  })
  const over = (pick: (line: LineTotals) => Minor) => sum(totals.map(pick))
  return {
    lines: totals,
    gross: over((l) => l.gross),
    discount: over((l) => l.discount),
    basketDiscount: over((l) => l.basketDiscount),
    net: over((l) => l.net),
    tax: over((l) => l.tax),
    total: over((l) => l.total),
  }
}

/** What is wrong with a price that was asked for at the till: none was given, or it is beyond what the article may cost. */
export function wrongAsked(
  price: bigint | undefined,
  { least, most }: AskedPrice,
): 'askPrice' | 'askedTooLow' | 'askedTooHigh' | null {
  if (price === undefined || price <= 0n) return 'askPrice'
  if (least !== null && price < BigInt(least)) return 'askedTooLow'
  return most !== null && price > BigInt(most) ? 'askedTooHigh' : null
}

/** Whoever gives the price itself, down to the smallest coin, needs nobody's leave for a discount on it. */
export const isFreelyPriced = (asked: AskedPrice | null | undefined): boolean => asked?.least === null

/**
 * Is a line's discount within a limit? A discount of exactly the limit always is: what rounding adds is the customer's, less
 * than one minor unit for the line itself, and one more where a discount on everything is spread over the lines.
 */
export const isWithin = ({ gross, discount }: LineTotals, limit: bigint, isSpread: boolean): boolean =>
  discount * RATE_ONE < limit * gross + (isSpread ? 2n : 1n) * RATE_ONE

/** The lines whose discount is above a limit, by their place. */
export const beyondLimit = (totals: BasketTotals, limit: bigint, isSpread: boolean): number[] =>
  totals.lines.flatMap((line, index) => (line.discount > 0n && !isWithin(line, limit, isSpread) ? [index] : []))

/** The share of a line that was taken off, in millionths, as people read it. */
export const shareTaken = ({ gross, discount }: LineTotals): Rate =>
  (gross > 0n ? divideHalfUp(discount * RATE_ONE, gross) : 0n) as Rate

/**
 * A sold line as papers and pages show it: price × quantity, what was taken off the line itself, and what is left. All of
 * `rest`, less the discount on everything, is the total, or that without its tax where prices are without it.
 */
export function shownLine(
  { discount, basketDiscount, net, tax }: Pick<LineTotals, 'discount' | 'basketDiscount' | 'net' | 'tax'>,
  pricesIncludeTax: boolean,
): { gross: Minor; off: Minor; rest: Minor } {
  const rest = minor(net + (pricesIncludeTax ? tax : zero) + basketDiscount)
  const off = minor(discount - basketDiscount)
  return { gross: minor(rest + off), off, rest }
}

/** Tax by rate, as a receipt shows it. */
export function taxesByRate(
  lines: readonly { taxCode: string; taxRate: Rate; net: Minor; tax: Minor }[],
): { taxCode: string; taxRate: Rate; net: Minor; tax: Minor }[] {
  const groups = Map.groupBy(lines, (line) => `${line.taxCode}|${line.taxRate}`)
  return [...groups.values()].map((group) => ({
    taxCode: group[0]!.taxCode,
    taxRate: group[0]!.taxRate,
    net: sum(group.map((l) => l.net)),
    tax: sum(group.map((l) => l.tax)),
  }))
}
