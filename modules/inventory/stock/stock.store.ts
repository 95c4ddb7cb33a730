import { newId } from '#kit/id.ts'
import { divideHalfUp, minor, sum, type Minor } from '#kit/money.ts'
import { quantityText, type Qty } from '#kit/quantity.ts'
import { onConstraint } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { locationOf } from '../location/location.store.ts'
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
// and only what is there and not reserved is taken. The cost is the average, or comes from the oldest layers; it stands in
// a part of its own, because PostgreSQL computes a SET again when the row has changed since, and would eat layers twice.
const TAKE = `
  with wanted as (
    select variant, lot, owner, sum(quantity)::bigint as quantity
    from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[]) as w(variant, quantity, lot, owner) group by 1, 2, 3),
  held as materialized (
    select b.id, b.on_hand, b.value, b.reserved, b.may_go_below, w.quantity from (select * from wanted order by variant, lot, owner) w
    cross join lateral (select id, on_hand, value, reserved, may_go_below from inventory_balance
      where variant = w.variant and location = $1 and lot is not distinct from w.lot and owner is not distinct from w.owner
      limit 1 for update) b),
  costed as materialized (
    select id, quantity, inventory_cost(id, on_hand, value, quantity, $6) as cost from held
    where may_go_below or on_hand - reserved >= quantity),
  taken as (
    update inventory_balance b set on_hand = b.on_hand - c.quantity, value = b.value - c.cost
    from costed c where b.id = c.id
    returning b.id, b.variant, b.lot, b.owner, c.quantity, c.cost, b.on_hand - b.reserved as available)
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
  returning id, variant, lot, owner, coalesce(old.on_hand, 0)::bigint as before, (new.on_hand - coalesce(old.on_hand, 0))::bigint as quantity,
    coalesce(old.value, 0)::bigint as "valueBefore", (new.value - coalesce(old.value, 0))::bigint as value`
const REVALUE = `update inventory_balance b set value = b.value - c.cost from unnest($1::uuid[], $2::bigint[]) as c(id, cost) where b.id = c.id`
const LAYERS = `insert into inventory_layer (id, balance, at, remaining, value)
  select uuidv7(), b.id, $1, p.quantity, p.value
  from unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::uuid[], $7::uuid[]) as p(variant, quantity, value, lot, owner)
  join inventory_balance b on b.variant = p.variant and b.location = $2 and b.lot is not distinct from p.lot and b.owner is not distinct from p.owner
  where p.quantity > 0`
const NO_LONGER_LOW = `update inventory_reorder r set low_since = null from inventory_location l, inventory_balance b
  where l.id = $1 and r.place = l.place and r.variant = any($2::uuid[]) and r.low_since is not null
    and b.variant = r.variant and b.location = l.id and b.on_hand - b.reserved > r.level`

type Valued = GoodsLine & { readonly value: Minor }

interface Put extends GoodsLine {
  readonly id: string
  readonly before: bigint
  readonly valueBefore: bigint
  readonly value: bigint
}

/** Goods that had left before they came, and what is to be booked for them now. */
interface Covered extends GoodsLine {
  readonly cost: Minor
}

const columnsOf = (lines: readonly Valued[]) => [
  lines.map((l) => l.variant),
  lines.map((l) => l.quantity),
  lines.map((l) => l.value),
  lines.map((l) => l.lot ?? null),
  lines.map((l) => l.owner ?? null),
]

/**
 * Puts goods of a known value onto a storage location inside the caller's transaction. Goods that were sold before they
 * came left without their cost: it is known now, and leaves the stock after them.
 * @returns that cost, by article; the caller books it
 */
async function put(tx: Tx, to: string, lines: readonly Valued[], costing: Costing): Promise<Covered[]> {
  const { rows } = await tx.client.query<Put>({ name: 'inventory-put', text: PUT, values: [to, ...columnsOf(lines)] })
  if (rows.length === 0) throw StockProblem.noLocation()
  const short = rows.filter((row) => row.before < 0n)
  const covered = short.map((row) => ({ ...row, ...coverOf(row) }))
  const revalued = covered.filter((one) => one.cost !== 0n)
  if (revalued.length > 0) await tx.client.query(REVALUE, [revalued.map((one) => one.id), revalued.map((one) => one.cost)])
  if (costing === 'fifo') {
    const layers = withoutCovered(lines, covered)
    await tx.client.query({ name: 'inventory-layers', text: LAYERS, values: [tx.now, to, ...columnsOf(layers)] })
  }
  await tx.client.query({ name: 'inventory-no-longer-low', text: NO_LONGER_LOW, values: [to, lines.map((l) => l.variant)] })
  return revalued
}

/** How much of what came had gone already, and its cost less what was booked when it went. */
function coverOf({ before, quantity, value, valueBefore }: Put): { covered: bigint; cost: Minor } {
  const missing = -before
  const covered = quantity < missing ? quantity : missing
  const now = covered === quantity ? value : divideHalfUp(value * covered, quantity)
  const then = covered === missing ? -valueBefore : divideHalfUp(-valueBefore * covered, missing)
  return { covered, cost: minor(now - then) }
}

/** Layers are what still lies there: the covered part of each article makes none. */
function withoutCovered(lines: readonly Valued[], covered: readonly (GoodsLine & { covered: bigint })[]): Valued[] {
  const gone = new Map(covered.map((one) => [keyOf(one), one.covered]))
  return lines.flatMap((line) => {
    const out = gone.get(keyOf(line)) ?? 0n
    const part = out < line.quantity ? out : line.quantity
    gone.set(keyOf(line), out - part)
    const left = line.quantity - part
    if (left <= 0n) return []
    return [{ ...line, quantity: left as Qty, value: minor(divideHalfUp(line.value * left, line.quantity)) }]
  })
}

/** The goods ledger says it too: a cost without goods follows those that went before. @returns the cost in all */
async function followUp(tx: Tx, at: string, covered: readonly Covered[], why: Reason): Promise<Minor> {
  if (covered.length === 0) return minor(0)
  const lines = covered.map((one) => ({ ...one, quantity: 0n as Qty }))
  recordMoves(tx, at, await locationOf(tx, 'customer'), lines, { ...why, reason: 'belowZero' })
  return sum(covered.map((one) => one.cost))
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

/**
 * Brings goods from outside (a supplier, the time before Duka) onto a shelf and writes the ledger.
 * @returns the cost of goods that were sold before they came, to be booked from stock to the cost of sales
 */
export async function receive(
  tx: Tx,
  from: string,
  to: string,
  lines: readonly (GoodsLine & { value: Minor })[],
  why: Reason,
  costing: Costing = 'average',
): Promise<Minor> {
  const covered = await put(tx, to, lines, costing)
  recordMoves(
    tx,
    from,
    to,
    lines.map((line) => ({ ...line, cost: line.value })),
    why,
  )
  return followUp(tx, to, covered, why)
}

/** From one shelf to another; the goods keep their cost. @returns the cost of each line, and what `receive` returns */
export async function transfer(
  tx: Tx,
  from: string,
  to: string,
  lines: readonly GoodsLine[],
  why: Reason,
  costing: Costing = 'average',
): Promise<{ costs: Minor[]; covered: Minor }> {
  const costs = await take(tx, from, lines, costing)
  const valued = lines.map((line, index) => ({ ...line, value: costs[index]! }))
  const covered = await put(tx, to, valued, costing)
  recordMoves(
    tx,
    from,
    to,
    valued.map((line) => ({ ...line, cost: line.value })),
    why,
  )
  return { costs, covered: await followUp(tx, to, covered, why) }
}
