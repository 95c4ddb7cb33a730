import { divideHalfUp, least, minor, roundToStep, sum, zero, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import type { methodKinds } from '#modules/payments/method/method.ts'
import type { Coins } from '#modules/payments/method/settle.rules.ts'

/** What a sold line came to, in minor units. */
export interface SoldAmounts {
  readonly quantity: Qty
  readonly net: Minor
  readonly tax: Minor
  readonly discount: Minor
  readonly cost: Minor
}

/** What of it came back so far, and what was given for it. */
export interface Gone {
  readonly gone: Qty
  readonly total: Minor
  readonly tax: Minor
  readonly discount: Minor
  readonly cost: Minor
}

export const nothingGone: Gone = { gone: 0n as Qty, total: zero, tax: zero, discount: zero, cost: zero }

/** What units that come back give back. `total` is net + tax. */
export interface BackAmounts {
  readonly net: Minor
  readonly tax: Minor
  readonly total: Minor
  readonly discount: Minor
  readonly cost: Minor
}

/**
 * What some units of a line give back: their share of it by quantity, less what those before them were given. So the parts add up
 * to the line, to the minor unit, however they come back.
 * @param quantity not more than is left of the line
 */
export function backOf(sold: SoldAmounts, before: Gone, quantity: Qty): BackAmounts {
  const gone = before.gone + quantity
  const upTo = (whole: Minor, earlier: Minor): Minor => minor(divideHalfUp(whole * gone, sold.quantity) - earlier)
  const total = upTo(minor(sold.net + sold.tax), before.total)
  const tax = upTo(sold.tax, before.tax)
  return {
    total,
    tax,
    net: minor(total - tax),
    discount: upTo(sold.discount, before.discount),
    cost: upTo(sold.cost, before.cost),
  }
}

/** A payment of what was sold, and how much of it has not gone back yet. */
export interface Took {
  readonly tender: string
  readonly method: string
  readonly kind: (typeof methodKinds)[number]
  readonly left: Minor
}

export interface Refund {
  /** The payment that it goes back to; nothing where it is paid another way. */
  readonly tender: string | null
  readonly method: string
  readonly kind: (typeof methodKinds)[number]
  readonly amount: Minor
}

export interface RefundPlan {
  readonly parts: readonly Refund[]
  /** What is given more, or less, because there are no coins for it. */
  readonly rounding: Minor
  /** What no payment of the sale can take back. */
  readonly rest: Minor
}

/** What can be traced goes back first: a card and a wallet say whose they are, notes do not. */
const TRACED: readonly Refund['kind'][] = ['card', 'mobile', 'bank', 'credit', 'cash']

/**
 * The way back of what is due: to the payments that were made, each at most what it took, the traceable ones first. Only cash is
 * rounded, to coins that exist: so all of a sale gives back what was paid for it, to the coin.
 */
export function refundTo(due: Minor, took: readonly Took[], { step }: Coins): RefundPlan {
  let rest: bigint = due > 0n ? due : 0n
  let rounding: bigint = rest - due
  const ways = took.toSorted((a, b) => TRACED.indexOf(a.kind) - TRACED.indexOf(b.kind))
  const parts: Refund[] = []
  const give = ({ tender, method, kind }: Took, amount: Minor) => {
    if (amount > 0n) parts.push({ tender, method, kind, amount })
  }
  for (const way of ways.filter((one) => one.kind !== 'cash')) {
    const amount = least(way.left, minor(rest))
    give(way, amount)
    rest -= amount
  }
  const cash = ways.filter((one) => one.kind === 'cash')
  const lies = sum(cash.map((one) => one.left))
  if (rest > 0n) {
    const rounded = roundToStep(minor(rest), step)
    const inCoins = rest < lies ? least(rounded, lies) : lies
    // What the sale was rounded down by lies in no drawer, and nobody can ask for it back.
    const covered = rounded > lies && rest > lies ? lies : rest
    let left: bigint = inCoins
    for (const way of cash) {
      const amount = least(way.left, minor(left))
      give(way, amount)
      left -= amount
    }
    rounding += inCoins - covered
    rest -= covered
  }
  return { parts, rounding: minor(rounding), rest: minor(rest) }
}

/** Another way than the payments of the sale: what was asked for is given, cash in coins that exist. */
export interface ChosenWay {
  readonly method: string
  readonly kind: Refund['kind']
}
export function refundBy(due: Minor, { method, kind }: ChosenWay, { step }: Coins): RefundPlan {
  const amount = due <= 0n ? zero : kind === 'cash' ? roundToStep(due, step) : due
  return {
    parts: amount > 0n ? [{ tender: null, method, kind, amount }] : [],
    rounding: minor(amount - due),
    rest: zero,
  }
}

/** For how many days goods are taken back where nobody says otherwise. */
export const USUAL_DAYS = 7

/** Is a line late on this day? Its category says for how many days it is taken back, else the store; none at all is never. */
export function isLate(
  soldOn: string,
  today: string,
  days: { readonly category: number | null; readonly place: number | null },
): boolean {
  const window = days.category ?? days.place ?? USUAL_DAYS
  if (window === 0) return true
  return Math.round((Date.parse(today) - Date.parse(soldOn)) / 86_400_000) > window
}
