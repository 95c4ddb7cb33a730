import type { Span } from './report.rules.ts'
import { reportOf, weekdays, type ReportName } from './report.ts'

/** Where the documents of a row are listed, or of one of its figures that stands for fewer; nothing where no list can be asked so. */
export function documentsOf(
  name: ReportName,
  key: string,
  { from, to, place }: Span & { readonly place?: string },
  column?: string,
): string | null {
  const salesOf = (filters: Readonly<Record<string, string>>) =>
    `/pos/sales?${new URLSearchParams({ businessDay: `${from}..${to}`, ...(place && { place }), ...filters }).toString()}`
  const { by } = reportOf(name)
  if (column && by !== 'hour') return null
  switch (by) {
    case 'day':
      return salesOf({ businessDay: `${key}..${key}` })
    case 'place':
      return salesOf({ place: key })
    case 'cashier':
      return salesOf({ cashier: key })
    case 'category':
      return salesOf({ category: key || 'none' })
    case 'hour': {
      const weekday = weekdays.find((one) => one === column)
      if (column && !weekday) return null
      return salesOf({ hour: `${Number(key)}..${Number(key)}`, ...(weekday && { weekday }) })
    }
    case 'method':
      return salesOf({ method: key })
    case 'tax': {
      const [, taxCode = '', rate = ''] = /^(.*) (\d+)$/.exec(key) ?? []
      const filters = { businessDay: `${from}..${to}`, ...(place && { place }), taxCode, taxRate: `${rate}..${rate}` }
      return `/pos/sale-lines?${new URLSearchParams(filters).toString()}`
    }
    case 'variant':
      return `/catalog/variants/${key}`
    case 'article':
      return `/inventory/stock/${key}`
    case 'account':
      return key === 'result'
        ? null
        : `/accounts/${key}?${new URLSearchParams({ span: `${from}..${to}`, ...(place && { place }) }).toString()}`
    default:
      return null
  }
}
