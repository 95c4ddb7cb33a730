import { divideHalfUp, minor, sum, type Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { wordsFor } from '#kit/server/host/words.ts'
import { goods } from '#modules/inventory/stock/stock.chart.ts'
import { damagedAt, locationOf, movesOf, receive, recordMoves, type Costing, type GoodsLine } from '#modules/inventory/index.ts'
import { accountFor } from '#modules/ledger/index.ts'
import { loadPlace, theCompany } from '#modules/places/index.ts'
import type { dispositions } from './return.ts'

/** A unit that came back, with its cost and with how much of its article came back of the same document before. */
export interface BackGoods {
  readonly variant: string
  readonly quantity: Qty
  readonly cost: Minor
  readonly disposition: (typeof dispositions)[number]
}

interface Back {
  /** The paper that brings them back. */
  readonly documentKind: string
  readonly document: string
  readonly businessDay: string
  readonly place: string
  /** The shelf on which is put what can be sold again. */
  readonly location: string
  readonly costing: Costing
  /** What they were sold by, where that is known. */
  readonly sold: string | null
  /** How much of each article came back of it before this. */
  readonly before: ReadonlyMap<string, bigint>
}

/**
 * Puts goods back where they can be used: into the lots and to the owners that they were sold from, at the cost at which they left.
 * @returns what it does in the books, and how much of it is the cost of goods that had been sold before they came
 */
export async function putBack(tx: Tx, lines: readonly BackGoods[], back: Back) {
  if (lines.length === 0) return { entry: [], covered: minor(0) }
  const pieces = await piecesOf(tx, lines, back)
  const customers = await locationOf(tx, 'customer')
  const { documentKind, document, businessDay } = back
  const why = { documentKind, document, businessDay }
  let covered = 0n
  for (const [to, some] of Map.groupBy(pieces, (one) => (isAside(one.disposition) ? 'aside' : one.disposition))) {
    if (to === 'scrap') {
      recordMoves(tx, customers, await locationOf(tx, 'loss'), some, why)
    } else {
      const location = to === 'shelf' ? back.location : await asideAt(tx, back.place)
      const valued = some.map((one) => ({ ...one, value: one.cost }))
      covered += await receive(tx, customers, location, valued, why, back.costing)
    }
  }
  const costOf = (isScrap: boolean) =>
    sum(lines.filter((one) => (one.disposition === 'scrap') === isScrap).map((one) => one.cost))
  const [stock, costOfSales, stockLoss] = await Promise.all(
    [goods.stock, goods.costOfSales, goods.stockLoss].map((part) => accountFor(tx, part)),
  )
  const [kept, lost] = [costOf(false), costOf(true)]
  const entry = [
    { account: stock!, amount: minor(kept - covered) },
    { account: stockLoss!, amount: lost },
    { account: costOfSales!, amount: minor(covered - kept - lost) },
  ]
  return { entry, covered: minor(covered) }
}

const isAside = (disposition: BackGoods['disposition']) => disposition === 'quarantine' || disposition === 'repair'

const asideAt = async (tx: Tx, place: string): Promise<string> =>
  damagedAt(tx, await loadPlace(tx.db, place), wordsFor((await theCompany(tx.db)).locale))

type Piece = GoodsLine & { readonly cost: Minor; readonly disposition: BackGoods['disposition'] }

/** The lines by lot and owner: what was sold first of an article comes back first. What no move tells has no lot and is ours. */
async function piecesOf(tx: Tx, lines: readonly BackGoods[], { sold, before }: Back): Promise<Piece[]> {
  const moves = sold ? (await movesOf(tx, sold)).filter((one) => one.toKind === 'customer') : []
  const left = new Map<string, { lot: string | null; owner: string | null; quantity: bigint }[]>()
  for (const [variant, own] of Map.groupBy(moves, (one) => one.variant)) {
    let skip = before.get(variant) ?? 0n
    left.set(
      variant,
      own.flatMap(({ lot, owner, quantity }) => {
        const gone = skip < quantity ? skip : quantity
        skip -= gone
        return quantity > gone ? [{ lot, owner, quantity: quantity - gone }] : []
      }),
    )
  }
  return lines.flatMap(({ variant, quantity, cost, disposition }) => {
    const pieces: Piece[] = []
    let [open, costLeft]: [bigint, bigint] = [quantity, cost]
    const add = (part: bigint, lot: string | null, owner: string | null) => {
      const own = part === open ? costLeft : divideHalfUp(cost * part, quantity)
      pieces.push({ variant, lot, owner, quantity: part as Qty, cost: minor(own), disposition })
      open -= part
      costLeft -= own
    }
    for (const of of left.get(variant) ?? []) {
      const part = of.quantity < open ? of.quantity : open
      if (part === 0n) continue
      of.quantity -= part
      add(part, of.lot, of.owner)
    }
    if (open > 0n) add(open, null, null)
    return pieces
  })
}
