import { couldBe, isCalledInFull, shownCurrency } from './currency-codes.ts'
import { taxOf } from './heading.ts'
import type { Cells, ImportField, Pass, Refusal } from './import.ts'
import { problems } from './problem.ts'
import { isYes } from './yes.ts'

/** What a file says of the amounts in its rows, by their headings and by columns of their own: the currency, and where the tax is. */

/** The column that says whether the prices of a row hold their tax. */
export const taxIncludedColumn: ImportField = {
  name: 'taxIncluded',
  aliases: [
    'Tax included',
    'Tax inclusive',
    'Is tax inclusive',
    'Is inclusive tax',
    'Is tax included',
    'Inclusive of tax',
    'Includes tax',
    'Price includes tax',
    'Prices include tax',
    'Tax included in price',
    'IsSalePriceIncTax',
    'IsPriceIncTax',
    'VAT included',
    'VAT inclusive',
    'Includes VAT',
    'Price includes VAT',
    'VAT included in price',
    'GST included',
    'GST inclusive',
    'Tax excluded',
    'Tax exclusive',
    'Is tax exclusive',
    'Price excludes tax',
    'VAT excluded',
    'VAT exclusive',
    'شامل الضريبة',
    'يشمل الضريبة',
    'شامل ضريبة القيمة المضافة',
    'غير شامل الضريبة',
    'НДС включен',
    'НДС включён',
    'НДС в цене',
    'Включая НДС',
    'Kodi imejumuishwa',
    'Bei ina kodi',
    'Pamoja na kodi',
  ],
}

/** The column that names the currency of the amounts of a row. */
export const currencyColumn: ImportField = {
  name: 'currency',
  aliases: ['Currency', 'Currency code', 'Price currency', 'Variant currency', 'Curr', 'Cur'],
  speaksOf: 'currency',
}

export const TaxedProblem = problems('import', {
  pricesWithTax: {
    status: 422,
    say: 'These prices hold their tax, and the prices here do not. Take the tax off in the file, or choose another column.',
  },
  costsWithTax: {
    status: 422,
    say: 'These costs hold their tax, and costs here are without it. Take the tax off in the file, or choose another column.',
  },
  pricesWithoutTax: {
    status: 422,
    say: 'These prices are without tax, and the prices here hold it. Add the tax in the file, or choose another column.',
  },
})

/** Does a heading say that its prices hold their tax where the company's do not, or the other way round? */
export const isOtherTax = (heading: string, taxInside: boolean | undefined): boolean => {
  const said = taxInside === undefined ? undefined : taxOf(heading)
  return said !== undefined && (said === 'inside') !== taxInside
}

interface Taxed {
  /** The columns of prices. */
  readonly of: readonly string[]
  readonly taxInside: boolean
  /** What else of the row may say it: the row of its product, and the tax itself, "16% excl." */
  readonly beside?: readonly (string | undefined)[]
}

/** What is refused of a row because a heading or a cell says that its prices are taxed otherwise than the company's are. */
export function refusedTax(
  row: { number: number; cells: Cells },
  { of, taxInside, beside = [] }: Taxed,
  { headings }: Pass,
): Refusal[] {
  const priced = of.filter((field) => row.cells[field]?.trim())
  if (priced.length === 0) return []
  const [written = ''] = [row.cells['taxIncluded'], beside[0]].flatMap((cell) => cell?.trim() || [])
  const said = written === '' ? undefined : isInside(written, headings['taxIncluded'] ?? '')
  if (written !== '' && said === undefined)
    return [{ row: row.number, field: 'taxIncluded', problem: 'import.unknownWord', params: { value: written.slice(0, 80) } }]
  const isOther =
    (said !== undefined && said !== taxInside) ||
    beside.slice(1).some((cell) => cell && SAYS.test(cell) && isOtherTax(cell, taxInside))
  const problem = taxInside ? 'import.pricesWithoutTax' : 'import.pricesWithTax'
  return priced
    .filter((field) => isOther || isOtherTax(headings[field] ?? '', taxInside))
    .map((field) => ({ row: row.number, field, problem, params: { value: row.cells[field]!.slice(0, 80) } }))
}
/** What is refused of a row because a heading says that its costs hold their tax: they are kept without it in any company. */
export const refusedCosts = (row: { number: number; cells: Cells }, of: readonly string[], { headings }: Pass): Refusal[] =>
  of
    .filter((field) => row.cells[field]?.trim() && isOtherTax(headings[field] ?? '', false))
    .map((field) => ({
      row: row.number,
      field,
      problem: 'import.costsWithTax',
      params: { value: row.cells[field]!.slice(0, 80) },
    }))

// "No VAT" says that there is none.
const SAYS = /\b(?:inc|incl|inclusive|included|exc|excl|exclusive|excluded)\b/i

/** "Yes" below "Tax included", "no" below "Tax excluded", "inclusive" below either. */
function isInside(cell: string, heading: string): boolean | undefined {
  const [yes, way] = [isYes(cell.toLowerCase()), taxOf(`(${cell})`)]
  if (yes !== undefined) return yes === (taxOf(heading) !== 'outside')
  return way === undefined ? undefined : way === 'inside'
}

/** What is refused of a row because a column of its own names another currency than the company's. */
export function refusedCurrency(cells: Cells, column: string, currency: string): Omit<Refusal, 'row'>[] {
  const named = cells[column]?.trim()
  if (!named || couldBe(named, currency) || isCalledInFull(named, currency)) return []
  const params = { value: named.slice(0, 80), currency: shownCurrency(named).slice(0, 80) }
  return [{ field: column, problem: 'import.otherCurrency', params }]
}
