import type { DecimalMark } from './decimal.ts'
import { decimalText, divideHalfUp, minor, parseAmount, type Minor } from './money.ts'

/** A quantity is a whole number of millionths of its unit: one piece is 1_000_000n, 250 g of a kilogram 250_000n. */
export type Qty = bigint & { readonly __qty: unique symbol }

export const QTY_ONE = 1_000_000n
export const QTY_DECIMALS = 6

export const qty = (millionths: bigint | number | string): Qty => BigInt(millionths) as Qty
/** Whole units: `units(3)` is three pieces. */
export const units = (count: number | bigint): Qty => qty(BigInt(count) * QTY_ONE)

/**
 * For how many units of its unit an article's prices and its cost are: a gram that costs a part of the smallest coin is priced by
 * the hundred or the thousand. Text, as it is stored and travels.
 */
export const priceUnits = ['1', '100', '1000'] as const
export type PriceUnit = (typeof priceUnits)[number]

/**
 * What a quantity costs at a price for `per` units: price × quantity ÷ per, rounded half up to the minor unit, once. The one rule
 * by which a price becomes an amount.
 */
export const extend = (unitPrice: Minor, quantity: Qty, per: PriceUnit): Minor =>
  minor(divideHalfUp(unitPrice * quantity, QTY_ONE * BigInt(per)))

/** Reads "1.25" or "١٫٢٥" into millionths; `null` when it is not a number, has more than six decimals or could be two. */
export const parseQuantity = (text: string, mark?: DecimalMark | null): Qty | null =>
  parseAmount(text, QTY_DECIMALS, mark) as Qty | null

/** Plain decimal text without trailing zeros: 1_250_000n → "1.25". */
export const quantityText = (quantity: bigint | string): string => decimalText(BigInt(quantity), QTY_DECIMALS)
