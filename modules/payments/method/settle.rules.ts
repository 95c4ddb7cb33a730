import { minor, roundToStep, sum, type Minor } from '#kit/money.ts'
import { PaymentProblem, type methodKinds } from './method.ts'

export interface Tender {
  readonly method: string
  readonly kind: (typeof methodKinds)[number]
  /** What the customer hands over, in minor units. */
  readonly given: Minor
  readonly reference?: string | null | undefined
}

export interface Settlement {
  /** What the total is rounded by because the rest is paid in coins that exist. */
  readonly rounding: Minor
  /** What is owed with the rounding. */
  readonly due: Minor
  readonly change: Minor
  /** What stays with us of each tender, in their order; together exactly `due`. */
  readonly kept: readonly Minor[]
}

/** What is still to pay in cash after the other tenders, in coins that exist. */
export function cashDue(total: Minor, tenders: readonly Tender[], cashStep: bigint): Minor {
  const other = sum(tenders.filter((tender) => tender.kind !== 'cash').map((tender) => tender.given))
  return roundToStep(minor(total - other), cashStep)
}

/**
 * Settles a total with tenders. Only cash may exceed what is due, and only a cash payment is rounded: a card is charged to
 * the cent.
 * @throws `payments.short`, `payments.overcharged`
 */
export function settle(total: Minor, tenders: readonly Tender[], cashStep: bigint): Settlement {
  const cash = tenders.filter((tender) => tender.kind === 'cash')
  const other = sum(tenders.filter((tender) => tender.kind !== 'cash').map((tender) => tender.given))
  if (other > total) throw PaymentProblem.overcharged()
  const rest = minor(total - other)
  const cashGiven = sum(cash.map((tender) => tender.given))
  // Nobody rounds a card payment by handing over no coins.
  const paysCash = cashGiven > 0n || (cash.length > 0 && other === 0n)
  const restDue = paysCash ? roundToStep(rest, cashStep) : rest
  if (cashGiven < restDue) throw PaymentProblem.short({ missing: minor(restDue - cashGiven) })
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
