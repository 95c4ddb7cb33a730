import { isFineMeasure } from '#kit/measure.ts'
import { measureOf } from '#kit/measure-names.ts'
import type { PriceUnit } from '#kit/quantity.ts'

/**
 * The unit that stands behind a quantity of an article: of what is weighed or measured, and of what is sold in parts or priced by
 * the hundred. A piece is a piece, and nobody says so.
 */
export const toldUnit = ({
  unit,
  decimals,
  priceUnit,
}: {
  readonly unit: string | null
  readonly decimals: number
  readonly priceUnit: PriceUnit
}): string | null => (unit && (priceUnit !== '1' || decimals > 0 || measureOf(unit)) ? unit : null)

/**
 * What is weighed or measured finely is sold in any part of its unit: what a price on its label buys, to the coin. Of anything
 * else no more is sold than its unit has decimals for.
 */
export const isDivisible = ({
  unit,
  unitName,
  decimals,
}: {
  readonly unit: string | null
  readonly unitName: string | null
  readonly decimals: number
}): boolean => {
  const measure = measureOf(unit ?? '', unitName ?? '')
  return measure !== undefined && isFineMeasure(measure, decimals)
}
