import { minor, sum, type Minor } from '#kit/money.ts'
import { Problem } from '#kit/problem.ts'
import type { methodKinds } from './method.ts'
import { cashDue, settle, type Coins, type Settlement, type Tender } from './settle.rules.ts'

/** A way to pay, as far as a payment must know it. */
export interface Way {
  readonly id: string
  readonly kind: (typeof methodKinds)[number]
  readonly needsReference: boolean
}

/**
 * What comes of the tender that somebody typed: a part that is kept while the rest is paid another way; the whole, with
 * which the payment is done; or nothing that can be kept.
 */
export type Step =
  | { readonly is: 'part'; readonly tender: Tender; /** What is due after it. */ readonly due: Minor }
  | { readonly is: 'whole'; readonly tenders: readonly Tender[]; readonly settlement: Settlement }
  | { readonly is: 'refused'; readonly why: 'nothing' | 'tooMuch' | 'reference' | 'coins'; readonly due: Minor }

/** Something by which a payment is found again; signs alone are nothing. */
export const isReference = (text: string | null | undefined): boolean => /[\p{L}\p{N}]/u.test(text ?? '')

/** What is due after the kept tenders when it is paid this way: cash in coins that exist, everything else to the cent. */
export const dueBy = (kind: Way['kind'], total: Minor, kept: readonly Tender[], coins: Coins): Minor =>
  kind === 'cash' ? cashDue(total, kept, coins) : minor(total - sum(kept.map((tender) => tender.given)))

/** What is due more, or less, because there are no coins for it. */
export const roundingBy = (kind: Way['kind'], total: Minor, kept: readonly Tender[], coins: Coins): Minor =>
  minor(dueBy(kind, total, kept, coins) - dueBy('card', total, kept, coins))

/**
 * Judges the typed tender against what is due. A typed part is a part, whatever is done next: due falls by it. Only cash
 * above what is due gives change, and only what covers it is the whole.
 */
export function stepOf(total: Minor, kept: readonly Tender[], typed: Tender, way: Way, coins: Coins): Step {
  const due = dueBy(way.kind, total, kept, coins)
  if (typed.given < 0n || (typed.given === 0n && due > 0n)) return { is: 'refused', why: 'nothing', due }
  if (way.kind !== 'cash' && typed.given > due) return { is: 'refused', why: 'tooMuch', due }
  if (way.needsReference && !isReference(typed.reference)) return { is: 'refused', why: 'reference', due }
  // What was kept covers it already: nothing more is taken.
  const tenders = typed.given === 0n && kept.length > 0 ? kept : [...kept, typed]
  // Only cash covers a rest in coins; a card that leaves a cent due is a part.
  const settlement = way.kind === 'cash' || typed.given === due ? settlementOf(total, tenders, coins) : null
  if (settlement) return { is: 'whole', tenders, settlement }
  // A part in coins that don't exist would come back as change later on.
  if (way.kind === 'cash' && typed.given % coins.step !== 0n) return { is: 'refused', why: 'coins', due }
  return { is: 'part', tender: typed, due: dueBy(way.kind, total, tenders, coins) }
}

/** The way that takes the rest: cash, which asks for nothing more; after cash the next one in their order. */
export function nextWay<W extends Way>(ways: readonly W[], after: W | undefined, hasCustomer: boolean): W | undefined {
  const usable = ways.filter((way) => way.kind !== 'credit' || hasCustomer)
  const cash = usable.find((way) => way.kind === 'cash')
  if (cash && after?.kind !== 'cash') return cash
  const at = usable.findIndex((way) => way.id === after?.id)
  return usable[(at + 1) % usable.length]
}

function settlementOf(total: Minor, tenders: readonly Tender[], coins: Coins): Settlement | null {
  try {
    return settle(total, tenders, coins)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
