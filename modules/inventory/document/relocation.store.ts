import { sum, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { LocationProblem } from '../location/location.ts'
import { storageAt } from '../location/location.store.ts'
import { lotsOf } from '../lot/lot.store.ts'
import { transfer } from '../stock/stock.store.ts'
import { why } from './correction.store.ts'
import { postCovered, type Paper } from './document.store.ts'

export const ADJUST = 'inventory.stock.adjust'

type Moved = Omit<Relocated, 'lot'> & { readonly lot: string | null }
interface Relocated {
  readonly variant: string
  readonly quantity: Qty
  readonly lot?: string | undefined
}

/**
 * What goes from one storage location to another, at the cost that it has; lots are named by their codes.
 * @throws `inventory.location.unknown` where both ends are one, or the other end isn't theirs
 */
export async function relocate(
  tx: Tx,
  paper: Paper,
  { toLocation, lines: given }: { readonly toLocation: string; readonly lines: readonly Relocated[] },
): Promise<{ value: Minor; lines: readonly Moved[] }> {
  if (paper.location === toLocation) throw LocationProblem.unknown()
  const target = await storageAt(tx, ADJUST, toLocation)
  const lots = await lotsOf(tx, given, false)
  const lines = given.map((line, index) => ({ ...line, lot: lots[index] ?? null }))
  const { costs, covered } = await transfer(tx, paper.location, target.id, lines, why(paper, 'transfer'), paper.costing)
  await postCovered(tx, paper, covered)
  return { value: sum(costs), lines }
}
