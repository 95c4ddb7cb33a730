import { sql } from 'kysely'
import { z } from 'zod'
import { newId } from '#kit/id.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { announce } from '#kit/server/document/document.ts'
import { linesOf } from '#kit/server/document/lines.ts'
import { lockRow, updateRow } from '#kit/server/list/crud.ts'
import { refuseParts } from '../document/document.store.ts'
import { lotsOf } from '../lot/lot.store.ts'
import { onIt } from './stock-count.commands.ts'
import { ADJUST, holdShelf, refuseOverlap, refuseUncounted, totalsOf } from './stock-count.store.ts'
import { lineCounted, MOST_LINES, stockCount, StockCountProblem, talliesInput } from './stock-count.ts'

/** Somebody says what they counted. Sent again, by a device that never heard the answer, it is the same fact. */
export const tallyStockCount = command({
  name: 'inventory.tallyStockCount',
  can: ADJUST,
  input: talliesInput,
  async run(tx, { id, round, tallies }) {
    const count = await holdForCounting(tx, id)
    if (round !== count.round) throw StockCountProblem.otherRound()
    const lines = await linesNamed(
      tx,
      id,
      tallies.map((one) => one.line),
    )
    for (const one of tallies) {
      const line = lines.get(one.line)
      if (!line) throw StockCountProblem.notOfIt()
      if (line.round !== round) throw StockCountProblem.notAsked({ name: line.name })
    }
    await refuseParts(
      tx,
      tallies.flatMap(({ line, quantity }) => (quantity === null ? [] : [{ variant: lines.get(line)!.variant, quantity }])),
    )
    await writeTallies(tx, id, round, tallies)
    tx.about(stockCount.table, id, count.place)
    tx.emit(lineCounted, { id, place: count.place })
    return { id }
  },
})

/** Several people count at once; none of them while the count takes a step. */
async function holdForCounting(tx: Tx, id: string): Promise<{ round: number; place: string }> {
  const { rows } = await sql<{ state: string; round: number; place: string }>`
    select state, round, place from inventory_stock_count where id = ${id} for share`.execute(tx.db)
  const [found] = rows
  if (!found) throw CommonProblem.notFound()
  tx.mayAt(ADJUST, found.place)
  if (found.state !== 'counting') throw CommonProblem.wrongStep({ state: found.state })
  return found
}

async function linesNamed(tx: Tx, id: string, lines: readonly string[]) {
  const { rows } = await sql<{ id: string; variant: string; name: string; round: number }>`
    select id, variant, name, round from inventory_stock_count_line where document = ${id} and id = any(${[...lines]}::uuid[])`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** A device whose clock goes ahead counted now: nothing is counted ahead of its time. */
async function writeTallies(tx: Tx, id: string, round: number, tallies: z.output<typeof talliesInput>['tallies']): Promise<void> {
  await sql`insert into inventory_stock_count_tally (id, stock_count, line, round, counted_by, quantity, counted_at)
    select t.id, ${id}, t.line, ${round}::int, ${tx.actor.id}::uuid, t.quantity, least(t.counted_at, ${tx.now.toString()}::timestamptz)
    from unnest(${tallies.map((one) => one.id)}::uuid[], ${tallies.map((one) => one.line)}::uuid[],
      ${tallies.map((one) => one.quantity)}::bigint[], ${tallies.map((one) => one.countedAt)}::timestamptz[])
      as t(id, line, quantity, counted_at)
    on conflict (id) do nothing`.execute(tx.db)
}

/** An article lies on the shelf that is not on the count: it is put on it. Two who find it at once find one line. */
export const addToStockCount = command({
  name: 'inventory.addToStockCount',
  can: ADJUST,
  input: z.object({ id: z.uuid(), variant: z.uuid(), lot: z.string().trim().min(1).max(60).optional() }),
  async run(tx, { id, variant, lot: code }) {
    const row = await lockRow(tx, stockCount, id, ADJUST)
    if (row.state !== 'counting') throw CommonProblem.wrongStep({ state: row.state })
    const [lot = null] = await lotsOf(tx, [{ variant, ...(code && { lot: code }) }], true)
    const lines = await linesOf(tx.db, stockCount, id)
    const known = lines.find((line) => line.variant === variant && line.lot === lot)
    if (known) return { id, line: known.id }
    if (lines.length >= MOST_LINES) throw StockCountProblem.tooMany({ most: MOST_LINES })
    const name = (await refuseUncounted(tx, [variant])).get(variant)!
    await holdShelf(tx, row.location)
    await refuseOverlap(tx, row, variant)
    const line = newId()
    const position = Math.max(-1, ...lines.map((one) => one.position)) + 1
    await tx.db
      .insertInto('inventoryStockCountLine')
      .values({ id: line, document: id, position, variant, lot, name, round: row.round })
      .execute()
    tx.about(stockCount.table, id, row.place)
    announce(tx, stockCount, { ...row })
    return { id, line }
  },
})

/** What nobody counted stays as it is, unless whoever reviews the count says that nothing of it is there. */
export const settleUncounted = command({
  name: 'inventory.settleUncounted',
  can: ADJUST,
  input: z.object({ id: z.uuid(), isGone: z.boolean(), lines: z.array(z.uuid()).min(1).max(MOST_LINES).optional() }),
  async run(tx, { id, isGone, lines: asked }) {
    const row = await lockRow(tx, stockCount, id, ADJUST)
    if (row.state !== 'reviewed') throw CommonProblem.wrongStep({ state: row.state })
    const [lines, totals] = [await linesOf(tx.db, stockCount, id), await totalsOf(tx, id)]
    const named = asked && onIt(lines, asked)
    const counted = named?.find((line) => totals.has(line.id))
    if (counted) throw StockCountProblem.isCounted({ name: counted.name })
    const open = (named ?? lines).filter((line) => !totals.has(line.id) && (line.nothingAt !== null) !== isGone)
    const at = isGone ? tx.now.toString() : null
    await sql`update inventory_stock_count_line set nothing_at = ${at}::timestamptz
      where id = any(${open.map((line) => line.id)}::uuid[])`.execute(tx.db)
    // What is posted is what was looked at: another version now.
    const told = { before: {}, after: { [isGone ? 'gone' : 'kept']: open.map((line) => line.name).slice(0, 100) } }
    const version = await updateRow(tx, stockCount, row, {}, told)
    announce(tx, stockCount, { ...row })
    return { id, version }
  },
})
