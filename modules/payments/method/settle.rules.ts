import { currencies, minor, roundToStep, sum, type Currency, type Minor } from '#kit/money.ts'
import { PaymentProblem, type methodKinds } from './method.ts'

export interface Tender {
  readonly method: string
  readonly kind: (typeof methodKinds)[number]
  /** What the customer hands over, in minor units. */
  readonly given: Minor
  readonly reference?: string | null | undefined
}

/** The currency of a payment, and the smallest coin in which cash changes hands. */
export interface Coins {
  readonly currency: string
  readonly step: bigint
}
export const coinsOf = (currency: string): Coins => ({ currency, step: currencies[currency as Currency]?.cashStep ?? 1n })

export interface Settlement {
  /** What the total is rounded by because the rest is paid in coins that exist. */
  readonly rounding: Minor
  /** What is owed with the rounding. */
  readonly due: Minor
  readonly change: Minor
  /** What stays with us of each tender, in their order; together exactly `due`. */
  readonly kept: readonly Minor[]
}

const sumOf = (tenders: readonly Tender[], isCash: boolean): Minor =>
  sum(tenders.filter((tender) => (tender.kind === 'cash') === isCash).map((tender) => tender.given))

/**
 * What cash has to cover, in coins that exist. Beside a card only a rest that is a coin at all is rounded: less than half
 * a coin would be given away with a cent in cash, so it stays due to the cent.
 */
function cashPart(total: Minor, other: Minor, step: bigint): Minor {
  const rest = minor(total - other)
  const rounded = roundToStep(rest, step)
  return other > 0n && rounded === 0n ? rest : rounded
}

/** What is still to pay in cash after the tenders, in coins that exist. Never below nothing. */
export function cashDue(total: Minor, tenders: readonly Tender[], { step }: Coins): Minor {
  const due = cashPart(total, sumOf(tenders, false), step) - sumOf(tenders, true)
  return minor(due > 0n ? due : 0n)
}

/**
 * Settles a total with tenders. Only cash may exceed what is due, and only a cash payment is rounded: a card is charged to
 * the cent.
 * @throws `payments.short`, `payments.overcharged`
 */
export function settle(total: Minor, tenders: readonly Tender[], { currency, step }: Coins): Settlement {
  const [cashGiven, other] = [sumOf(tenders, true), sumOf(tenders, false)]
  if (other > total) throw PaymentProblem.overcharged()
  const rest = minor(total - other)
  const hasCash = tenders.some((tender) => tender.kind === 'cash')
  // Nobody rounds a card payment by handing over no coins.
  const paysCash = cashGiven > 0n || (hasCash && other === 0n)
  const restDue = paysCash ? cashPart(total, other, step) : rest
  if (cashGiven < restDue) throw PaymentProblem.short({ missing: minor(restDue - cashGiven), currency })
  let left: bigint = restDue
  const kept = tenders.map((tender) => {
    if (tender.kind !== 'cash') return tender.given
    const part = tender.given < left ? tender.given : minor(left)
    left -= part
    return part
  })
  const rounding = minor(restDue - rest)
  return { rounding, due: minor(total + rounding), change: minor(cashGiven - restDue), kept }
}
