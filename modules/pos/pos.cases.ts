import { newId } from '#kit/id.ts'
import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['pos_cash_move', 'pos_invoice', 'pos_sale', 'pos_sale_line', 'pos_tender', 'pos_void'],
  placed: () => {
    const back = { id: newId(), sale: newId(), lines: [{ line: newId(), quantity: '1000000' }], reason: 'other', due: '0' }
    return Promise.resolve([['pos.takeReturn', (_, __, till) => ({ ...back, till })]])
  },
}
