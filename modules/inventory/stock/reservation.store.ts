import type { Tx } from '#kit/server/context.ts'
import { step } from '#kit/server/step.ts'
import { reservationLife } from './reservation.ts'
import { noticeLow, secure, type GoodsLine } from './stock.store.ts'

/** For whom goods are kept. A document's reservations end together. */
export interface Keeping {
  readonly documentKind: string
  readonly document: string
  readonly customer?: string | null
  readonly note?: string | null
  /** When they go back on sale by themselves. */
  readonly expiresAt?: Temporal.Instant | null
}

// From the locked row alone, for the reason that stands beside TAKE.
const RESERVE = `
  with kept as (
    update inventory_balance b set reserved = c.reserved, on_hand = c.on_hand, may_go_below = c.may_go_below
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::boolean[]) as c(id, on_hand, reserved, may_go_below) where b.id = c.id)
  insert into inventory_reservation (id, variant, location, lot, owner, quantity, document_kind, document, customer, note, expires_at, made_at)
  select uuidv7(), p.variant, $5, p.lot, p.owner, p.quantity, $6, $7, $8, $9, $10, $11
  from unnest($12::uuid[], $13::uuid[], $14::uuid[], $15::bigint[]) as p(variant, lot, owner, quantity)`

/**
 * Keeps goods on the shelf for a document, by lot: those that expire first. They are locked in the order of their variants, so
 * the last one is promised once and two documents never deadlock.
 * @param day the business day: lots that expired before it are not promised
 * @throws `inventory.stock.short` naming the first product that is missing; then nothing is kept
 */
export async function reserve(
  tx: Tx,
  location: string,
  lines: readonly GoodsLine[],
  keeping: Keeping,
  day: string,
): Promise<void> {
  const parts = await secure(tx, location, lines, day)
  const rows = new Map(parts.map(({ from }) => [from.id, from]))
  for (const { from, quantity } of parts) {
    const row = rows.get(from.id)!
    rows.set(from.id, { ...row, reserved: row.reserved + quantity })
  }
  const kept = [...rows.values()]
  await tx.client.query({
    name: 'inventory-reserve',
    text: RESERVE,
    values: [
      kept.map((row) => row.id),
      kept.map((row) => row.onHand),
      kept.map((row) => row.reserved),
      kept.map((row) => row.mayGoBelow),
      location,
      keeping.documentKind,
      keeping.document,
      keeping.customer ?? null,
      keeping.note ?? null,
      keeping.expiresAt ?? null,
      tx.now,
      parts.map((part) => part.from.variant),
      parts.map((part) => part.from.lot),
      parts.map((part) => part.from.owner),
      parts.map((part) => part.quantity),
    ],
  })
  await noticeLow(tx, location, parts)
}

/** Ends a reservation; repeating it changes nothing. */
export async function endReservation(tx: Tx, id: string, verb: keyof typeof reservationLife.steps): Promise<boolean> {
  const row = await tx.db.selectFrom('inventoryReservation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (row?.state !== 'active') return false
  await step(tx, reservationLife, row, verb)
  await tx.client.query(
    `update inventory_balance set reserved = reserved - $5
     where variant = $1 and location = $2 and lot is not distinct from $3 and owner is not distinct from $4`,
    [row.variant, row.location, row.lot, row.owner, row.quantity],
  )
  return true
}
