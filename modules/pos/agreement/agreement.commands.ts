import { command } from '#kit/server/command.ts'
import { readTogether } from '#kit/server/read.ts'
import { basketReads, priceBasket } from '../sale/basket.store.ts'
import { agreementInput } from './agreement.ts'
import { agreeAhead } from './agreement.store.ts'

/** A price or a discount that one may not give alone is agreed to when it is given, and not when the customer pays. */
export const agreeBasket = command({
  name: 'pos.agreeBasket',
  can: 'pos.sale.complete',
  input: agreementInput,
  async run(tx, input) {
    const { till, lines, totals } = await priceBasket(tx, input, await readTogether(tx.client, basketReads(input)))
    await agreeAhead(tx, input, { lines, totals, place: till.place })
    tx.about('pos_till', till.id, till.place)
    return { agreed: true }
  },
})
