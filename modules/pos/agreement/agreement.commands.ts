import { command } from '#kit/server/command.ts'
import { customerGroupOf } from '#modules/parties/index.ts'
import { priceBasket } from '../sale/basket.store.ts'
import { openShiftOf, saleFacts } from '../shift/shift.store.ts'
import { agreementInput } from './agreement.ts'
import { agreeAhead } from './agreement.store.ts'

/** A price or a discount that one may not give alone is agreed to when it is given, and not when the customer pays. */
export const agreeBasket = command({
  name: 'pos.agreeBasket',
  can: 'pos.sale.complete',
  input: agreementInput,
  async run(tx, input) {
    const till = await openShiftOf(tx, input.till)
    const { company } = await saleFacts(tx)
    const customerGroup = input.customer ? await customerGroupOf(tx.db, input.customer) : null
    const { lines, totals } = await priceBasket(tx, input, { ...till, company, customerGroup })
    await agreeAhead(tx, input, { lines, totals, place: till.place })
    tx.about('pos_till', till.id, till.place)
    return { agreed: true }
  },
})
