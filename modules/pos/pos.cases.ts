import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['pos_cash_move', 'pos_invoice', 'pos_sale', 'pos_sale_line', 'pos_tender', 'pos_void'],
}
