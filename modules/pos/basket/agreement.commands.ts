import { command } from '#kit/server/door/command.ts'
import { readTogether } from '#kit/server/data/read.ts'
import { agreeAhead } from '#modules/pricing/index.ts'
import { discountLimit } from '../shift/shift.store.ts'
import { basketReads, priceBasket } from './basket.store.ts'
import { basketInput } from './basket.ts'

/** A price or a discount that one may not give alone is agreed to when it is given, and not when the customer pays. */
export const agreeBasket = command({
  name: 'pos.agreeBasket',
  can: 'pos.sale.complete',
  input: basketInput,
  async run(tx, input) {
    const { till, lines, totals } = await priceBasket(tx, input, await readTogether(tx.client, basketReads(input)))
    await agreeAhead(tx, { ...input, desk: input.till, limit: () => discountLimit(tx.db) }, { lines, totals, place: till.place })
    tx.about('pos_till', till.id, till.place)
    return { agreed: true }
  },
})
