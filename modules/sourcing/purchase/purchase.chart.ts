import { inChart } from '#modules/ledger/account/chart.ts'

/** What suppliers are owed, by whom it is owed to. */
export const payable = inChart('payable', { code: '2000', kind: 'liability' })
