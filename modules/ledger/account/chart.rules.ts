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
  readonly name: string
  readonly kind: 'asset' | 'liability' | 'equity' | 'income' | 'expense'
  readonly part?: Part
  readonly holds?: 'safe' | 'bank' | 'wallet' | 'card'
}

const chart = (names: { wallet: string; tax: string; taxIn: string; bank: string }): ChartAccount[] => [
  { code: '1010', name: 'Safe', kind: 'asset', part: 'safe', holds: 'safe' },
  { code: '1050', name: names.bank, kind: 'asset', part: 'bank', holds: 'bank' },
  { code: '1060', name: names.wallet, kind: 'asset', part: 'wallet', holds: 'wallet' },
  { code: '1070', name: 'Card takings on their way', kind: 'asset', part: 'cardTakings', holds: 'card' },
  { code: '1100', name: 'Customers owe us', kind: 'asset', part: 'receivable' },
  { code: '1200', name: 'Stock', kind: 'asset', part: 'stock' },
  { code: '1300', name: names.taxIn, kind: 'asset', part: 'taxInput' },
  { code: '2010', name: 'Goods received, not invoiced', kind: 'liability', part: 'goodsReceived' },
  { code: '2100', name: names.tax, kind: 'liability', part: 'taxOutput' },
  { code: '2200', name: 'Store credit', kind: 'liability', part: 'storeCredit' },
  { code: '3000', name: 'Opening balances', kind: 'equity', part: 'openingEquity' },
  { code: '3100', name: 'Owner’s capital', kind: 'equity', part: 'capital' },
  { code: '4000', name: 'Sales', kind: 'income', part: 'sales' },
  { code: '4800', name: 'Cash rounding', kind: 'income', part: 'rounding' },
  { code: '4810', name: 'Cash over', kind: 'income', part: 'cashOver' },
  { code: '4820', name: 'Stock found', kind: 'income', part: 'stockGain' },
  { code: '5000', name: 'Cost of sales', kind: 'expense', part: 'costOfSales' },
  { code: '5100', name: 'Stock losses', kind: 'expense', part: 'stockLoss' },
  { code: '5200', name: 'Cash short', kind: 'expense', part: 'cashShort' },
  { code: '5300', name: 'Petty cash spending', kind: 'expense', part: 'pettyCash' },
]

/** The chart that a company starts with, by the template of its country. */
export function chartFor(template: 'KE' | 'AE' | 'generic'): ChartAccount[] {
  if (template === 'KE') return chart({ wallet: 'M-Pesa till', tax: 'VAT output', taxIn: 'VAT input', bank: 'Bank (KES)' })
  if (template === 'AE')
    return chart({ wallet: 'Mobile wallet', tax: 'VAT output 5 %', taxIn: 'VAT recoverable', bank: 'Bank (AED)' })
  return chart({ wallet: 'Mobile money', tax: 'Sales tax to pay', taxIn: 'Tax recoverable', bank: 'Bank' })
}
