/** A price of a price list, with what its list is for. */
export interface ListedPrice {
  readonly price: bigint
  /** From this quantity on, in millionths. */
  readonly minQuantity: bigint
  readonly priority: number
  readonly place: string | null
  readonly customerGroup: string | null
  readonly validFrom: string | null
  readonly validTo: string | null
}

/** For whom, where, when and how much of an article altogether: the sum of all lines of the basket that have it. */
export interface Buying {
  readonly quantity: bigint
  readonly place: string
  readonly day: string
  readonly customerGroup: string | null
}

const applies = (one: ListedPrice, { quantity, place, day, customerGroup }: Buying): boolean =>
  one.minQuantity <= quantity &&
  (one.place === null || one.place === place) &&
  (one.customerGroup === null || one.customerGroup === customerGroup) &&
  (one.validFrom === null || one.validFrom <= day) &&
  (one.validTo === null || one.validTo >= day)

/** The higher priority wins, then the larger quantity, then the lower price. */
const isBetter = (one: ListedPrice, other: ListedPrice): boolean =>
  one.priority !== other.priority
    ? one.priority > other.priority
    : one.minQuantity !== other.minQuantity
      ? one.minQuantity > other.minQuantity
      : one.price < other.price

/**
 * The price of an article, for as many units as all its prices are: the best listed price that applies, else the article's own. The one rule of the till; the statement
 * of `price.store.ts` mirrors it, and a test holds them against each other.
 */
export function unitPrice(own: bigint, listed: readonly ListedPrice[], buying: Buying): bigint {
  let best: ListedPrice | undefined
  for (const one of listed) if (applies(one, buying) && (!best || isBetter(one, best))) best = one
  return best?.price ?? own
}

/** How much of each article there is altogether: who buys three and three more buys six. */
export function quantities(lines: Iterable<{ readonly variant: string; readonly quantity: bigint }>): Map<string, bigint> {
  const found = new Map<string, bigint>()
  for (const { variant, quantity } of lines) found.set(variant, (found.get(variant) ?? 0n) + quantity)
  return found
}

/** Bounds of a price that is asked at the till, in minor units as text; none where one is null. */
export interface AskedPrice {
  readonly least: string | null
  readonly most: string | null
}

/** A price as it travels to the till: the list by its place among the lists, from which quantity on, and how much. */
export type CarriedPrice = readonly [list: number, minQuantity: string, price: string]
export type CarriedList = Omit<ListedPrice, 'price' | 'minQuantity'>

/** The prices that travelled, with what their lists are for. */
export const listedPrices = (lists: readonly CarriedList[], prices: readonly CarriedPrice[]): ListedPrice[] =>
  prices.map(([list, minQuantity, price]) => ({ ...lists[list]!, minQuantity: BigInt(minQuantity), price: BigInt(price) }))
