import { reachOf } from '#kit/access.ts'
import { extend, type Qty } from '#kit/quantity.ts'
import { minor, sum, type Minor } from '#kit/money.ts'
import { secondPerson } from '#kit/server/approval.ts'
import { command } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { noteCosts, priceUnitsOf } from '#modules/catalog/index.ts'
import { lotsOf } from '../lot/lot.store.ts'
import { locationOf, storageAt } from '../location/location.store.ts'
import { StockProblem } from '../stock/stock.ts'
import { comparedWithShelf, worthHere } from './count.store.ts'
import { issue, receive, transfer } from '../stock/stock.store.ts'
import { adjustmentInput, countInput, receiptInput, transferInput, wastage } from './document.ts'
import { openPaper, postCovered, postValue, writePaper, type Paper } from './document.store.ts'

/** Goods come in; stock and books rise together. */
export const receiveStock = command({
  name: 'inventory.receiveStock',
  can: 'inventory.stock.receive',
  input: receiptInput,
  async run(tx, input) {
    const paper = await openPaper(tx, 'inventory.stock.receive', 'receipt', input)
    const lots = await lotsOf(tx, input.lines, true)
    const priceUnits = await priceUnitsOf(
      tx,
      input.lines.map((line) => line.variant),
    )
    const lines = input.lines.map((line, index) => ({
      ...line,
      lot: lots[index] ?? null,
      value: extend(line.unitCost, line.quantity, priceUnits.get(line.variant) ?? '1'),
    }))
    const from = await locationOf(tx, input.source === 'opening' ? 'opening' : 'supplier')
    const covered = await receive(tx, from, paper.location, lines, why(paper, input.source), paper.costing)
    await noteCosts(
      tx,
      input.lines.filter((line) => line.unitCost > 0n),
    )
    const value = sum(lines.map((line) => line.value))
    await writePaper(tx, paper, { supplier: input.supplier ?? null, reason: input.source, note: input.note, value }, lines)
    await postValue(tx, paper, input.source === 'opening' ? 'openingEquity' : 'goodsReceived', [value])
    await postCovered(tx, paper, covered)
    return answerOf(tx, paper, value)
  },
})

/** Damage, theft, finds: each with its reason. */
export const adjustStock = command({
  name: 'inventory.adjustStock',
  can: 'inventory.stock.adjust',
  input: adjustmentInput,
  async run(tx, input) {
    const paper = await openPaper(tx, 'inventory.stock.adjust', 'adjustment', input)
    const lots = await lotsOf(tx, input.lines, false)
    const lines = input.lines.map((line, index) => ({ ...line, lot: lots[index] ?? null }))
    const value = await correct(tx, paper, lines, input.reason)
    await writePaper(tx, paper, { reason: input.reason, note: input.note, value }, lines)
    return answerOf(tx, paper, value)
  },
})

/**
 * A count says what lay there when it was counted. The difference to what should have lain there at that moment is a move with
 * a value; what moved since stays as it is.
 */
export const countStock = command({
  name: 'inventory.countStock',
  can: 'inventory.stock.adjust',
  input: countInput,
  async run(tx, input) {
    const paper = await openPaper(tx, 'inventory.stock.adjust', 'count', input)
    const lots = await lotsOf(tx, input.lines, true)
    const wanted = input.lines.map((line, index) => ({ ...line, lot: lots[index] ?? null }))
    const lines = await comparedWithShelf(tx, { location: paper.location, lines: wanted, locks: true })
    const value = await correct(
      tx,
      paper,
      lines.filter((line) => line.quantity !== 0n),
      'count',
    )
    await writePaper(
      tx,
      paper,
      { reason: 'count', note: input.note, value },
      lines.map((line) => ({ ...line, quantity: line.counted })),
    )
    return { ...answerOf(tx, paper, value), differences: lines.filter((line) => line.quantity !== 0n).length }
  },
})

export const transferStock = command({
  name: 'inventory.transferStock',
  can: 'inventory.stock.adjust',
  input: transferInput,
  async run(tx, input) {
    if (input.location === input.toLocation) throw StockProblem.noLocation()
    const paper = await openPaper(tx, 'inventory.stock.adjust', 'transfer', input)
    const target = await storageAt(tx, 'inventory.stock.adjust', input.toLocation)
    const lots = await lotsOf(tx, input.lines, false)
    const lines = input.lines.map((line, index) => ({ ...line, lot: lots[index] ?? null }))
    const { costs, covered } = await transfer(tx, paper.location, target.id, lines, why(paper, 'transfer'), paper.costing)
    await writePaper(tx, paper, { toLocation: target.id, note: input.note, value: sum(costs) }, lines)
    await postCovered(tx, paper, covered)
    return answerOf(tx, paper, sum(costs))
  },
})

/** What the goods are worth is told to those who may see costs. */
const answerOf = (tx: Tx, { id, number }: Paper, value: Minor) => ({
  id,
  number,
  ...(reachOf(tx.actor, 'catalog.cost.read') && { value }),
})

const why = (paper: Paper, reason: string) => ({
  documentKind: `inventory.${paper.kind}`,
  document: paper.id,
  businessDay: paper.day,
  reason,
})

/** Takes what is less and puts what is more, at the cost that the goods have now, and posts both differences. */
async function correct(
  tx: Tx,
  paper: Paper,
  lines: readonly { variant: string; lot: string | null; quantity: Qty }[],
  reason: string,
): Promise<Minor> {
  const loss = await locationOf(tx, 'loss')
  const less = lines.filter((line) => line.quantity < 0n).map((line) => ({ ...line, quantity: -line.quantity as Qty }))
  const more = lines.filter((line) => line.quantity > 0n)
  const costs = less.length > 0 ? await issue(tx, paper.location, loss, less, why(paper, reason), paper.costing) : []
  if (costs.length > 0)
    await secondPerson(tx, wastage, {
      place: paper.place,
      amount: sum(costs),
      facts: { value: sum(costs), reason, lines: less.length },
    })
  const worth = await worthHere(
    tx.db,
    paper.location,
    more.map((line) => line.variant),
  )
  const found = more.map((line) => ({ ...line, value: worth(line.variant, line.quantity) }))
  const covered = found.length > 0 ? await receive(tx, loss, paper.location, found, why(paper, reason), paper.costing) : minor(0)
  await postValue(
    tx,
    paper,
    'stockLoss',
    costs.map((cost) => minor(-cost)),
    reason,
  )
  await postValue(
    tx,
    paper,
    'stockGain',
    found.map((line) => line.value),
    reason,
  )
  await postCovered(tx, paper, covered)
  return minor(sum(found.map((line) => line.value)) - sum(costs))
}
