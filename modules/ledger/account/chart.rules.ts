/** Parts that postings name; every chart has an account for each. */
export const parts = [
  'safe',
  'bank',
  'wallet',
  'cardTakings',
  'receivable',
  'storeCredit',
  'stock',
  'goodsReceived',
  'taxOutput',
  'taxInput',
  'openingEquity',
  'capital',
  'sales',
  'rounding',
  'cashOver',
  'costOfSales',
  'stockLoss',
  'stockGain',
  'cashShort',
  'pettyCash',
] as const
export type Part = (typeof parts)[number]

export interface ChartAccount {
  readonly code: string
  readonly kind: 'asset' | 'liability' | 'equity' | 'income' | 'expense'
  readonly part: Part
  readonly holds?: 'safe' | 'bank' | 'wallet' | 'card'
}

/** The chart that a company starts with. What its accounts are called stands in the words, by part and country. */
export const chart: readonly ChartAccount[] = [
  { code: '1010', kind: 'asset', part: 'safe', holds: 'safe' },
  { code: '1050', kind: 'asset', part: 'bank', holds: 'bank' },
  { code: '1060', kind: 'asset', part: 'wallet', holds: 'wallet' },
  { code: '1070', kind: 'asset', part: 'cardTakings', holds: 'card' },
  { code: '1100', kind: 'asset', part: 'receivable' },
  { code: '1200', kind: 'asset', part: 'stock' },
  { code: '1300', kind: 'asset', part: 'taxInput' },
  { code: '2010', kind: 'liability', part: 'goodsReceived' },
  { code: '2100', kind: 'liability', part: 'taxOutput' },
  { code: '2200', kind: 'liability', part: 'storeCredit' },
  { code: '3000', kind: 'equity', part: 'openingEquity' },
  { code: '3100', kind: 'equity', part: 'capital' },
  { code: '4000', kind: 'income', part: 'sales' },
  { code: '4800', kind: 'income', part: 'rounding' },
  { code: '4810', kind: 'income', part: 'cashOver' },
  { code: '4820', kind: 'income', part: 'stockGain' },
  { code: '5000', kind: 'expense', part: 'costOfSales' },
  { code: '5100', kind: 'expense', part: 'stockLoss' },
  { code: '5200', kind: 'expense', part: 'cashShort' },
  { code: '5300', kind: 'expense', part: 'pettyCash' },
]
