import { newId } from '#kit/id.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/context.ts'
import { StockProblem } from './stock.ts'

const RESERVE = `update inventory_balance set reserved = reserved + $4
  where variant = $1 and location = $2 and lot is not distinct from $3 and owner is null and (may_go_below or on_hand - reserved >= $4) returning id`

/**
 * Keeps goods on the shelf for a document. Check and keep are one statement, so the last one is promised once.
 * @throws `inventory.stock.short`
 */
export async function reserve(
  tx: Tx,
  line: { variant: string; location: string; lot?: string | null; quantity: Qty },
  forWhom: { documentKind: string; document: string; expiresAt?: Temporal.Instant | null },
): Promise<string> {
  const { rowCount } = await tx.client.query(RESERVE, [line.variant, line.location, line.lot ?? null, line.quantity])
  if (!rowCount)
    throw StockProblem.short({ name: line.variant, available: '0', wanted: String(line.quantity) }, { variant: line.variant })
  const id = newId()
  await tx.db
    .insertInto('inventoryReservation')
    .values({
      id,
      ...line,
      documentKind: forWhom.documentKind,
      document: forWhom.document,
      expiresAt: forWhom.expiresAt ?? null,
      madeAt: tx.now,
    })
    .execute()
  return id
}

/** Ends a reservation; repeating it changes nothing. A consumed one is followed by `take` in the same transaction. */
export async function endReservation(tx: Tx, id: string, state: 'consumed' | 'released' | 'expired'): Promise<boolean> {
  const row = await tx.db
    .updateTable('inventoryReservation')
    .set({ state })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .returning(['variant', 'location', 'lot', 'quantity'])
    .executeTakeFirst()
  if (!row) return false
  await tx.client.query(
    'update inventory_balance set reserved = reserved - $4 where variant = $1 and location = $2 and lot is not distinct from $3 and owner is null',
    [row.variant, row.location, row.lot, row.quantity],
  )
  return true
}
