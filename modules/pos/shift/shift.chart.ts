import { inChart } from '#modules/ledger/account/chart.ts'

/** What a drawer has too much or too little of, and what is paid out of it. */
export const drawers = {
  cashOver: inChart('cashOver', { code: '4810', kind: 'income' }),
  cashShort: inChart('cashShort', { code: '5200', kind: 'expense' }),
  pettyCash: inChart('pettyCash', { code: '5300', kind: 'expense' }),
} as const
