import { newId } from '#kit/id.ts'
import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: [
    'pos_cash_move',
    'pos_drawer_pulse',
    'pos_invoice',
    'pos_no_sale',
    'pos_sale',
    'pos_sale_line',
    'pos_tender',
    'pos_void',
  ],
  beside: { 'pos.drawerEscpos': { document: newId() } },
  placed: () => {
    const back = { id: newId(), sale: newId(), lines: [{ line: newId(), quantity: '1000000' }], reason: 'other', due: '0' }
    const goods = [{ variant: newId(), quantity: '1000000' }]
    const without = { id: newId(), customer: newId(), lines: goods, reason: 'other', due: '0' }
    return Promise.resolve([
      ['pos.takeReturn', (_, __, till) => ({ ...back, till })],
      ['pos.takeWithoutReceipt', (_, __, till) => ({ ...without, till })],
      ['pos.findBought', (_, __, till) => ({ till })],
    ])
  },
}
