import { whole, type Part } from '#kit/part.ts'
import type { accountKinds } from './account.ts'

/** An account that postings name by the part it plays; every company's chart has one for each. */
export interface ChartAccount {
  readonly part: string
  readonly code: string
  readonly kind: (typeof accountKinds)[number]
  readonly holds?: 'safe' | 'bank' | 'wallet' | 'card'
}

/** The chart that a company starts with. */
export const chart = whole<ChartAccount>()

/**
 * A part of the chart, by the module that stands lowest among those that post to it. What its account is called stands in
 * the words: `seed.account.<part>`, and by country `seed.account.<part>.KE`.
 */
export const inChart = (part: string, facts: Omit<ChartAccount, 'part'>): ChartAccount & Part => {
  const account = { part, ...facts }
  return { ...account, ...chart.part(account) }
}

/** What every company has, whatever it sells. */
export const general = {
  safe: inChart('safe', { code: '1010', kind: 'asset', holds: 'safe' }),
  bank: inChart('bank', { code: '1050', kind: 'asset', holds: 'bank' }),
  receivable: inChart('receivable', { code: '1100', kind: 'asset' }),
  taxInput: inChart('taxInput', { code: '1300', kind: 'asset' }),
  taxOutput: inChart('taxOutput', { code: '2100', kind: 'liability' }),
  openingEquity: inChart('openingEquity', { code: '3000', kind: 'equity' }),
  capital: inChart('capital', { code: '3100', kind: 'equity' }),
} as const
