import type { Qty } from '#kit/quantity.ts'

/** What a place has of an article, what other stores have already been asked to send it, and how much it fills up to. */
export interface Wish {
  /** Not promised to anybody. */
  readonly available: bigint
  readonly coming: bigint
  readonly level: bigint
  /** How much to fill up to; the level itself where nobody said. */
  readonly target: bigint | null
  /** How finely the article is counted, behind the point. */
  readonly decimals: number
}

/** A shelf of another store: what of the article is free on it, and in the whole store. */
export interface Shelf {
  readonly location: string
  readonly giver: string
  readonly there: bigint
  readonly giverFree: bigint
  readonly giverLevel: bigint | null
}

/**
 * How much of an article each shelf of other stores should send: what is missing to the target, from the store that has most to
 * spare first, so that one sends all of it where one can. Nothing while enough comes.
 */
export function shared(wish: Wish, shelves: readonly Shelf[]): Map<string, Qty> {
  const step = 10n ** BigInt(6 - wish.decimals)
  const given = new Map<string, Qty>()
  const left = new Map(shelves.map((one) => [one.giver, spare(one, step)]))
  let open = up(missing(wish), step)
  for (const one of byPlenty(shelves, step)) {
    const quantity = down(least(open, one.there, left.get(one.giver)!), step)
    if (quantity <= 0n) continue
    given.set(one.location, quantity as Qty)
    left.set(one.giver, left.get(one.giver)! - quantity)
    open -= quantity
  }
  return given
}

function missing({ available, coming, level, target }: Wish): bigint {
  const then = available + coming
  return then > level ? 0n : (target ?? level) - then
}

/** What a store can do without: what it keeps stays above its own level, or it would have to ask in its turn. */
const spare = ({ giverFree, giverLevel }: Shelf, step: bigint): bigint =>
  giverLevel === null ? giverFree : giverFree - giverLevel - step

const byPlenty = (shelves: readonly Shelf[], step: bigint): Shelf[] =>
  shelves.toSorted(
    (one, other) =>
      compare(spare(other, step), spare(one, step)) ||
      one.giver.localeCompare(other.giver) ||
      compare(other.there, one.there) ||
      one.location.localeCompare(other.location),
  )

const compare = (one: bigint, other: bigint): number => (one < other ? -1 : one > other ? 1 : 0)
const least = (...amounts: readonly bigint[]): bigint => amounts.reduce((one, other) => (other < one ? other : one))
const down = (amount: bigint, step: bigint): bigint => (amount <= 0n ? 0n : (amount / step) * step)
const up = (amount: bigint, step: bigint): bigint => (amount <= 0n ? 0n : ((amount + step - 1n) / step) * step)
