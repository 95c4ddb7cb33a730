import type { Cases } from '#test/cases.ts'

export const cases: Cases = {
  appendOnly: ['inventory_move', 'inventory_stock_count_tally', 'inventory_transfer_receipt'],
}
