import { inChart } from '#modules/ledger/account/chart.ts'

/** Where the money lies that is no cash, and what customers have with us. */
export const paid = {
  wallet: inChart('wallet', { code: '1060', kind: 'asset', holds: 'wallet' }),
  cardTakings: inChart('cardTakings', { code: '1070', kind: 'asset', holds: 'card' }),
  storeCredit: inChart('storeCredit', { code: '2200', kind: 'liability' }),
} as const
