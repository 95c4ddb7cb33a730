import { holdsAt } from '#kit/access.ts'
import { command } from '#kit/server/door/command.ts'
import { lotsOf } from '../lot/lot.store.ts'
import { postCount } from './correction.store.ts'
import { countInput } from './document.ts'

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
    return {
      id: paper.id,
      number: paper.number,
      // What the goods are worth is told to those who may see costs.
      ...(holdsAt(tx.actor, 'catalog.cost.read', paper.place) && { value }),
      differences: compared.filter((line) => line.quantity !== 0n).length,
    }
  },
})
