import { newId } from '#kit/id.ts'
import { minor, type Minor } from '#kit/money.ts'
import { quantityText, type Qty } from '#kit/quantity.ts'
import { onConstraint } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { stockLow, StockProblem } from './stock.ts'

onConstraint('inventory_balance_floor', () => StockProblem.belowZero())

export interface GoodsLine {
  readonly variant: string
  readonly quantity: Qty
  readonly lot?: string | null
  readonly owner?: string | null
}

/** Which paper moves the goods, and on which business day. */
export interface Reason {
  readonly documentKind: string
  readonly document: string
  readonly businessDay: string
  readonly reason?: string | null
}

export type Costing = 'average' | 'fifo'

// Check and take are one atomic act: the rows are locked in the order of their variants (so two tills never deadlock),
// and only what is there and not reserved is taken. The cost is the average, or comes from the oldest layers.
const TAKE = `
  with wanted as (
    select variant, lot, owner, sum(quantity)::bigint as quantity
    from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[]) as w(variant, quantity, lot, owner) group by 1, 2, 3),
  held as materialized (
    select b.id, b.on_hand, b.value, w.quantity from (select * from wanted order by variant, lot, owner) w
    cross join lateral (select id, on_hand, value from inventory_balance
      where variant = w.variant and location = $1 and lot is not distinct from w.lot and owner is not distinct from w.owner
      limit 1 for update) b),
  taken as (
    update inventory_balance b set on_hand = b.on_hand - h.quantity,
      value = b.value - inventory_cost(h.id, h.on_hand, h.value, h.quantity, $6)
    from held h where b.id = h.id and (b.may_go_below or b.on_hand - b.reserved >= h.quantity)
    returning b.id, b.variant, b.lot, b.owner, h.quantity, h.value - b.value as cost, b.on_hand - b.reserved as available)
  select t.variant, t.lot, t.owner, t.quantity::bigint, t.cost::bigint, t.available::bigint, r.level::bigint as level, r.low_since as "lowSince", l.place
  from taken t join inventory_location l on l.id = $1
  left join inventory_reorder r on r.variant = t.variant and r.place = l.place`

interface Taken {
  readonly variant: string
  readonly lot: string | null
  readonly owner: string | null
  readonly quantity: bigint
  readonly cost: Minor
  readonly available: bigint
  readonly level: bigint | null
  readonly lowSince: Temporal.Instant | null
  readonly place: string | null
}

const keyOf = (line: { variant: string; lot?: string | null; owner?: string | null }) =>
  `${line.variant}|${line.lot ?? ''}|${line.owner ?? ''}`

/**
 * Takes goods off a storage location inside the caller's transaction and tells what they cost.
 * @returns for each line its cost in minor units, in the order of the lines
 * @throws `inventory.stock.short` naming the first product that is missing; then nothing was taken
 */
export async function take(tx: Tx, from: string, lines: readonly GoodsLine[], costing: Costing = 'average'): Promise<Minor[]> {
  let rows = await takeOnce(tx, from, lines, costing)
  const taken = () => new Map(rows.map((row) => [keyOf(row), row]))
  if (lines.some((line) => !taken().has(keyOf(line)))) {
    const missing = lines.filter((line) => !taken().has(keyOf(line)))
    if (!(await openMissingBalances(tx, from, missing))) throw await shortage(tx, from, missing[0]!, lines)
    rows = [...rows, ...(await takeOnce(tx, from, missing, costing))]
    const still = lines.find((line) => !taken().has(keyOf(line)))
    if (still) throw await shortage(tx, from, still, lines)
  }
  await noticeLow(tx, rows)
  return shareCosts(lines, taken())
}

async function takeOnce(tx: Tx, from: string, lines: readonly GoodsLine[], costing: Costing): Promise<Taken[]> {
  const { rows } = await tx.client.query<Taken>({
    name: 'inventory-take',
    text: TAKE,
    values: [
      from,
      lines.map((l) => l.variant),
      lines.map((l) => l.quantity),
      lines.map((l) => l.lot ?? null),
      lines.map((l) => l.owner ?? null),
      costing === 'fifo',
    ],
  })
  return rows
}

/** Two lines of one variant share its cost by quantity, the last one takes what rounding leaves. */
function shareCosts(lines: readonly GoodsLine[], taken: ReadonlyMap<string, Taken>): Minor[] {
  const left = new Map([...taken].map(([key, row]) => [key, { quantity: row.quantity, cost: row.cost as bigint }]))
  return lines.map((line) => {
    const rest = left.get(keyOf(line))!
    const cost = rest.quantity === line.quantity ? rest.cost : (rest.cost * line.quantity) / rest.quantity
    rest.quantity -= line.quantity
    rest.cost -= cost
    return minor(cost)
  })
}

/** Where a location may go below zero, goods that were never received get a row to be taken from. */
async function openMissingBalances(tx: Tx, from: string, lines: readonly GoodsLine[]): Promise<boolean> {
  const location = await tx.db.selectFrom('inventoryLocation').select('allowsNegative').where('id', '=', from).executeTakeFirst()
  if (!location) throw StockProblem.noLocation()
  if (!location.allowsNegative) return false
  await tx.db
    .insertInto('inventoryBalance')
    .values(
      lines.map((line) => ({
        variant: line.variant,
        location: from,
        lot: line.lot ?? null,
        owner: line.owner ?? null,
        mayGoBelow: true,
      })),
    )
    .onConflict((conflict) => conflict.columns(['variant', 'location', 'lot', 'owner']).doNothing())
    .execute()
  return true
}

async function shortage(tx: Tx, from: string, line: GoodsLine, lines: readonly GoodsLine[]) {
  const wanted = lines.filter((one) => keyOf(one) === keyOf(line)).reduce((all, one) => all + one.quantity, 0n)
  const row = await tx.db
    .selectFrom('catalogVariantFact as v')
    .leftJoin('inventoryBalance as b', (join) =>
      join
        .onRef('b.variant', '=', 'v.id')
        .on('b.location', '=', from)
        .on('b.lot', 'is not distinct from', line.lot ?? null),
    )
    .select(['v.name', 'b.onHand', 'b.reserved'])
    .where('v.id', '=', line.variant)
    .executeTakeFirst()
  const available = (row?.onHand ?? 0n) - (row?.reserved ?? 0n)
  return StockProblem.short(
    { name: row?.name ?? '?', available: quantityText(available), wanted: quantityText(wanted) },
    { variant: line.variant, available: String(available), wanted: String(wanted) },
  )
}

/** Tells once that a product fell to its reorder level; receiving more ends it. */
async function noticeLow(tx: Tx, rows: readonly Taken[]): Promise<void> {
  for (const row of rows) {
    if (row.level === null || row.lowSince !== null || row.available > row.level || row.place === null) continue
    const told = await tx.db
      .updateTable('inventoryReorder')
      .set({ lowSince: tx.now })
      .where('variant', '=', row.variant)
      .where('place', '=', row.place)
      .where('lowSince', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!told) continue
    const { name } = await tx.db
      .selectFrom('catalogVariantFact')
      .select('name')
      .where('id', '=', row.variant)
      .executeTakeFirstOrThrow()
    tx.emit(stockLow, {
      variant: row.variant,
      name,
      place: row.place,
      available: String(row.available),
      level: String(row.level),
    })
  }
}

const PUT = `
  insert into inventory_balance (variant, location, lot, owner, on_hand, value, may_go_below)
  select p.variant, $1, p.lot, p.owner, sum(p.quantity), sum(p.value), l.allows_negative
  from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::uuid[], $6::uuid[]) as p(variant, quantity, value, lot, owner)
  join inventory_location l on l.id = $1 and l.kind = 'storage'
  group by p.variant, p.lot, p.owner, l.allows_negative order by p.variant
  on conflict (variant, location, lot, owner) do update
    set on_hand = inventory_balance.on_hand + excluded.on_hand, value = inventory_balance.value + excluded.value
  returning id, variant, on_hand - reserved as available`
const LAYERS = `insert into inventory_layer (id, balance, at, remaining, value)
  select uuidv7(), b.id, $1, p.quantity, p.value
  from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::uuid[]) as p(variant, quantity, value, lot, owner)
  join inventory_balance b on b.variant = p.variant and b.location = $2 and b.lot is not distinct from p.lot and b.owner is not distinct from p.owner
  where p.quantity > 0`
const NO_LONGER_LOW = `update inventory_reorder r set low_since = null from inventory_location l, inventory_balance b
  where l.id = $1 and r.place = l.place and r.variant = any($2::uuid[]) and r.low_since is not null
    and b.variant = r.variant and b.location = l.id and b.on_hand - b.reserved > r.level`

/** Puts goods of a known value onto a storage location inside the caller's transaction. */
export async function put(
  tx: Tx,
  to: string,
  lines: readonly (GoodsLine & { value: Minor })[],
  costing: Costing = 'average',
): Promise<void> {
  const columns = [
    lines.map((l) => l.variant),
    lines.map((l) => l.quantity),
    lines.map((l) => l.value),
    lines.map((l) => l.lot ?? null),
    lines.map((l) => l.owner ?? null),
  ]
  const { rows } = await tx.client.query({ name: 'inventory-put', text: PUT, values: [to, ...columns] })
  if (rows.length === 0) throw StockProblem.noLocation()
  if (costing === 'fifo') await tx.client.query({ name: 'inventory-layers', text: LAYERS, values: [tx.now, to, ...columns] })
  await tx.client.query({ name: 'inventory-no-longer-low', text: NO_LONGER_LOW, values: [to, lines.map((l) => l.variant)] })
}

const MOVES = `insert into inventory_move (id, at, business_day, variant, lot, owner, from_location, to_location, quantity, cost, document_kind, document, reason, moved_by)
  select m.id, $1, $2, m.variant, m.lot, m.owner, $3, $4, m.quantity, m.cost, $5, $6, $7, $8
  from unnest($9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::bigint[], $14::bigint[]) as m(id, variant, lot, owner, quantity, cost)`

/** Writes the goods ledger: one move a line. */
export function recordMoves(
  tx: Tx,
  from: string,
  to: string,
  lines: readonly (GoodsLine & { cost: Minor })[],
  why: Reason,
): void {
  tx.write({
    name: 'inventory-moves',
    text: MOVES,
    values: [
      tx.now,
      why.businessDay,
      from,
      to,
      why.documentKind,
      why.document,
      why.reason ?? null,
      tx.actor.id,
      lines.map(() => newId()),
      lines.map((l) => l.variant),
      lines.map((l) => l.lot ?? null),
      lines.map((l) => l.owner ?? null),
      lines.map((l) => l.quantity),
      lines.map((l) => l.cost),
    ],
  })
}

/** Takes goods from a shelf to somewhere outside (a customer, a loss) and writes the ledger. @returns the cost of each line */
export async function issue(
  tx: Tx,
  from: string,
  to: string,
  lines: readonly GoodsLine[],
  why: Reason,
  costing: Costing = 'average',
): Promise<Minor[]> {
  const costs = await take(tx, from, lines, costing)
  recordMoves(
    tx,
    from,
    to,
    lines.map((line, index) => ({ ...line, cost: costs[index]! })),
    why,
  )
  return costs
}

/** Brings goods from outside (a supplier, the time before Duka) onto a shelf and writes the ledger. */
export async function receive(
  tx: Tx,
  from: string,
  to: string,
  lines: readonly (GoodsLine & { value: Minor })[],
  why: Reason,
  costing: Costing = 'average',
): Promise<void> {
  await put(tx, to, lines, costing)
  recordMoves(
    tx,
    from,
    to,
    lines.map((line) => ({ ...line, cost: line.value })),
    why,
  )
}

/** From one shelf to another; the goods keep their cost. */
export async function transfer(
  tx: Tx,
  from: string,
  to: string,
  lines: readonly GoodsLine[],
  why: Reason,
  costing: Costing = 'average',
): Promise<Minor[]> {
  const costs = await take(tx, from, lines, costing)
  const valued = lines.map((line, index) => ({ ...line, value: costs[index]! }))
  await put(tx, to, valued, costing)
  recordMoves(
    tx,
    from,
    to,
    valued.map((line) => ({ ...line, cost: line.value })),
    why,
  )
  return costs
}
