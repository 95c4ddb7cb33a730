import { minor, sum, type Minor } from '#kit/money.ts'
import { qty } from '#kit/quantity.ts'
import type { Coins } from '#modules/payments/method/settle.rules.ts'
import {
  backOf,
  refundBy,
  refundTo,
  type ChosenWay,
  type RefundPlan,
  type SoldAmounts,
  type Took,
} from '#modules/returns/return/return.rules.ts'

/** JSON of a sold line, with what came back of it. */
export interface ReturnableLine {
  readonly id: string
  readonly quantity: string
  readonly net: string
  readonly tax: string
  readonly discount: string
  readonly before: { readonly gone: string; readonly total: string; readonly tax: string; readonly discount: string }
}

/** What some units of a line give back, by the rule of the server. */
export function givesBack(line: ReturnableLine, quantity: bigint): Minor {
  const sold: SoldAmounts = {
    quantity: qty(line.quantity),
    net: minor(line.net),
    tax: minor(line.tax),
    discount: minor(line.discount),
    cost: minor(0),
  }
  const { gone, total, tax, discount } = line.before
  const before = { gone: qty(gone), total: minor(total), tax: minor(tax), discount: minor(discount), cost: minor(0) }
  return quantity > 0n ? backOf(sold, before, qty(quantity)).total : minor(0)
}

/** What comes back, as it lies in a basket: kept with it on the device. Amounts and quantities as JSON carries them. */
export interface BackDraft {
  /** The id that the return will have. */
  readonly id: string
  readonly sale: string
  readonly number: string
  readonly reason: string
  readonly lines: readonly {
    readonly line: string
    readonly name: string
    readonly unit: string | null
    readonly quantity: string
    readonly disposition: string
    readonly total: string
  }[]
  /** What is due for it, to the cent. */
  readonly due: string
  readonly took: readonly (Omit<Took, 'left'> & { readonly left: string })[]
  /** Another way to pay back. */
  readonly way?: ChosenWay
}

export interface BackSettled {
  /** What pays for what is bought at the same moment. */
  readonly exchanged: Minor
  readonly plan: RefundPlan
  /** Both together: what the return comes to. */
  readonly total: Minor
}

/** How what comes back is settled: it pays for `bought` as far as it goes, the rest goes back the way it came. */
export function settleBack(
  { due, took, way }: Pick<BackDraft, 'due' | 'took' | 'way'>,
  bought: Minor,
  coins: Coins,
): BackSettled {
  const owed = minor(due)
  const exchanged = owed < bought ? (owed > 0n ? owed : minor(0)) : bought
  const rest = minor(owed - exchanged)
  const usual = refundTo(
    rest,
    took.map((one) => ({ ...one, left: minor(one.left) })),
    coins,
  )
  const isUsual = !way || (usual.rest === 0n && usual.parts.every((one) => one.method === way.method))
  const plan = isUsual ? usual : refundBy(rest, way, coins)
  return { exchanged, plan, total: minor(exchanged + sum(plan.parts.map((one) => one.amount))) }
}

/** What is sent with a sale, or alone. */
export const backSent = ({ id, sale, reason, lines, way }: BackDraft, total: Minor) => ({
  id,
  sale,
  reason,
  lines: lines.map(({ line, quantity, disposition }) => ({ line, quantity, disposition })),
  ...(way && { method: way.method }),
  due: String(total),
})
