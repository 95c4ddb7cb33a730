import { sql } from 'kysely'
import { divideHalfUp, minor, type Minor } from '#kit/money.ts'
import { extend, type PriceUnit, type Qty } from '#kit/quantity.ts'
import type { Problem } from '#kit/problem.ts'
import type { Reading, Tx } from '#kit/server/door/context.ts'
import { CountProblem } from './document.ts'

const HOLDS = { hours: 7 * 24 }
/** Clocks of devices differ a little. */
const AHEAD = { seconds: 60 }

export interface CountedLine {
  readonly variant: string
  readonly lot: string | null
  readonly counted: Qty
  readonly countedAt?: string | undefined
}
export interface ComparedLine {
  readonly variant: string
  readonly lot: string | null
  readonly counted: Qty
  readonly countedAt: Temporal.Instant
  /** What should have lain there when it was counted. */
  readonly expected: Qty
  /** What came since, below zero what left. */
  readonly since: Qty
  /** What was found above zero, what was missing below. */
  readonly quantity: Qty
}

interface ShelfRow {
  readonly n: number
  readonly name: string
  readonly onHand: Qty | null
  readonly mayGoBelow: boolean
  readonly since: Qty
}

interface Comparison {
  readonly location: string
  readonly lines: readonly CountedLine[]
  readonly locks: boolean
}

/** A line beside its shelf, also one whose count can't be posted: then with what is wrong about it. */
export interface BesideShelf extends ComparedLine {
  readonly fault: Problem | null
}

/**
 * Compares counts with what should have lain there when they were made: what lies there now, less what moved since. A move
 * bears the time at which it was asked for, so one that was under way while somebody counted belongs before the count when
 * it was asked for before it. With `locks` nothing moves between this and what follows; the moves are read after
 * the balances are locked, so they are those that the balances have.
 * @throws `inventory.count.badMoment`, `inventory.count.soldMore`
 */
export async function comparedWithShelf(at: Pick<Reading | Tx, 'db' | 'now'>, comparison: Comparison): Promise<ComparedLine[]> {
  const lines = await besideShelf(at, comparison)
  const fault = lines.find((line) => line.fault)?.fault
  if (fault) throw fault
  return lines.map(({ fault: _, ...line }) => line)
}

/** The same without a refusal: whoever looks at a count sees each line, and what is wrong with it. */
export async function besideShelf(
  { db, now }: Pick<Reading | Tx, 'db' | 'now'>,
  { location, lines, locks }: Comparison,
): Promise<BesideShelf[]> {
  const moments = lines.map((line) => (line.countedAt ? Temporal.Instant.from(line.countedAt) : now))
  if (locks)
    await sql`select id from inventory_balance where location = ${location} and owner is null
      and variant = any(${lines.map((line) => line.variant)}::uuid[]) order by variant, id for update`.execute(db)
  const { rows } = await sql<ShelfRow>`
    select w.n::int as n, v.name, b.on_hand::bigint as on_hand, coalesce(b.may_go_below, false) as may_go_below, coalesce(m.since, 0)::bigint as since
    from unnest(${lines.map((line) => line.variant)}::uuid[], ${lines.map((line) => line.lot)}::uuid[], ${moments.map(String)}::timestamptz[])
      with ordinality as w(variant, lot, counted_at, n)
    join catalog_variant_fact v on v.id = w.variant
    left join inventory_balance b on b.variant = w.variant and b.location = ${location} and b.lot is not distinct from w.lot and b.owner is null
    left join lateral (select sum(case when m.to_location = ${location} then m.quantity else -m.quantity end) as since from inventory_move m
      where m.variant = w.variant and m.at > w.counted_at and m.lot is not distinct from w.lot and m.owner is null
        and (m.to_location = ${location} or m.from_location = ${location})) m on true
    order by w.n`.execute(db)
  const shelf = new Map(rows.map((row) => [row.n, row]))
  return lines.map(({ variant, lot, counted }, index) => {
    const { name = '?', onHand, since = 0n as Qty, mayGoBelow = false } = shelf.get(index + 1) ?? {}
    const countedAt = moments[index]!
    const isHeld = Temporal.Instant.compare(countedAt, now.subtract(HOLDS)) >= 0
    const isAhead = Temporal.Instant.compare(countedAt, now.add(AHEAD)) > 0
    const isOversold = counted + since < 0n && !mayGoBelow
    const fault =
      !isHeld || isAhead ? CountProblem.badMoment({ name }) : isOversold ? CountProblem.soldMore({ name }, { variant }) : null
    const expected = ((onHand ?? 0n) - since) as Qty
    return { variant, lot, counted, countedAt, expected, since, quantity: (counted - expected) as Qty, fault }
  })
}

/**
 * What a quantity is worth now: by its average here, else by the cost that the product carries. Rounded once, because a unit of
 * it may be worth less than the smallest coin.
 */
export async function worthHere(
  db: Reading['db'],
  location: string,
  variants: readonly string[],
): Promise<(variant: string, quantity: Qty) => Minor> {
  const rows =
    variants.length === 0
      ? []
      : await db
          .selectFrom('catalogVariantFact as v')
          .leftJoin('inventoryBalance as b', (join) =>
            join
              .onRef('b.variant', '=', 'v.id')
              .on('b.location', '=', location)
              .on('b.onHand', '>', 0n as Qty),
          )
          .select(['v.id', 'v.cost', 'v.priceUnit', 'b.onHand', 'b.value'])
          .where('v.id', 'in', [...variants])
          .execute()
  const known = new Map(rows.map((row) => [row.id, row]))
  return (variant, quantity) => {
    const row = known.get(variant)
    if (row?.onHand && row.value !== null) return minor(divideHalfUp(row.value * quantity, row.onHand))
    return extend(row?.cost ?? minor(0), quantity, (row?.priceUnit ?? '1') as PriceUnit)
  }
}
