import { divideHalfUp, minor, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'

export interface GoodsLine {
  readonly variant: string
  readonly quantity: Qty
  readonly lot?: string | null
  readonly owner?: string | null
}

/** What all lines of one article, lot and owner ask for, and what they can have. */
export interface Short {
  readonly line: GoodsLine
  readonly wanted: bigint
  readonly available: bigint
}

export type Costing = 'average' | 'fifo'

/** Goods of one article, lot and owner as they lie on a shelf, locked. Quantities in millionths, value in minor units. */
export interface Held {
  readonly id: string
  readonly variant: string
  readonly lot: string | null
  readonly owner: string | null
  readonly onHand: bigint
  readonly reserved: bigint
  readonly value: bigint
  readonly mayGoBelow: boolean
  readonly expiresOn: string | null
  /** The article's reorder level at the place, and since when it has been reached. */
  readonly level: bigint | null
  readonly lowSince: string | null
}

/** What one row gives to the lines that ask for its article, lot and owner alike. */
export interface Part {
  readonly from: Held
  /** The lot that the lines name. */
  readonly asked: string | null
  readonly quantity: Qty
  /** What is there before, all earlier parts taken. */
  readonly onHand: bigint
  /** What can still be promised afterwards of all that these lines may have. */
  readonly available: bigint
}

export interface Layer {
  readonly id: string
  readonly balance: string
  readonly remaining: bigint
  readonly value: bigint
}

export const keyOf = (line: { variant: string; lot?: string | null; owner?: string | null }): string =>
  `${line.variant}|${line.lot ?? ''}|${line.owner ?? ''}`

/**
 * What each line gets from which row. Only what is there and not reserved is given. A line that names no lot gets those that
 * expire first, none that has expired by `day`, and goods without a lot last; where stock may fall below zero it is that row
 * that does. Lines that name their lot come first, so that nobody else gets it.
 * @param held the rows in the order of their expiry, those without a lot last
 */
export function allot<Line extends GoodsLine>(
  lines: readonly Line[],
  held: readonly Held[],
  day: string,
): { parts: Part[]; missing: Line[]; short: Short[] } {
  const groups = new Map<string, Line[]>()
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line])
  const given = new Map<string, bigint>()
  const parts: Part[] = []
  const missing: Line[] = []
  const short: Short[] = []
  const ordered = [...groups.values()].toSorted((a, b) => Number(!a[0]!.lot) - Number(!b[0]!.lot))
  for (const group of ordered) {
    const { variant, lot = null, owner = null } = group[0]!
    const wanted = group.reduce((all, line) => all + line.quantity, 0n)
    const rows = held
      .filter((row) => row.variant === variant && row.owner === owner && isFor(row, lot, day))
      .map((row) => ({ row, onHand: row.onHand - (given.get(row.id) ?? 0n) }))
    const free = rows.map(({ row, onHand }) => onHand - row.reserved)
    let left = wanted
    const own = rows.flatMap(({ row, onHand }, index): Part[] => {
      const maySink = row.mayGoBelow && row.lot === lot
      const there = free[index]! > 0n ? free[index]! : 0n
      const part = maySink || there > left ? left : there
      left -= part
      const available = free.reduce((all, one) => all + one, -wanted)
      return part > 0n ? [{ from: row, asked: lot, quantity: part as Qty, onHand, available }] : []
    })
    if (left > 0n) {
      missing.push(...group)
      short.push({ line: group[0]!, wanted, available: wanted - left })
      continue
    }
    for (const part of own) given.set(part.from.id, (given.get(part.from.id) ?? 0n) + part.quantity)
    parts.push(...own)
  }
  return { parts, missing, short }
}

const isFor = (row: Held, lot: string | null, day: string): boolean =>
  lot === null ? row.lot === null || (row.onHand > 0n && (row.expiresOn === null || row.expiresOn >= day)) : row.lot === lot

/**
 * What parts cost by the moving average. The last goods take all the value with them, so no cents stay behind on an empty
 * shelf; what lies below zero has no cost yet.
 */
export function averageCosts(parts: readonly Part[]): Minor[] {
  const spent = new Map<string, bigint>()
  return parts.map(({ from, quantity, onHand }) => {
    const value = from.value - (spent.get(from.id) ?? 0n)
    const cost = onHand <= 0n ? 0n : quantity >= onHand ? value : divideHalfUp(value * quantity, onHand)
    spent.set(from.id, (spent.get(from.id) ?? 0n) + cost)
    return minor(cost)
  })
}

/** What parts cost by the oldest layers first, and what is left of the layers that they eat from. */
export function layerCosts(parts: readonly Part[], layers: readonly Layer[]): { costs: Minor[]; eaten: Layer[] } {
  const left = new Map(layers.map((layer) => [layer.id, layer]))
  const eaten = new Set<string>()
  const costs = parts.map(({ from, quantity }) => {
    let wanted: bigint = quantity
    let cost = 0n
    for (const { id, balance } of layers) {
      const { remaining, value } = left.get(id)!
      if (balance !== from.id || remaining === 0n) continue
      if (wanted === 0n) break
      const part = wanted < remaining ? wanted : remaining
      const share = part === remaining ? value : divideHalfUp(value * part, remaining)
      left.set(id, { id, balance, remaining: remaining - part, value: value - share })
      eaten.add(id)
      wanted -= part
      cost += share
    }
    return minor(cost)
  })
  return { costs, eaten: [...eaten].map((id) => left.get(id)!) }
}
