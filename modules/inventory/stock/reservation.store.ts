import type { Tx } from '#kit/server/context.ts'
import { fromShelf, keyOf, noticeLow, PARTED, type GoodsLine } from './stock.store.ts'

/** For whom goods are kept. A document's reservations end together. */
export interface Keeping {
  readonly documentKind: string
  readonly document: string
  readonly customer?: string | null
  readonly note?: string | null
  /** When they go back on sale by themselves. */
  readonly expiresAt?: Temporal.Instant | null
}

const RESERVE = `
  with ${PARTED},
  kept as (
    -- From the locked row alone, for the reason that stands beside TAKE.
    update inventory_balance b set reserved = p.reserved + p.part, on_hand = p.on_hand, may_go_below = p.may_go_below from parted p
    where b.id = p.id and p.is_enough and p.part > 0
    returning b.variant, p.asked, b.lot, b.owner, p.part, p.available - p.wanted as available),
  made as (
    insert into inventory_reservation (id, variant, location, lot, owner, quantity, document_kind, document, customer, note, expires_at, made_at)
    select uuidv7(), variant, $1, lot, owner, part, $7, $8, $9, $10, $11, $12 from kept)
  select k.variant, k.asked as lot, k.owner, k.available::bigint, l.place, r.level::bigint as level, r.low_since as "lowSince"
  from kept k join inventory_location l on l.id = $1 left join inventory_reorder r on r.variant = k.variant and r.place = l.place`

interface Kept {
  readonly variant: string
  /** The lot that the line named. */
  readonly lot: string | null
  readonly owner: string | null
  readonly available: bigint
  readonly place: string | null
  readonly level: bigint | null
  readonly lowSince: Temporal.Instant | null
}

/**
 * Keeps goods on the shelf for a document, by lot: those that expire first. Check and keep are one statement for all lines,
 * in the order of their variants, so the last one is promised once and two documents never deadlock.
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
  const rows = await fromShelf(tx, location, lines, day, keyOf, async (wanted) => {
    const { rows: kept } = await tx.client.query<Kept>({
      name: 'inventory-reserve',
      text: RESERVE,
      values: [
        location,
        wanted.map((line) => line.variant),
        wanted.map((line) => line.quantity),
        wanted.map((line) => line.lot ?? null),
        wanted.map((line) => line.owner ?? null),
        day,
        keeping.documentKind,
        keeping.document,
        keeping.customer ?? null,
        keeping.note ?? null,
        keeping.expiresAt ?? null,
        tx.now,
      ],
    })
    return kept
  })
  await noticeLow(tx, rows)
}

/** Ends a reservation; repeating it changes nothing. A consumed one is followed by `take` in the same transaction. */
export async function endReservation(tx: Tx, id: string, state: 'consumed' | 'released' | 'expired'): Promise<boolean> {
  const row = await tx.db
    .updateTable('inventoryReservation')
    .set({ state })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .returning(['variant', 'location', 'lot', 'owner', 'quantity'])
    .executeTakeFirst()
  if (!row) return false
  await tx.client.query(
    `update inventory_balance set reserved = reserved - $5
     where variant = $1 and location = $2 and lot is not distinct from $3 and owner is not distinct from $4`,
    [row.variant, row.location, row.lot, row.owner, row.quantity],
  )
  return true
}
