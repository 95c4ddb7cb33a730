import { inChart } from '#modules/ledger/account/chart.ts'

/** What was given in exchange on one paper and is taken on the other: it is empty after each exchange. */
export const exchanges = inChart('exchanges', { code: '2210', kind: 'liability' })
