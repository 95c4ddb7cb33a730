import { sql } from 'kysely'
import { z } from 'zod'
import { newId } from '#kit/id.ts'
import type { Qty } from '#kit/quantity.ts'
import { act } from '#kit/server/document/act.ts'
import { postCount } from '../document/correction.store.ts'
import { stockCount, StockCountProblem } from './stock-count.ts'
import { addWhatCame, holdShelf, refuseOverlap, totalsOf, writeCompared, type CountLine } from './stock-count.store.ts'
import type { Total } from './stock-count.rules.ts'

/** From here on it is counted, with what has come to the shelf since it was opened. */
export const startStockCount = act(stockCount, 'start', {
  async run(tx, { row, lines }) {
    const chosen = [...new Set(lines.map((line) => line.variant))]
    await holdShelf(tx, row.location)
    await addWhatCame(tx, row.id, { location: row.location, covers: row.covers, category: row.category, chosen })
    await refuseOverlap(tx, row)
    return { values: { startedAt: tx.now } }
  },
})

/** Counting is over; from here on what was found stands beside what should have lain there. */
export const reviewStockCount = act(stockCount, 'review', {
  async run(tx, { row }) {
    const totals = await totalsOf(tx, row.id)
    if (totals.size === 0) throw StockCountProblem.nothingCounted()
    return { values: { reviewedBy: tx.actor.id, reviewedAt: tx.now } }
  },
})

/** Some lines are counted once more, blind as before: what was said of them does not count any more. */
export const recountStockCount = act(stockCount, 'recount', {
  input: { lines: z.array(z.uuid()).min(1).max(5000) },
  async run(tx, { row, lines, input }) {
    const again = onIt(lines, input.lines)
    const round = row.round + 1
    await sql`update inventory_stock_count_line set round = ${round}, nothing_at = null
      where id = any(${again.map((line) => line.id)}::uuid[])`.execute(tx.db)
    return { values: { round }, told: { lines: again.map((line) => line.name).slice(0, 100) } }
  },
})

/**
 * The differences are posted by a paper of their own, which holds the count, its moves and its entry, and by which it is taken
 * back. What nobody counted is not on it, unless somebody said that nothing is there.
 */
export const postStockCount = act(stockCount, 'post', {
  async run(tx, { row, lines }) {
    const counted = countedLines(lines, await totalsOf(tx, row.id))
    if (counted.length === 0) throw StockCountProblem.nothingCounted()
    const { paper, value, compared } = await postCount(tx, {
      id: newId(),
      location: row.location,
      note: row.note ?? undefined,
      lines: counted,
    })
    await writeCompared(
      tx,
      compared.map(({ counted: found, expected }, index) => ({ id: counted[index]!.id, counted: found, expected })),
    )
    return { values: { paper: paper.id, value, postedBy: tx.actor.id, postedAt: tx.now } }
  },
})

export const cancelStockCount = act(stockCount, 'cancel', {
  input: { reason: z.string().trim().min(3).max(300) },
  run: (_, { input }) => ({ values: { reason: input.reason } }),
})

/** What is posted of some lines: what was counted of them, or that nothing is there, each with its moment. */
export function countedLines(lines: readonly CountLine[], totals: ReadonlyMap<string, Total>) {
  return lines.flatMap(({ id, variant, lot, nothingAt }) => {
    const total = totals.get(id)
    if (!total && !nothingAt) return []
    const countedAt = (total?.countedAt ?? nothingAt)!.toString()
    return [{ id, variant, lot, counted: total?.counted ?? (0n as Qty), countedAt }]
  })
}

/** @throws `inventory.stockCount.notOfIt` for a line of another count */
export function onIt(lines: readonly CountLine[], wanted: readonly string[]): CountLine[] {
  const known = new Map(lines.map((line) => [line.id, line]))
  return [...new Set(wanted)].map((id) => {
    const line = known.get(id)
    if (!line) throw StockCountProblem.notOfIt()
    return line
  })
}
