import { inChart } from '#modules/ledger/account/chart.ts'

/** What goods are worth, and what becomes of it when they come, go or are missing. */
export const goods = {
  stock: inChart('stock', { code: '1200', kind: 'asset' }),
  inTransit: inChart('inTransit', { code: '1210', kind: 'asset' }),
  goodsReceived: inChart('goodsReceived', { code: '2010', kind: 'liability' }),
  stockGain: inChart('stockGain', { code: '4820', kind: 'income' }),
  costOfSales: inChart('costOfSales', { code: '5000', kind: 'expense' }),
  stockLoss: inChart('stockLoss', { code: '5100', kind: 'expense' }),
} as const
