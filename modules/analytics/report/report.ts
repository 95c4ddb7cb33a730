import { problems } from '#kit/problem.ts'

/** Where the figures of a report come from: who may see those may see it, and carries it away if they may carry away those. */
export const groups = {
  sales: { read: ['pos.sale.read'], export: 'pos.sale.export' },
  stock: { read: ['inventory.stock.read', 'catalog.cost.read'], export: 'inventory.stock.export' },
  books: { read: ['ledger.account.read'], export: 'ledger.account.export' },
} as const satisfies Record<string, { readonly read: readonly string[]; readonly export: string }>
export type Group = keyof typeof groups

export interface Column {
  readonly name: string
  readonly kind: 'count' | 'quantity' | 'money' | 'rate'
  /** Told only to those who have this right wherever the report reaches. */
  readonly seenBy?: 'catalog.cost.read'
  /** One column over another: worked out of each row, and of the sums, which are not sums of it. */
  readonly over?: readonly [string, string]
  /** Pieces and kilograms have no sum. */
  readonly isWithoutSum?: boolean
  /** No column of its own, but what another span's is held against: an account's balance, whichever side it stands on. */
  readonly isAside?: boolean
}

export interface ReportFacts {
  readonly group: Group
  readonly picture: 'line' | 'bars' | 'none'
  /** What each row is about. */
  readonly by: 'day' | 'variant' | 'category' | 'cashier' | 'place' | 'hour' | 'method' | 'tax' | 'article' | 'account'
  /** The column that is drawn, that rows are ordered by and that another span is held against. */
  readonly main: string
  readonly columns: readonly Column[]
  /** How things stand when the last of the days has ended, whatever the first is. */
  readonly isAsOf?: boolean
}

const count = (name: string): Column => ({ name, kind: 'count' })
const money = (name: string): Column => ({ name, kind: 'money' })
const quantity: Column = { name: 'quantity', kind: 'quantity', isWithoutSum: true }

const earned: readonly Column[] = [
  { ...money('cost'), seenBy: 'catalog.cost.read' },
  { ...money('margin'), seenBy: 'catalog.cost.read' },
  { name: 'marginRate', kind: 'rate', seenBy: 'catalog.cost.read', over: ['margin', 'net'] },
]
const ofSales: readonly Column[] = [
  count('sales'),
  money('net'),
  money('tax'),
  money('total'),
  { ...money('average'), over: ['total', 'sales'] },
  money('discount'),
  ...earned,
]
const ofLines: readonly Column[] = [money('net'), money('tax'), money('discount'), ...earned]

/** Monday to Sunday, as columns. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const sales = { group: 'sales', main: 'net' } as const
export const reports = {
  salesByDay: { ...sales, picture: 'line', by: 'day', columns: ofSales },
  salesByArticle: { ...sales, picture: 'bars', by: 'variant', columns: [quantity, ...ofLines] },
  salesByCategory: { ...sales, picture: 'bars', by: 'category', columns: ofLines },
  salesByCashier: { ...sales, picture: 'bars', by: 'cashier', columns: ofSales },
  salesByStore: { ...sales, picture: 'bars', by: 'place', columns: ofSales },
  salesByHour: { ...sales, picture: 'bars', by: 'hour', columns: [...weekdays.map(money), money('net'), count('sales')] },
  salesByMethod: { group: 'sales', picture: 'bars', by: 'method', main: 'amount', columns: [count('payments'), money('amount')] },
  taxes: { ...sales, picture: 'none', by: 'tax', columns: [money('net'), money('tax'), money('total')] },
  stockValue: {
    group: 'stock',
    picture: 'bars',
    by: 'article',
    main: 'value',
    columns: [quantity, money('value')],
    isAsOf: true,
  },
  profitAndLoss: {
    group: 'books',
    picture: 'none',
    by: 'account',
    main: 'result',
    columns: [money('income'), money('expenses'), money('result')],
  },
  balanceSheet: {
    group: 'books',
    picture: 'none',
    by: 'account',
    main: 'balance',
    columns: [money('assets'), money('liabilities'), money('equity'), { ...money('balance'), isWithoutSum: true, isAside: true }],
    isAsOf: true,
  },
} as const satisfies Record<string, ReportFacts>

export type ReportName = keyof typeof reports
export const reportNames = Object.keys(reports) as [ReportName, ...ReportName[]]
export const reportOf = (name: ReportName): ReportFacts => reports[name]

/** What a span is held against: as many days before it, or the same days of the year before. */
export const comparisons = ['none', 'before', 'yearBefore'] as const
export type Comparison = (typeof comparisons)[number]

export const YEARS = 5

export const ReportProblem = problems('analytics.report', {
  badSpan: { status: 422, say: 'A report begins before it ends and covers {years} years at most. Choose other days.' },
})
