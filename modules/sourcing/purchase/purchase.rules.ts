import { minor, RATE_ONE, shareOf, sum, type Minor, type Rate } from '#kit/money.ts'
import { extend, type PriceUnit, type Qty } from '#kit/quantity.ts'

export interface PricedLine {
  readonly quantity: Qty
  readonly price: Minor
  readonly priceUnit: PriceUnit
  readonly taxRate: Rate
}

/** What a line costs without tax, and its tax: each rounded once. */
export function worthOf({ quantity, price, priceUnit, taxRate }: PricedLine): { net: Minor; tax: Minor } {
  const net = extend(price, quantity, priceUnit)
  return { net, tax: shareOf(net, taxRate) }
}

/** What an order costs: its lines as they stand on it. */
export function totalsOf(lines: readonly PricedLine[]): { net: Minor; tax: Minor; total: Minor } {
  const all = lines.map(worthOf)
  const [net, tax] = [sum(all.map((one) => one.net)), sum(all.map((one) => one.tax))]
  return { net, tax, total: minor(net + tax) }
}

export interface OpenLine {
  readonly quantity: Qty
  /** All that came and was taken, the damaged among it. */
  readonly received: Qty
}

/** What is still to come; nothing where more came than was ordered. */
export const missingOf = ({ quantity, received }: OpenLine): Qty => (quantity > received ? quantity - received : 0n) as Qty

/** The most that may still come: what was ordered and the share that may come beyond it, rounded down. */
export const mostOf = ({ quantity, received }: OpenLine, tolerance: Rate): Qty => {
  const most = quantity + (quantity * tolerance) / RATE_ONE - received
  return (most > 0n ? most : 0n) as Qty
}

/** Has everything come? What was damaged came, too. */
export const isWhole = (lines: readonly OpenLine[]): boolean => lines.every((line) => missingOf(line) === 0n)
