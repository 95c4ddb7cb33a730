import { codeKey, isGtin } from '#kit/barcode.ts'
import { lineOfHtml } from '#kit/html.ts'
import { readDayIn, readNumber, type Pass, type Refusal } from '#kit/import.ts'
import { readPriced } from '#kit/measure-said.ts'
import { QTY_DECIMALS } from '#kit/quantity.ts'
import { refusedCurrency } from '#kit/amounts.ts'
import { readCode } from './code.rules.ts'
import type { Company, Fine, ImportedVariant } from './imported.ts'
import { isOpenPrice, readFine, readRough, within } from './price-unit.rules.ts'
import { CODES, codesIn, listOf, text, type Row } from './row.rules.ts'
import { inGrams, unitInHeading, weightUnitOf } from './unit.rules.ts'

interface Reading extends Company {
  readonly options: number
  readonly pass: Pass
  readonly problems: Refusal[]
  readonly warnings: Refusal[]
}

export function readVariant(row: Row, { options, pass, currency, today, problems, warnings }: Reading): ImportedVariant<Fine>[] {
  const before = problems.length
  const judged = <Value>(read: Value | Omit<Refusal, 'row'>): Value | null => {
    if (typeof read !== 'object') return read
    problems.push({ ...(read as Omit<Refusal, 'row'>), row: row.number })
    return null
  }
  const amount = (field: string): Fine | null => {
    const value = text(row, field)
    return value === null || isOpenPrice(value)
      ? null
      : judged<Fine>(readFine(readPriced(value).number, { field, pass, currency }))
  }
  const costOf = (): { cost?: Fine; isCostRough?: true } => {
    const written = text(row, 'cost')
    const value = written && readPriced(written).number
    const read = value === null ? null : readFine(value, { field: 'cost', pass, currency })
    const isFine = read !== null && typeof read === 'object' && read.problem === 'catalog.product.tooFine'
    const rough = isFine ? readRough(value!, { field: 'cost', pass, currency }) : null
    if (rough !== null) return { cost: rough, isCostRough: true }
    const cost = read === null ? null : judged<Fine>(read)
    return cost === null ? {} : { cost }
  }
  const codeOf = (field: 'sku' | (typeof CODES)[number], cell = row.cells[field]): string | null => {
    const read = readCode(cell, field === 'sku' ? field : 'barcode')
    if (!('problem' in read)) return read.code
    problems.push({ row: row.number, field, problem: read.problem, params: { value: read.value.slice(0, 80) } })
    return null
  }
  const columns = new Map<string, string>()
  const barcodes = CODES.flatMap((field) =>
    codesIn(row, field).flatMap((cell) => {
      const barcode = codeOf(field, cell)
      if (barcode === null) return []
      if (/^(\d{8}|\d{12,14})$/.test(barcode) && !isGtin(barcode)) {
        // Shops give codes of their own that happen to be as long; thirteen digits and more are misread ones.
        if (barcode.length <= 12)
          warnings.push({ row: row.number, field, problem: 'catalog.product.ownCode', params: { code: barcode } })
        else problems.push({ row: row.number, field, problem: 'catalog.product.badBarcode', params: { code: barcode } })
      }
      // One number may stand in two columns, as a UPC and as an EAN.
      if (columns.has(codeKey(barcode))) return []
      columns.set(codeKey(barcode), field)
      return [barcode]
    }),
  )
  const sku = codeOf('sku')
  // A column of its own that names the currency of the row's amounts.
  for (const column of ['currency', ...(text(row, 'cost') === null ? [] : ['costCurrency'])])
    problems.push(...refusedCurrency(row.cells, column, currency).map((one) => ({ ...one, row: row.number })))
  const [base, more] = [amount('price'), amount('surcharge')]
  const regular = base !== null && more !== null ? ((base + more) as Fine) : base
  const [sale, compare] = [amount('salePrice'), amount('comparePrice')]
  const cost = costOf()
  const days = sale === null || sale === 0n ? null : reducedDays(row, pass)
  if (days?.refusal) problems.push({ ...days.refusal, row: row.number })
  const isReduced = days !== null && (days.from ?? '') <= today && (days.to ?? today) >= today
  if (days?.said) {
    const params = { value: text(row, 'salePrice')!.slice(0, 80), days: days.said }
    const problem = isReduced ? 'catalog.productFile.reducedUntilChanged' : 'catalog.productFile.notReducedNow'
    warnings.push({ row: row.number, field: 'salePrice', problem, params })
  }
  const price = isReduced ? sale : regular
  // A price before of nought is none, and one that a file has no more is over.
  const isOver = !isReduced && price !== null && ['salePrice', 'comparePrice'].some((field) => row.cells[field] !== undefined)
  const comparePrice =
    isReduced && regular !== null && compare === null ? regular : compare === 0n ? null : (compare ?? (isOver ? null : undefined))
  const perOf = (field: string) => readPriced(text(row, field) ?? '').per
  // Beside a reduced price, the regular one is the price before.
  const pers = {
    price: perOf(isReduced ? 'salePrice' : 'price'),
    comparePrice: compare === null && isReduced ? perOf('price') : perOf('comparePrice'),
    cost: perOf('cost'),
  }
  const pricesAre = Object.fromEntries(Object.entries(pers).filter(([, per]) => per))
  const weight = judged<bigint>(weightOf(row, pass) ?? 0n)
  if (problems.length > before) return []
  return [
    {
      row: row.number,
      optionValues: optionValuesOf(row, options),
      sku,
      barcodes,
      columns,
      ...(price !== null && { price }),
      ...(comparePrice !== undefined && { comparePrice }),
      ...cost,
      ...(Object.keys(pricesAre).length > 0 && { pricesAre }),
      ...(weight !== null && weight > 0n && { weight }),
    },
  ]
}

/** The days for which a price is reduced, as its row has them. */
function reducedDays(row: Row, pass: Pass): { from?: string; to?: string; said?: string; refusal?: Omit<Refusal, 'row'> } {
  const both = text(row, 'reducedDays')?.split('/') ?? []
  const [from, to] = (['reducedFrom', 'reducedTo'] as const).map((field, at) => {
    const [cell, own] = text(row, field) === null ? [both[at]?.trim(), 'reducedDays'] : [text(row, field)!, field]
    return cell ? readDayIn(cell, { field: own, pass }) : undefined
  })
  if (typeof from === 'object') return { refusal: from }
  if (typeof to === 'object') return { refusal: to }
  return { ...(from && { from }), ...(to && { to }), ...((from || to) && { said: `${from ?? '…'} – ${to ?? '…'}` }) }
}

function optionValuesOf(row: Row, options: number): string[] {
  const said = text(row, 'optionValues')
  const listed = options === 1 && !said?.includes('|') ? said && [said] : listOf(said)
  return Array.from({ length: options }, (_, at) => {
    const plain = text(row, `option${at + 1}Value`) ?? (options === 1 ? text(row, 'variationName') : null)
    const value = listed ? listed[at] : plain
    return lineOfHtml(value ?? '').slice(0, 100) || '—'
  })
}

/** What it weighs in grams, by the unit in its own cell, of its heading or of its row, else as Shopify's old column has it; or why nobody knows. */
function weightOf(row: Row, pass: Pass): bigint | null | Omit<Refusal, 'row'> {
  const written = text(row, 'weight')
  if (written === null) return null
  const [, number = written, own] = /^(.*\d)\s*(\p{L}+\.?)$/u.exec(written) ?? []
  const read = readNumber(number, { field: 'weight', scale: QTY_DECIMALS, pass })
  if (typeof read !== 'bigint') return { ...read, params: { ...read.params, value: written.slice(0, 80) } }
  // "Variant Grams" are grams, whatever unit the shop likes to show.
  const heading = unitInHeading(pass.headings['weight'] ?? '')
  const beside = text(row, 'weightUnit')
  const around = heading ?? (beside === null ? heading : (weightUnitOf(beside) ?? null))
  const unit = own === undefined ? around : (weightUnitOf(own) ?? null)
  const isClear = unit !== null && (own === undefined || around === undefined || around === unit)
  if (isClear) return within(inGrams(read, unit ?? 'g'), 'weight', written)
  const value = own ?? (heading === null && beside === null ? pass.headings['weight'] : beside) ?? ''
  return {
    field: own === undefined && beside !== null ? 'weightUnit' : 'weight',
    problem: 'import.unknownWeight',
    params: { value: value.slice(0, 80) },
  }
}
