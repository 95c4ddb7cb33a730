import { sum, type Minor } from '#kit/money.ts'
import { extend, type Qty } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { noteCosts, priceUnitsOf } from '#modules/catalog/index.ts'
import { general } from '#modules/ledger/account/chart.ts'
import { locationOf } from '../location/location.store.ts'
import { lotsOf } from '../lot/lot.store.ts'
import { goods } from '../stock/stock.chart.ts'
import { receive } from '../stock/stock.store.ts'
import { inLedgers } from './document.ts'
import { openPaper, postCovered, postValue, refuseParts, writePaper, type Paper } from './document.store.ts'

/** What comes in: a cost is for as many units as the article's prices are; a lot is named by its code. */
export interface Incoming {
  readonly variant: string
  readonly quantity: Qty
  readonly unitCost: Minor
  readonly lot?: string | undefined
  readonly expiresOn?: string | undefined
}

export interface Arrival {
  readonly id: string
  /** A storage location that the permission reaches. */
  readonly location: string
  readonly source: 'supplier' | 'opening'
  readonly supplier?: string | null | undefined
  readonly note?: string | undefined
  /** The document that the goods come for. */
  readonly origin?: string
  readonly lines: readonly Incoming[]
}

/**
 * Goods come in on a receipt of their own, in the caller's transaction; stock and books rise together, and what was sold before it
 * came gets its cost. Lock order: the caller's document, then goods by variant.
 * @throws `inventory.location.unknown`, `inventory.document.tooFine`, `inventory.lot.otherDate`
 */
export async function takeIn(tx: Tx, permission: string, arrival: Arrival): Promise<{ paper: Paper; value: Minor }> {
  const { source, supplier, note } = arrival
  const paper = await openPaper(tx, permission, 'receipt', arrival)
  const { value, lines } = await bringIn(tx, paper, arrival)
  await writePaper(tx, paper, { supplier: supplier ?? null, reason: source, note, value, origin: arrival.origin }, lines)
  return { paper, value }
}

/** What a receipt does to stock and books, whoever writes it; its lots are made where they are new. */
export async function bringIn(tx: Tx, paper: Paper, arrival: Pick<Arrival, 'source' | 'lines'>) {
  const { source } = arrival
  await refuseParts(tx, arrival.lines)
  const lots = await lotsOf(tx, arrival.lines, true)
  const priceUnits = await priceUnitsOf(
    tx,
    arrival.lines.map((line) => line.variant),
  )
  const lines = arrival.lines.map((line, index) => ({
    ...line,
    lot: lots[index] ?? null,
    value: extend(line.unitCost, line.quantity, priceUnits.get(line.variant) ?? '1'),
  }))
  const from = await locationOf(tx, source === 'opening' ? 'opening' : 'supplier')
  const why = { documentKind: inLedgers[paper.kind], document: paper.id, businessDay: paper.day, reason: source }
  const covered = await receive(tx, from, paper.location, lines, why, paper.costing)
  await noteCosts(
    tx,
    arrival.lines.filter((line) => line.unitCost > 0n),
  )
  const value = sum(lines.map((line) => line.value))
  await postValue(tx, paper, source === 'opening' ? general.openingEquity : goods.goodsReceived, [value])
  await postCovered(tx, paper, covered)
  return { value, lines }
}
