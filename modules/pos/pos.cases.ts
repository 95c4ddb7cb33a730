import { newId } from '#kit/id.ts'
import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: [
    'pos_cash_move',
    'pos_drawer_pulse',
    'pos_invoice',
    'pos_no_sale',
    'pos_removal',
    'pos_sale',
    'pos_sale_line',
    'pos_tender',
    'pos_void',
  ],
  pages: ['/pos/removals', '/pos/return'],
  beside: { 'pos.drawerEscpos': { id: newId(), document: newId() } },
  placed: () => {
    const back = { id: newId(), sale: newId(), lines: [{ line: newId(), quantity: '1000000' }], reason: 'other', due: '0' }
    const goods = [{ variant: newId(), quantity: '1000000' }]
    const without = { id: newId(), customer: newId(), lines: goods, reason: 'other', due: '0' }
    const at = '2026-12-01T08:00:00Z'
    const removal = { id: newId(), kind: 'cleared', basket: newId(), what: 'X', worth: '0', at }
    return Promise.resolve([
      ['pos.takeReturn', (_, __, till) => ({ ...back, till })],
      ['pos.takeWithoutReceipt', (_, __, till) => ({ ...without, till })],
      ['pos.noteRemovals', (_, __, till) => ({ till, removals: [removal] })],
      ['pos.findBought', (_, __, till) => ({ till })],
    ])
  },
}
