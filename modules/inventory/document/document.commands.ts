import { reachOf } from '#kit/access.ts'
import type { Minor } from '#kit/money.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { lotsOf } from '../lot/lot.store.ts'
import { correctShelf, postCount } from './correction.store.ts'
import { adjustmentInput, countInput, receiptInput, transferInput } from './document.ts'
import { openPaper, writePaper, type Paper } from './document.store.ts'
import { ADJUST, relocate } from './relocation.store.ts'
import { takeIn } from './receipt.store.ts'

/** Goods come in; stock and books rise together. */
export const receiveStock = command({
  name: 'inventory.receiveStock',
  can: 'inventory.stock.receive',
  input: receiptInput,
  reviewed: true,
  async run(tx, input) {
    const { paper, value } = await takeIn(tx, 'inventory.stock.receive', input)
    return answerOf(tx, paper, value)
  },
})

/** Damage, theft, finds: each with its reason. */
export const adjustStock = command({
  name: 'inventory.adjustStock',
  can: 'inventory.stock.adjust',
  input: adjustmentInput,
  reviewed: true,
  async run(tx, input) {
    const paper = await openPaper(tx, ADJUST, 'adjustment', input)
    const { value, lines } = await correctShelf(tx, paper, input)
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
  reviewed: true,
  async run(tx, input) {
    const lots = await lotsOf(tx, input.lines, true)
    const lines = input.lines.map((line, index) => ({ ...line, lot: lots[index] ?? null }))
    const { paper, value, compared } = await postCount(tx, { ...input, lines })
    return { ...answerOf(tx, paper, value), differences: compared.filter((line) => line.quantity !== 0n).length }
  },
})

export const transferStock = command({
  name: 'inventory.transferStock',
  can: 'inventory.stock.adjust',
  input: transferInput,
  reviewed: true,
  async run(tx, input) {
    const paper = await openPaper(tx, ADJUST, 'transfer', input)
    const { value, lines } = await relocate(tx, paper, input)
    await writePaper(tx, paper, { toLocation: input.toLocation, note: input.note, value }, lines)
    return answerOf(tx, paper, value)
  },
})

/** What the goods are worth is told to those who may see costs. */
const answerOf = (tx: Tx, { id, number }: Paper, value: Minor) => ({
  id,
  number,
  ...(reachOf(tx.actor, 'catalog.cost.read') && { value }),
})
