import { z } from 'zod'
import { sql } from 'kysely'
import { sum } from '#kit/money.ts'
import { quantityText, type Qty } from '#kit/quantity.ts'
import { act } from '#kit/server/document/act.ts'
import { hasWritten } from '#kit/server/document/writers.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { wordsFor } from '#kit/server/host/words.ts'
import { businessDayAt, loadPlace, theCompany } from '#modules/places/index.ts'
import { damagedAt, locationOf } from '../location/location.store.ts'
import { wastage } from '../document/document.ts'
import { goods } from '../stock/stock.chart.ts'
import { endReservationsOf, reserve } from '../stock/reservation.store.ts'
import { issue, receive, recordMoves } from '../stock/stock.store.ts'
import { stockMoved } from '../stock/stock.ts'
import { arrivalInput, transfer, TransferProblem } from './transfer.ts'
import { openOf, takeFrom, type OnTheWay } from './transfer.rules.ts'
import { onTheWay, postBetween, postFollowing, type TransferLine } from './transfer.store.ts'

const KIND = transfer.kind.name
const because = { reason: z.string().trim().min(3).max(300) }

/** Whoever has the goods agrees, and they are kept aside. Nobody approves their own request. */
export const approveTransfer = act(transfer, 'approve', {
  async run(tx, { row, lines }) {
    if (lines.length === 0) throw TransferProblem.noLines()
    const isOwn = row.createdBy === tx.actor.id || (await hasWritten(tx, transfer, row.id))
    if (isOwn && tx.actor.isOwner !== true) throw TransferProblem.ownRequest()
    const day = await businessDayAt(tx.db, row.fromPlace, tx.now)
    const wanted = lines.map(({ variant, quantity }) => ({ variant, quantity }))
    await reserve(tx, row.location, wanted, { documentKind: KIND, document: row.id, note: row.number }, day)
    moved(tx, row.fromPlace, lines)
    return { values: { decidedBy: tx.actor.id, decidedAt: tx.now } }
  },
})

export const rejectTransfer = act(transfer, 'reject', {
  input: because,
  run: (tx, { input }) => ({ values: { reason: input.reason, decidedBy: tx.actor.id, decidedAt: tx.now, closedAt: tx.now } }),
})

/** Not sent yet: what was kept aside goes back on sale. */
export const cancelTransfer = act(transfer, 'cancel', {
  input: because,
  async run(tx, { row, lines, input }) {
    await endReservationsOf(tx, { documentKind: KIND, document: row.id }, 'letGo')
    moved(tx, row.fromPlace, lines)
    return { values: { reason: input.reason, closedAt: tx.now } }
  },
})

/** The goods leave: off the shelf, and in transit at what they cost. */
export const dispatchTransfer = act(transfer, 'dispatch', {
  async run(tx, { row, lines }) {
    await endReservationsOf(tx, { documentKind: KIND, document: row.id }, 'use')
    const day = await businessDayAt(tx.db, row.fromPlace, tx.now)
    const { costing } = await theCompany(tx.db)
    const transit = await locationOf(tx, 'transit')
    const wanted = lines.map(({ variant, quantity }) => ({ variant, quantity }))
    const costs = await issue(tx, row.location, transit, wanted, why(row.id, day, 'dispatch'), costing)
    const at = { id: row.id, number: row.number, place: row.fromPlace, day, purpose: 'dispatch' }
    await postBetween(tx, at, goods.stock, goods.inTransit, costs)
    moved(tx, row.fromPlace, lines)
    return { values: { dispatchedBy: tx.actor.id, dispatchedAt: tx.now, value: sum(costs) } }
  },
})

/** Turned round on the way: what has not arrived lies where it came from. */
export const recallTransfer = act(transfer, 'recall', {
  input: because,
  async run(tx, { row, lines, input }) {
    const day = await businessDayAt(tx.db, row.fromPlace, tx.now)
    const { costing } = await theCompany(tx.db)
    const way = await onTheWay(tx, row.id)
    const back = way.map((one) => ({ ...one, value: one.cost }))
    const covered = await receive(tx, await locationOf(tx, 'transit'), row.location, back, why(row.id, day, 'recall'), costing)
    const at = { id: row.id, number: row.number, place: row.fromPlace, day, purpose: 'recall' }
    await postBetween(
      tx,
      at,
      goods.inTransit,
      goods.stock,
      way.map((one) => one.cost),
    )
    await postFollowing(tx, at, covered)
    moved(tx, row.fromPlace, lines)
    return { values: { reason: input.reason, closedAt: tx.now } }
  },
})

/**
 * What arrives lies on the shelf, what is damaged lies apart, what is missing is written off with the reason of whoever says so. In
 * parts, until everything that was sent is one of these.
 */
export const receiveTransfer = act(transfer, 'receive', {
  verbs: ['receivePart'],
  input: arrivalInput,
  async run(tx, { row, lines, input }) {
    const after = new Map(lines.map((line) => [line.id, { ...line }]))
    const parts: { good: OnTheWay[]; damaged: OnTheWay[]; missing: OnTheWay[] } = { good: [], damaged: [], missing: [] }
    let way = await onTheWay(tx, row.id)
    const take = (variant: string, quantity: bigint): OnTheWay[] => {
      const step = takeFrom(way, variant, quantity)
      way = step.left
      return step.taken
    }
    for (const one of input.lines) {
      const line = after.get(one.line)
      if (!line) throw TransferProblem.notOfIt()
      const [damaged, missing] = [one.damaged ?? (0n as Qty), one.missing ?? (0n as Qty)]
      const open = openOf(line)
      if (one.quantity + damaged + missing > open) throw TransferProblem.tooMuch({ name: line.name, most: quantityText(open) })
      if (missing > 0n && !input.reason) throw TransferProblem.sayWhy()
      parts.good.push(...take(line.variant, one.quantity))
      parts.damaged.push(...take(line.variant, damaged))
      parts.missing.push(...take(line.variant, missing))
      after.set(line.id, {
        ...line,
        received: (line.received + one.quantity) as Qty,
        damaged: (line.damaged + damaged) as Qty,
        missing: (line.missing + missing) as Qty,
      })
    }
    const came = [...after.values()]
    if (parts.good.length + parts.damaged.length + parts.missing.length === 0) throw TransferProblem.nothing()
    const lost = sum(parts.missing.map((one) => one.cost))
    if (lost > 0n)
      await secondPerson(tx, wastage, {
        place: row.place,
        amount: lost,
        facts: { value: lost, reason: input.reason, articles: parts.missing.length },
      })
    await putAway(tx, row, parts, input.receipt)
    await writeLines(tx, came)
    await tx.db
      .insertInto('inventoryTransferReceipt')
      .values({ id: input.receipt, transfer: row.id, receivedBy: tx.actor.id!, receivedAt: tx.now, reason: input.reason ?? null })
      .execute()
    moved(tx, row.place, lines)
    const isOver = came.every((line) => openOf(line) === 0n)
    return { verb: isOver ? 'receive' : 'receivePart', ...(isOver && { values: { closedAt: tx.now } }) }
  },
})

async function putAway(
  tx: Tx,
  row: { id: string; number: string; place: string; toLocation: string },
  { good, damaged, missing }: Record<'good' | 'damaged' | 'missing', OnTheWay[]>,
  receipt: string,
): Promise<void> {
  const day = await businessDayAt(tx.db, row.place, tx.now)
  const { costing, locale } = await theCompany(tx.db)
  const transit = await locationOf(tx, 'transit')
  const at = { id: row.id, number: row.number, place: row.place, day, purpose: receipt }
  const put = async (to: string, lines: readonly OnTheWay[]) => {
    const valued = lines.map((one) => ({ ...one, value: one.cost }))
    await postFollowing(
      tx,
      { ...at, purpose: `${receipt} ${to}` },
      await receive(tx, transit, to, valued, why(row.id, day, 'receive'), costing),
    )
  }
  if (good.length > 0) await put(row.toLocation, good)
  if (damaged.length > 0) await put(await damagedAt(tx, await loadPlace(tx.db, row.place), wordsFor(locale)), damaged)
  if (missing.length > 0) recordMoves(tx, transit, await locationOf(tx, 'loss'), missing, why(row.id, day, 'missing'))
  const costOf = (lines: readonly OnTheWay[]) => lines.map((one) => one.cost)
  await postBetween(tx, at, goods.inTransit, goods.stock, [...costOf(good), ...costOf(damaged)])
  await postBetween(tx, at, goods.inTransit, goods.stockLoss, costOf(missing))
}

const why = (document: string, businessDay: string, reason: string) => ({ documentKind: KIND, document, businessDay, reason })

async function writeLines(tx: Tx, lines: readonly TransferLine[]): Promise<void> {
  const of = (name: 'received' | 'damaged' | 'missing') => lines.map((line) => line[name])
  await sql`update inventory_transfer_line l set received = r.received, damaged = r.damaged, missing = r.missing
    from unnest(${lines.map((line) => line.id)}::uuid[], ${of('received')}::bigint[], ${of('damaged')}::bigint[], ${of('missing')}::bigint[])
      as r(id, received, damaged, missing) where l.id = r.id`.execute(tx.db)
}

/** Screens that show the stock of a place hear that it is another one. */
const moved = (tx: Tx, place: string, lines: readonly TransferLine[]): void =>
  tx.emit(stockMoved, { place, variants: lines.map((line) => line.variant).slice(0, 200), documentKind: KIND })
