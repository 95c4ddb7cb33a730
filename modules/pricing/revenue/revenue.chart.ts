import { inChart } from '#modules/ledger/account/chart.ts'

/** What is earned by selling. */
export const earned = {
  sales: inChart('sales', { code: '4000', kind: 'income' }),
  rounding: inChart('rounding', { code: '4800', kind: 'income' }),
} as const
