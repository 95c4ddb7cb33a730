import { CompiledQuery } from 'kysely'
import { newId } from '#kit/id.ts'
import { CommonProblem, type Problem } from '#kit/problem.ts'
import { divideHalfUp, minor, sum, type Minor } from '#kit/money.ts'
import { quantityText, type Qty } from '#kit/quantity.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx, Write } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Read } from '#kit/server/data/read.ts'
import { locationOf } from '../location/location.store.ts'
import {
  allot,
  averageCosts,
  keyOf,
  layerCosts,
  type Costing,
  type GoodsLine,
  type Held,
  type Layer,
  type Part,
  type Short,
} from './allot.rules.ts'
import { LocationProblem } from '../location/location.ts'
import { goodsMoved } from './stock.effect.store.ts'
import { stockLow, StockProblem } from './stock.ts'

export type { Costing, GoodsLine } from './allot.rules.ts'

onConstraint('inventory_balance_floor', () => StockProblem.belowZero())
onConstraint('inventory_balance_ceiling', () => StockProblem.tooLarge())

/** Which paper moves the goods, and on which business day. */
export interface Reason {
  readonly documentKind: string
  readonly document: string
  readonly businessDay: string
  readonly reason?: string | null
}

/** Goods of one lot that moved, and what they cost in all. */
export interface MovedGoods extends GoodsLine {
  readonly cost: Minor
}

/** What was taken: the cost of each asked line, in their order, and the goods by lot as the ledger writes them. */
export interface Taking {
  readonly costs: readonly Minor[]
  readonly moved: readonly MovedGoods[]
}

// Locked in the order of variants, so that two tills never deadlock; of one variant in the order of expiry.
const heldAt = (location: string, place: string, lock = 'for update of b') => `
  select b.id, b.variant, b.lot, b.owner, b.on_hand::text as "onHand", b.reserved::text as reserved, b.value::text as value,
    b.may_go_below as "mayGoBelow", b.expires_on::text as "expiresOn", r.level::text as level, r.low_since::text as "lowSince"
  from unnest($1::uuid[], $2::uuid[]) as w(variant, owner)
  cross join lateral (select b.id, b.variant, b.lot, b.owner, b.on_hand, b.reserved, b.value, b.may_go_below, t.expires_on
    from inventory_balance b left join inventory_lot t on t.id = b.lot
    where b.variant = w.variant and b.location = ${location} and b.owner is not distinct from w.owner
      and (b.lot is null or b.on_hand > 0 or b.lot = any($3::uuid[]))
    order by t.expires_on nulls last, b.lot nulls last ${lock}) b
  left join inventory_reorder r on r.variant = b.variant and r.place = ${place}`
const HERE = ['$4', '(select place from inventory_location where id = $4)'] as const
const HELD = heldAt(...HERE)
const SEEN = heldAt(...HERE, '')

/** A row of what lies there, as it comes: numbers are text. */
type HeldText = { readonly [Key in keyof Held]: Held[Key] extends bigint | null ? string | Extract<Held[Key], null> : Held[Key] }

/** Which rows lines may take from: variants with owners in their order, and the lots that are named. */
function askedFor(lines: readonly GoodsLine[]): unknown[] {
  const pairs = new Map(lines.map(({ variant, owner = null }) => [`${variant}|${owner ?? ''}`, { variant, owner }]))
  const sorted = [...pairs].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair)
  const lots = lines.flatMap((line) => (line.lot ? [line.lot] : []))
  return [sorted.map((one) => one.variant), sorted.map((one) => one.owner), lots]
}

const heldOf = (row: HeldText): Held => ({
  ...row,
  onHand: BigInt(row.onHand),
  reserved: BigInt(row.reserved),
  value: BigInt(row.value),
  level: row.level === null ? null : BigInt(row.level),
})

/**
 * The goods that lines may take, locked: a part of what is read together, with which \`take\` goes on. Location and place are
 * SQL expressions over the parts before it.
 */
export const heldRead = (lines: readonly GoodsLine[], at: { location: string; place: string }): Read<HeldText> => ({
  name: 'held',
  text: heldAt(at.location, at.place),
  values: askedFor(lines),
})

async function lockHeld(tx: Tx, from: string, lines: readonly GoodsLine[]): Promise<readonly HeldText[]> {
  const values = [...askedFor(lines), from]
  const { rows } = await tx.client.query<HeldText>({ name: 'inventory-held', text: HELD, values })
  return rows
}

/**
 * What a location can't give of what lines ask for, as it is now: nothing is locked or taken. Where stock may fall below zero
 * nothing is short.
 */
export async function shortagesAt(db: Db, from: string, lines: readonly GoodsLine[], day: string): Promise<Short[]> {
  const location = await db.selectFrom('inventoryLocation').select('allowsNegative').where('id', '=', from).executeTakeFirst()
  if (!location || location.allowsNegative || lines.length === 0) return []
  const { rows } = await db.executeQuery<HeldText>(CompiledQuery.raw(SEEN, [...askedFor(lines), from]))
  return allot(lines, rows.map(heldOf), day).short
}

const MOST_TRIES = 5

/**
 * Locks goods for lines and says which come from where. Goods that were received while the statement waited for its locks are
 * not in what it sees, so they are looked for again as long as they are there.
 * @param seen what \`heldRead\` has locked
 * @throws \`inventory.stock.short\` naming the first product that is missing
 */
export async function secure(
  tx: Tx,
  from: string,
  lines: readonly GoodsLine[],
  day: string,
  seen?: readonly HeldText[],
): Promise<Part[]> {
  for (let tries = 1; ; tries++) {
    const rows = (tries === 1 && seen) || (await lockHeld(tx, from, lines))
    const { parts, missing } = allot(lines, rows.map(heldOf), day)
    if (missing.length === 0) return parts
    if (tries === 1 && (await openMissingBalances(tx, from, missing))) continue
    const short = await shortage(tx, from, missing[0]!, lines, day)
    if (short) throw short
    if (tries >= MOST_TRIES) throw CommonProblem.busy()
  }
}

// What is set comes from the locked row alone: PostgreSQL judges a CHECK on the row of its snapshot first, where goods may
// still be missing that have come since.
const TAKE = `update inventory_balance b set on_hand = c.on_hand, reserved = c.reserved, value = c.value, may_go_below = c.may_go_below
  from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[]) as c(id, on_hand, reserved, value, may_go_below)
  where b.id = c.id`
const EAT = `update inventory_layer l set remaining = c.remaining, value = c.value
  from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as c(id, remaining, value) where l.id = c.id`
const LAYERS_OF = `select id, balance, remaining::bigint as remaining, value::bigint as value from inventory_layer
  where balance = any($1::uuid[]) and remaining > 0 order by at, id`

/**
 * Takes goods off a storage location inside the caller's transaction and tells what they cost.
 * @param day the business day: lots that expired before it are taken only by name
 * @param seen what \`heldRead\` has locked; then the goods are written with COMMIT, and nothing else here reads them before
 * @throws \`inventory.stock.short\` naming the first product that is missing; then nothing was taken
 */
export async function take(
  tx: Tx,
  from: string,
  lines: readonly GoodsLine[],
  day: string,
  costing: Costing = 'average',
  seen?: readonly HeldText[],
): Promise<Taking> {
  const parts = await secure(tx, from, lines, day, seen)
  const { costs, eaten } =
    costing === 'fifo' ? layerCosts(parts, await layersOf(tx, parts)) : { costs: averageCosts(parts), eaten: [] }
  const writes = [takeWrite(parts, costs), ...(eaten.length > 0 ? [eatWrite(eaten)] : [])]
  const isLow = parts.some(
    ({ from: { level, lowSince }, available }) => level !== null && lowSince === null && available <= level,
  )
  if (seen && !isLow) for (const write of writes) tx.write(write)
  else await Promise.all(writes.map(({ name, text, values }) => tx.client.query({ name, text, values: [...values] })))
  if (isLow) await noticeLow(tx, from, parts)
  const moved = parts.map(({ from: { variant, lot, owner }, asked, quantity }, index) => ({
    variant,
    lot,
    owner,
    asked,
    quantity,
    cost: costs[index]!,
  }))
  return { costs: shareCosts(lines, moved), moved }
}

/** Read once the balances are locked, by a statement that sees what was put there before. */
async function layersOf(tx: Tx, parts: readonly Part[]): Promise<Layer[]> {
  const balances = [...new Set(parts.map((part) => part.from.id))]
  return (await tx.client.query<Layer>({ name: 'inventory-layers-of', text: LAYERS_OF, values: [balances] })).rows
}

function takeWrite(parts: readonly Part[], costs: readonly Minor[]): Write {
  const after = new Map<string, Held>()
  for (const [index, { from, quantity }] of parts.entries()) {
    const row = after.get(from.id) ?? from
    after.set(from.id, { ...row, onHand: row.onHand - quantity, value: row.value - costs[index]! })
  }
  const rows = [...after.values()]
  return {
    name: 'inventory-take',
    text: TAKE,
    values: [
      rows.map((row) => row.id),
      rows.map((row) => row.onHand),
      rows.map((row) => row.reserved),
      rows.map((row) => row.value),
      rows.map((row) => row.mayGoBelow),
    ],
  }
}

const eatWrite = (eaten: readonly Layer[]): Write => ({
  name: 'inventory-eat',
  text: EAT,
  values: [eaten.map((one) => one.id), eaten.map((one) => one.remaining), eaten.map((one) => one.value)],
})

const askedKeyOf = (row: { variant: string; asked: string | null; owner?: string | null }) => keyOf({ ...row, lot: row.asked })

/** Two lines of one variant share its cost by quantity, the last one takes what rounding leaves. */
function shareCosts(lines: readonly GoodsLine[], rows: readonly (MovedGoods & { asked: string | null })[]): Minor[] {
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
  if (!location) throw LocationProblem.unknown()
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
  // Goods of any lot share the shelf with those that name theirs.
  const isShared = (one: GoodsLine) => one.variant === line.variant && (one.owner ?? null) === (line.owner ?? null)
  const wanted = lines
    .filter((one) => (line.lot ? keyOf(one) === keyOf(line) : isShared(one)))
    .reduce((all, one) => all + one.quantity, 0n)
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
  update inventory_reorder r set low_since = $3 from inventory_on_hand s, catalog_variant_fact v, inventory_location l
  where r.variant = any($1::uuid[]) and l.id = $2 and r.place = l.place and r.low_since is null and s.variant = r.variant and s.place = r.place
    and v.id = r.variant and s.free <= r.level
  returning r.variant, v.name, r.place, r.level::bigint as level, s.free as available`

/** Tells once that a product fell to its reorder level in all of its place; receiving more ends it. */
export async function noticeLow(tx: Tx, location: string, parts: readonly Part[]): Promise<void> {
  const low = parts.filter(
    ({ from: { level, lowSince }, available }) => level !== null && lowSince === null && available <= level,
  )
  if (low.length === 0) return
  const { rows } = await tx.client.query<{ variant: string; name: string; place: string; level: bigint; available: bigint }>(
    NOW_LOW,
    [low.map((part) => part.from.variant), location, tx.now],
  )
  for (const { variant, name, place, available, level } of rows)
    tx.emit(stockLow, { variant, name, place, available: String(available), level: String(level) })
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
      where b.variant = r.variant and h.place = r.place and h.holds = 'goods') > r.level`

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
  if (rows.length === 0) throw LocationProblem.unknown()
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
  tx.effect(goodsMoved, { from, to, lines })
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
