import { newId } from '#kit/id.ts'
import { CommonProblem, type Problem } from '#kit/problem.ts'
import { divideHalfUp, minor, sum, type Minor } from '#kit/money.ts'
import { quantityText, type Qty } from '#kit/quantity.ts'
import { onConstraint } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Read } from '#kit/server/read.ts'
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

/** Goods of one lot that moved, and what they cost in all. */
export interface MovedGoods extends GoodsLine {
  readonly cost: Minor
}

/** What was taken: the cost of each asked line, in their order, and the goods by lot as the ledger writes them. */
export interface Taking {
  readonly costs: readonly Minor[]
  readonly moved: readonly MovedGoods[]
}

/** Where a statement that takes goods finds what it needs: SQL expressions, parameters or columns of parts before it. */
interface Sources {
  /** A SELECT of variant, lot, owner and quantity, one row for each. */
  readonly wanted: string
  readonly location: string
  readonly day: string
}

/**
 * What each line gets from which row, as common table expressions up to `parted`: the rows are locked in the order of
 * their variants (so two tills never deadlock), and only what is there and not reserved is given. A line that names no lot
 * gets those that expire first, none that has expired, and goods without a lot last; where stock may fall below zero it is
 * that row that does.
 */
const partedFrom = ({ wanted, location, day }: Sources) => `
  wanted as (${wanted}),
  held as materialized (
    select b.*, w.lot as asked, w.quantity as wanted from (select * from wanted order by variant, lot, owner) w
    cross join lateral (select b.id, b.variant, b.lot, b.owner, b.on_hand, b.reserved, b.value, b.on_hand - b.reserved as free, b.may_go_below, t.expires_on
      from inventory_balance b left join inventory_lot t on t.id = b.lot
      where b.variant = w.variant and b.location = ${location} and b.owner is not distinct from w.owner
        and case when w.lot is not null then b.lot = w.lot else b.lot is null or (b.on_hand > 0 and (t.expires_on is null or t.expires_on >= ${day})) end
      order by t.expires_on nulls last, b.lot nulls last for update of b) b),
  allotted as (
    select *, may_go_below and lot is not distinct from asked as may_sink,
      coalesce(sum(greatest(free, 0)) over (earlier rows between unbounded preceding and 1 preceding), 0) as before,
      sum(greatest(free, 0)) over line as free_in_all, sum(free) over line as available
    from held window line as (partition by variant, asked, owner), earlier as (line order by expires_on nulls last, lot nulls last)),
  parted as (
    select *, greatest(case when may_sink then wanted - before else least(greatest(free, 0), wanted - before) end, 0)::bigint as part,
      free_in_all >= wanted or bool_or(may_sink) over (partition by variant, asked, owner) as is_enough
    from allotted)`

/** The same for lines that are given: location, variants, quantities, lots, owners, day. */
export const PARTED = partedFrom({
  wanted: `select variant, lot, owner, sum(quantity)::bigint as quantity
    from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[]) as w(variant, quantity, lot, owner) group by 1, 2, 3`,
  location: '$1',
  day: '$6',
})

// Check and take are one atomic act. The cost is the average, or comes from the oldest layers; it stands in a part of its
// own, because PostgreSQL computes a SET again when the row has changed since, and would eat layers twice. What is set comes
// from the locked row alone: PostgreSQL judges a CHECK on the row of its snapshot first, where goods may still be missing
// that have come since.
const takenFrom = (fifo: string) => `
  costed as materialized (
    select id, asked, wanted, part, on_hand, reserved, value, may_go_below, available - wanted as available,
      inventory_cost(id, on_hand, value, part, ${fifo}) as cost
    from parted where is_enough and part > 0),
  taken as (
    update inventory_balance b set on_hand = c.on_hand - c.part, reserved = c.reserved, value = c.value - c.cost, may_go_below = c.may_go_below
    from costed c where b.id = c.id
    returning b.id, b.variant, c.asked, b.lot, b.owner, c.part, c.cost, c.available)`
const takenAt = (location: string) => `
  from taken t join inventory_location l on l.id = ${location}
  left join inventory_reorder r on r.variant = t.variant and r.place = l.place`
const TAKE = `
  with ${PARTED}, ${takenFrom('$7')}
  select t.variant, t.asked, t.lot, t.owner, t.part::bigint as quantity, t.cost::bigint, t.available::bigint, r.level::bigint as level, r.low_since as "lowSince", l.place
  ${takenAt('$1')}`

/**
 * Goods without a lot named, taken as a part of what is read together. \`takeRead\` gives the rows, \`taking\` goes on with them
 * where something was missing. All are SQL expressions over the other parts; \`stocked\` is a condition on \`w.variant\`.
 */
export const takeRead = (
  lines: readonly GoodsLine[],
  at: { location: string; day: string; fifo: string; stocked: string },
): Read<TakenText> => ({
  name: 'goods',
  before: `${partedFrom({
    wanted: `select w.variant, null::uuid as lot, null::uuid as owner, sum(w.quantity)::bigint as quantity
      from unnest($1::uuid[], $2::bigint[]) as w(variant, quantity) where ${at.stocked} group by 1`,
    ...at,
  })}, ${takenFrom(at.fifo)}`,
  text: `select t.variant, t.asked, t.lot, t.owner, t.part::text as quantity, t.cost::text as cost, t.available::text as available,
    r.level::text as level, r.low_since as "lowSince", l.place ${takenAt(at.location)}`,
  values: [lines.map((line) => line.variant), lines.map((line) => line.quantity)],
})

type TakenText = { [Key in keyof Taken]: Taken[Key] extends bigint | Temporal.Instant | null ? string | Null<Taken[Key]> : Taken[Key] }
type Null<Value> = Value extends null ? null : never

/** Goes on where `takeRead` began: what was missing there is asked for again. @throws as `take` */
export async function taking(
  tx: Tx,
  from: string,
  lines: readonly GoodsLine[],
  begun: readonly TakenText[],
  day: string,
  costing: Costing,
): Promise<Taking> {
  const first = begun.map(
    (row): Taken => ({
      ...row,
      quantity: BigInt(row.quantity) as Qty,
      cost: minor(row.cost),
      available: BigInt(row.available),
      level: row.level === null ? null : BigInt(row.level),
      lowSince: row.lowSince === null ? null : Temporal.Instant.from(row.lowSince),
    }),
  )
  return takingAfter(tx, from, lines, first, day, costing)
}

/** A variant at a place whose reorder level may have been reached. */
type Watched = Pick<Taken, 'variant' | 'place' | 'level' | 'lowSince' | 'available'>

interface Taken {
  readonly variant: string
  /** The lot that the line named. */
  readonly asked: string | null
  /** The lot that it came from. */
  readonly lot: string | null
  readonly owner: string | null
  readonly quantity: Qty
  readonly cost: Minor
  /** What can still be promised of what the line may take from. */
  readonly available: bigint
  readonly level: bigint | null
  readonly lowSince: Temporal.Instant | null
  readonly place: string | null
}

export const keyOf = (line: { variant: string; lot?: string | null; owner?: string | null }) =>
  `${line.variant}|${line.lot ?? ''}|${line.owner ?? ''}`
const askedKeyOf = (row: Taken) => keyOf({ ...row, lot: row.asked })

/**
 * Takes goods off a storage location inside the caller's transaction and tells what they cost.
 * @param day the business day: lots that expired before it are taken only by name
 * @throws `inventory.stock.short` naming the first product that is missing; then nothing was taken
 */
export async function take(
  tx: Tx,
  from: string,
  lines: readonly GoodsLine[],
  day: string,
  costing: Costing = 'average',
): Promise<Taking> {
  return takingAfter(tx, from, lines, [], day, costing)
}

async function takingAfter(
  tx: Tx,
  from: string,
  lines: readonly GoodsLine[],
  begun: readonly Taken[],
  day: string,
  costing: Costing,
): Promise<Taking> {
  const ask = (wanted: readonly GoodsLine[]) => takeOnce(tx, from, wanted, day, costing)
  const rows = await fromShelf(tx, from, lines, day, askedKeyOf, ask, begun)
  await noticeLow(tx, rows)
  return { costs: shareCosts(lines, rows), moved: rows }
}

const MOST_TRIES = 5

/**
 * Asks for lines until each has its goods. Goods that were received while a statement waited for its locks are not in what
 * that statement sees, so what is missing is asked for again as long as it is there.
 * @throws `inventory.stock.short` naming the first product that is missing
 */
export async function fromShelf<Row>(
  tx: Tx,
  from: string,
  lines: readonly GoodsLine[],
  day: string,
  keyOfRow: (row: Row) => string,
  ask: (lines: readonly GoodsLine[]) => Promise<readonly Row[]>,
  begun: readonly Row[] = [],
): Promise<Row[]> {
  const rows = [...begun]
  const missingOf = () => {
    const got = new Set(rows.map(keyOfRow))
    return lines.filter((line) => !got.has(keyOf(line)))
  }
  let missing = missingOf()
  if (missing.length === 0) return rows
  for (let tries = 1; ; tries++) {
    // A lot that one line names is not given to another line as well: a statement writes a row once.
    for (const part of [missing.filter((line) => line.lot), missing.filter((line) => !line.lot)])
      if (part.length > 0) rows.push(...(await ask(part)))
    missing = missingOf()
    if (missing.length === 0) return rows
    if (tries === 1 && (await openMissingBalances(tx, from, missing))) continue
    const short = await shortage(tx, from, missing[0]!, lines, day)
    if (short) throw short
    if (tries >= MOST_TRIES) throw CommonProblem.busy()
  }
}

async function takeOnce(tx: Tx, from: string, lines: readonly GoodsLine[], day: string, costing: Costing): Promise<Taken[]> {
  const { rows } = await tx.client.query<Taken>({
    name: 'inventory-take',
    text: TAKE,
    values: [
      from,
      lines.map((l) => l.variant),
      lines.map((l) => l.quantity),
      lines.map((l) => l.lot ?? null),
      lines.map((l) => l.owner ?? null),
      day,
      costing === 'fifo',
    ],
  })
  return rows
}

/** Two lines of one variant share its cost by quantity, the last one takes what rounding leaves. */
function shareCosts(lines: readonly GoodsLine[], rows: readonly Taken[]): Minor[] {
  const left = new Map<string, { quantity: bigint; cost: bigint }>()
  for (const row of rows) {
    const sofar = left.get(askedKeyOf(row)) ?? { quantity: 0n, cost: 0n }
    left.set(askedKeyOf(row), { quantity: sofar.quantity + row.quantity, cost: sofar.cost + row.cost })
  }
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

/** Says what is missing, and how much of it has expired. @returns nothing when enough is there by now */
async function shortage(
  tx: Tx,
  from: string,
  line: GoodsLine,
  lines: readonly GoodsLine[],
  day: string,
): Promise<Problem | undefined> {
  const wanted = lines.filter((one) => keyOf(one) === keyOf(line)).reduce((all, one) => all + one.quantity, 0n)
  const { rows } = await tx.client.query<{ name: string; available: bigint; expired: bigint }>(
    `select v.name, coalesce(sum(b.on_hand - b.reserved) filter (where not is_expired), 0)::bigint as available,
       coalesce(sum(b.on_hand) filter (where is_expired), 0)::bigint as expired
     from catalog_variant_fact v
     left join inventory_balance b on b.variant = v.id and b.location = $2 and b.owner is not distinct from $4
     left join inventory_lot t on t.id = b.lot
     cross join lateral (select coalesce($3::uuid is null and t.expires_on < $5, false) as is_expired) e
     where v.id = $1 and ($3::uuid is null or b.lot = $3 or b.id is null) group by v.name`,
    [line.variant, from, line.lot ?? null, line.owner ?? null, day],
  )
  const { name = '?', available = 0n, expired = 0n } = rows[0] ?? {}
  if (available >= wanted) return undefined
  const facts = { name, available: quantityText(available), wanted: quantityText(wanted) }
  const details = { variant: line.variant, available: String(available), wanted: String(wanted) }
  return expired > 0n
    ? StockProblem.expired({ ...facts, expired: quantityText(expired) }, details)
    : StockProblem.short(facts, details)
}

const NOW_LOW = `
  update inventory_reorder r set low_since = $3 from inventory_on_hand s, catalog_variant_fact v
  where r.variant = $1 and r.place = $2 and r.low_since is null and s.variant = r.variant and s.place = r.place
    and v.id = r.variant and s.on_hand - s.reserved <= r.level
  returning v.name, (s.on_hand - s.reserved)::bigint as available`

/** Tells once that a product fell to its reorder level in all of its place; receiving more ends it. */
export async function noticeLow(tx: Tx, rows: readonly Watched[]): Promise<void> {
  for (const { variant, place, level, lowSince, available } of rows) {
    if (level === null || lowSince !== null || available > level || place === null) continue
    const { rows: told } = await tx.client.query<{ name: string; available: bigint }>(NOW_LOW, [variant, place, tx.now])
    for (const one of told)
      tx.emit(stockLow, { variant, name: one.name, place, available: String(one.available), level: String(level) })
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
const NO_LONGER_LOW = `update inventory_reorder r set low_since = null from inventory_location l
  where l.id = $1 and r.place = l.place and r.variant = any($2::uuid[]) and r.low_since is not null
    and (select sum(b.on_hand - b.reserved) from inventory_balance b join inventory_location h on h.id = b.location
      where b.variant = r.variant and h.place = r.place) > r.level`

type Valued = GoodsLine & { readonly value: Minor }

interface Put extends GoodsLine {
  readonly id: string
  readonly before: bigint
  readonly valueBefore: bigint
  readonly value: bigint
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
async function put(tx: Tx, to: string, lines: readonly Valued[], costing: Costing): Promise<MovedGoods[]> {
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
async function followUp(tx: Tx, at: string, covered: readonly MovedGoods[], why: Reason): Promise<Minor> {
  if (covered.length === 0) return minor(0)
  const lines = covered.map((one) => ({ ...one, quantity: 0n as Qty }))
  recordMoves(tx, at, await locationOf(tx, 'customer'), lines, { ...why, reason: 'belowZero' })
  return sum(covered.map((one) => one.cost))
}

const MOVES = `insert into inventory_move (id, at, business_day, variant, lot, owner, from_location, to_location, quantity, cost, document_kind, document, reason, moved_by)
  select m.id, $1, $2, m.variant, m.lot, m.owner, $3, $4, m.quantity, m.cost, $5, $6, $7, $8
  from unnest($9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::bigint[], $14::bigint[]) as m(id, variant, lot, owner, quantity, cost)`

/** Writes the goods ledger: one move a line. */
export function recordMoves(tx: Tx, from: string, to: string, lines: readonly MovedGoods[], why: Reason): void {
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
): Promise<readonly Minor[]> {
  const { costs, moved } = await take(tx, from, lines, why.businessDay, costing)
  recordMoves(tx, from, to, moved, why)
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
): Promise<{ costs: readonly Minor[]; covered: Minor }> {
  const { costs, moved } = await take(tx, from, lines, why.businessDay, costing)
  const covered = await put(
    tx,
    to,
    moved.map((goods) => ({ ...goods, value: goods.cost })),
    costing,
  )
  recordMoves(tx, from, to, moved, why)
  return { costs, covered: await followUp(tx, to, covered, why) }
}
