import { quantitySchema } from '#kit/entity.ts'
import { QTY_DECIMALS, type Qty } from '#kit/quantity.ts'

/** What one person said lies there of a line, or that what they said is taken back. */
export interface Tally {
  readonly id: string
  readonly line: string
  readonly countedBy: string
  readonly quantity: Qty | null
  readonly countedAt: Temporal.Instant
}

/** What all of them found of a line. */
export interface Total {
  readonly counted: Qty
  /** When the last of them counted: what moves after that is no difference. */
  readonly countedAt: Temporal.Instant
  /** Each person's own figure, in the order in which they counted. */
  readonly by: readonly { readonly person: string; readonly quantity: Qty }[]
}

const isLater = (one: Tally, other: Tally): boolean => {
  const order = Temporal.Instant.compare(one.countedAt, other.countedAt)
  return order > 0 || (order === 0 && one.id > other.id)
}

/**
 * Adds up what was counted in one round, by line. Of each person the newest counts, whenever it arrived: with it they put right
 * what they said before. What several people found is several piles.
 */
export function addedUp(tallies: readonly Tally[]): Map<string, Total> {
  const newest = new Map<string, Tally>()
  for (const one of tallies) {
    const key = `${one.line} ${one.countedBy}`
    const known = newest.get(key)
    if (!known || isLater(one, known)) newest.set(key, one)
  }
  const totals = new Map<string, Total>()
  const said = [...newest.values()].toSorted((one, other) => (isLater(one, other) ? 1 : -1))
  for (const { line, countedBy, quantity, countedAt } of said) {
    if (quantity === null) continue
    const before = totals.get(line)
    totals.set(line, {
      counted: ((before?.counted ?? 0n) + quantity) as Qty,
      countedAt,
      by: [...(before?.by ?? []), { person: countedBy, quantity }],
    })
  }
  return totals
}

/** What can't be taken of a figure as it was typed, by the name of its sentence: of what is sold by the piece, half of one. */
export function tallyFault(typed: string | null, decimals: number): 'number' | 'outOfRange' | 'tooFine' | undefined {
  if (typed === null) return undefined
  if (!/^\d+$/.test(typed)) return 'number'
  if (!quantitySchema(0n).safeParse(typed).success) return 'outOfRange'
  return BigInt(typed) % 10n ** BigInt(QTY_DECIMALS - decimals) === 0n ? undefined : 'tooFine'
}
