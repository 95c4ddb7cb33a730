import type { Qty } from '#kit/quantity.ts'

/** What a place has of an article, what is under way to it, and how it buys it. */
export interface Need {
  /** Not promised to anybody. */
  readonly available: bigint
  readonly onOrder: bigint
  readonly level: bigint
  /** How much to fill up to; the level itself where nobody said. */
  readonly target: bigint | null
  readonly pack: bigint | null
  readonly least: bigint | null
}

/**
 * How much to order: what is missing to the target once what is under way has come, at least what the supplier sells, in whole
 * packs. Nothing while enough comes.
 */
export function proposed({ available, onOrder, level, target, pack, least }: Need): Qty {
  const coming = available + onOrder
  if (coming > level) return 0n as Qty
  const missing = (target ?? level) - coming
  const wanted = least !== null && least > missing ? least : missing
  if (wanted <= 0n) return 0n as Qty
  if (pack === null) return wanted as Qty
  return (((wanted + pack - 1n) / pack) * pack) as Qty
}
