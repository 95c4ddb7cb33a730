import { minor, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'

/** Goods of one lot that are on the way, and what they are worth in all. */
export interface OnTheWay {
  readonly variant: string
  readonly lot: string | null
  readonly quantity: Qty
  readonly cost: Minor
}

/** How much of a line is neither here nor explained. */
export const openOf = (line: { quantity: Qty; received: Qty; damaged: Qty; missing: Qty }): Qty =>
  (line.quantity - line.received - line.damaged - line.missing) as Qty

/**
 * Takes so much of an article from what is on the way, lot by lot in the order in which it was sent. The last of a lot takes what
 * rounding left of its cost, so that nothing stays in transit.
 * @returns what was taken, and what is still on the way
 */
export function takeFrom(way: readonly OnTheWay[], variant: string, wanted: bigint): { taken: OnTheWay[]; left: OnTheWay[] } {
  let open = wanted
  const taken: OnTheWay[] = []
  const left = way.flatMap((one): OnTheWay[] => {
    if (one.variant !== variant || open === 0n) return [one]
    const quantity = one.quantity < open ? one.quantity : open
    const cost = quantity === one.quantity ? one.cost : minor((one.cost * quantity) / one.quantity)
    open -= quantity
    taken.push({ ...one, quantity: quantity as Qty, cost })
    const rest = one.quantity - quantity
    return rest === 0n ? [] : [{ ...one, quantity: rest as Qty, cost: minor(one.cost - cost) }]
  })
  return { taken, left }
}
