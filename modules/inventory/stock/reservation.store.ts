import { sql } from 'kysely'
import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { step, stepAll } from '#kit/server/door/step.ts'
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

/**
 * What somebody puts aside has an id of its own, and goods are kept for it once, whatever the key of the request.
 * @throws `kit.duplicate`
 */
export async function refuseTwice(tx: Tx, { documentKind, document }: Pick<Keeping, 'documentKind' | 'document'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('inventory.reservation:' || ${document}::text))`.execute(tx.db)
  const { rows } =
    await sql`select from inventory_reservation where document = ${document} and document_kind = ${documentKind} limit 1`.execute(
      tx.db,
    )
  if (rows.length > 0) throw CommonProblem.duplicate({ field: 'id' })
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

/**
 * Ends what a document kept aside, all of it: it takes the goods now, or does without them. Locks them in the order of their
 * variants. Repeating it changes nothing.
 */
export async function endReservationsOf(
  tx: Tx,
  { documentKind, document }: Pick<Keeping, 'documentKind' | 'document'>,
  verb: 'use' | 'letGo',
): Promise<void> {
  await sql`select b.id from inventory_balance b join inventory_reservation r on r.variant = b.variant and r.location = b.location
      and r.lot is not distinct from b.lot and r.owner is not distinct from b.owner
    where r.document = ${document} and r.document_kind = ${documentKind} and r.state = 'active'
    order by b.variant, b.id for update of b`.execute(tx.db)
  const ended = await stepAll(tx, reservationLife, verb, sql`document = ${document} and document_kind = ${documentKind}`)
  if (ended.length === 0) return
  await sql`update inventory_balance b set reserved = b.reserved - r.quantity
    from (select variant, location, lot, owner, sum(quantity::bigint)::bigint as quantity from inventory_reservation
      where id = any(${ended}::uuid[]) group by 1, 2, 3, 4) r
    where b.variant = r.variant and b.location = r.location and b.lot is not distinct from r.lot and b.owner is not distinct from r.owner`.execute(
    tx.db,
  )
}
