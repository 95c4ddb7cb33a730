import { codeKey, isGtin } from '#kit/barcode.ts'
import { lineOfHtml, textOfHtml } from '#kit/html.ts'
import { decimalsOf, decimalText, minor, type Minor } from '#kit/money.ts'
import { priceUnits, QTY_DECIMALS, type PriceUnit } from '#kit/quantity.ts'
import { isCellError, readNumber, type Pass, type Refusal } from '#kit/import.ts'
import { inGrams, unitInHeading, weightUnitOf } from './unit.rules.ts'
import { isOffered, isYes, NOT } from './status.rules.ts'
import { readCode } from './code.rules.ts'

/** An amount as a file says it, in thousandths of a minor unit: a price for one may be finer than the currency. */
export type Fine = bigint & { readonly __fine: unique symbol }
const FINE_DECIMALS = 3
const FINE_ONE = 10n ** BigInt(FINE_DECIMALS)

export interface ImportedVariant<Amount = Minor> {
  readonly row: number
  readonly optionValues: string[]
  readonly sku: string | null
  readonly barcode: string | null
  /** Nothing where the file says nothing; null where it says that there is none. */
  readonly price?: Amount
  readonly comparePrice?: Amount | null
  readonly cost?: Amount
  readonly weight?: bigint
}

/** What a file says of one product; what it does not mention is not there. */
export interface ImportedProduct<Amount = Minor> {
  readonly row: number
  /** By what it is found: its handle or name with all its variants, or one code. */
  readonly by: 'handle' | 'code'
  readonly handle: string
  readonly name?: string
  readonly description?: string
  readonly vendor?: string
  /** From the widest to the narrowest. */
  readonly category?: readonly string[]
  readonly tags?: string[]
  readonly taxable?: boolean
  readonly taxClass?: string
  readonly unit?: string
  /** For how many units its prices are, where the file says so. */
  readonly priceUnit?: PriceUnit
  readonly kind?: 'stocked' | 'service'
  readonly active?: boolean
  readonly optionNames: string[]
  readonly variants: ImportedVariant<Amount>[]
  readonly warnings: readonly Refusal[]
}

export interface Row {
  readonly number: number
  readonly cells: Readonly<Record<string, string>>
}

const text = ({ cells }: Row, name: string): string | null => cells[name]?.trim() || null
const lower = (row: Row, name: string): string => text(row, name)?.toLowerCase() ?? ''

/** "Clay Plant Pot" → "clay-plant-pot": letters of any script stay. */
export const handleOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 200)

/** A code that people can read and that a second run finds again. */
export const skuOf = (handle: string, options: readonly string[]): string =>
  [handle, ...options.filter((value) => value !== 'Default Title').map(handleOf)].join('-').toUpperCase().slice(0, 80)

const isVariable = (row: Row) =>
  /\bvariable\b/.test(lower(row, 'rowType')) || !['', 'no', '0', 'false'].includes(lower(row, 'hasVariants'))
const isVariation = (row: Row) =>
  /\bvariation\b/.test(lower(row, 'rowType')) || (text(row, 'parent') !== null && !isVariable(row))
const hasOptions = (row: Row) =>
  !/^simple\b/.test(lower(row, 'rowType')) &&
  ['option1Value', 'optionValues'].some((name) => !['', 'default title'].includes(lower(row, name)))
/** Without what a spreadsheet put around it; a spoilt one as it stands, to be refused later. */
const code = ({ cells }: Row, name: 'sku' | 'barcode'): string | null => {
  const read = readCode(cells[name], name)
  return 'problem' in read ? read.value : read.code
}

/** Rows with one key are one product: by parent, by handle, by going on below, by code, and last by name. */
export function productKey(cells: Row['cells'], number: number, above: string | undefined): string {
  const row = { cells, number }
  const [handle, name, sku, barcode] = [text(row, 'handle'), text(row, 'name'), code(row, 'sku'), code(row, 'barcode')]
  if (isVariation(row)) return `parent:${text(row, 'parent')}`
  if (isVariable(row)) return `parent:${sku ?? `id:${text(row, 'rowId')}`}`
  if (handle) return `handle:${handle}`
  // One more attribute of the row above.
  if (!name && !sku && !barcode && text(row, 'option1Name') && above !== undefined) return above
  if (!name && hasOptions(row) && above !== undefined) return above
  if (name && hasOptions(row)) return `handle:${handleOf(name)}`
  if (sku) return `sku:${codeKey(sku)}`
  if (barcode) return `barcode:${codeKey(barcode)}`
  return name ? `handle:${handleOf(name)}` : `row:${number}`
}

/** Reads the rows of one product. */
export function readProduct(
  given: readonly Row[],
  pass: Pass,
  currency: string,
): { product: ImportedProduct<Fine> | null; problems: Refusal[] } {
  const rows = withAttributes(given)
  const problems: Refusal[] = []
  const warnings: Refusal[] = []
  const first = rows.find(isVariable) ?? rows[0]!
  const say = (row: Row, field: string | null, problem: string, params: Record<string, unknown> = {}) =>
    problems.push({ row: row.number, field, problem, params })
  const name = text(first, 'name')
  const handle = text(first, 'handle')
  const by =
    handle || hasOptions(first) || isVariable(first) || !(code(first, 'sku') ?? code(first, 'barcode')) ? 'handle' : 'code'
  if (!name && !handle && by === 'handle') say(first, 'name', 'required')
  const optionNames = optionNamesOf(first, rows)
  const own = rows.filter((row) => isVariant(row, rows.length))
  const variants = own.flatMap((row) => readVariant(row, { options: optionNames.length, pass, currency, problems, warnings }))
  const seen = new Set<string>()
  for (const variant of variants) {
    const values = variant.optionValues.join(' / ')
    // Two rows of one code and no options are the same thing twice.
    if (seen.has(values))
      problems.push(
        by === 'code'
          ? { row: variant.row, field: 'sku', problem: 'import.twice' }
          : { row: variant.row, field: 'option1Value', problem: 'catalog.product.variantTwice', params: { options: values } },
      )
    seen.add(values)
  }
  // Most files say these of a product once, or the same in every row.
  for (const field of ['category', 'productCategory', 'vendor', 'unit'])
    for (const row of rows)
      if (text(row, field) !== null && text(first, field) !== null && text(row, field) !== text(first, field))
        say(row, field, 'import.contradicts')
  // A name that a broken formula left is none either.
  for (const row of rows)
    for (const [field, cell] of Object.entries(row.cells))
      if (isCellError(cell)) say(row, field, 'import.cellError', { value: cell.trim() })
  if (variants.length === 0 && problems.length === 0) say(first, 'price', 'required')
  const facts = factsOf(first, pass.headings, say)
  if (problems.length > 0) return { product: null, problems }
  return {
    problems,
    product: {
      row: first.number,
      by,
      handle: handle ?? handleOf(name ?? variants[0]!.sku ?? variants[0]!.barcode ?? ''),
      ...(name && { name: lineOfHtml(name).slice(0, 200) }),
      ...facts,
      optionNames,
      variants,
      warnings,
    },
  }
}

/** ERPNext writes the second attribute of an article below the first, in a row that says nothing else: it becomes its option. */
function withAttributes(rows: readonly Row[]): Row[] {
  const whole: Row[] = []
  for (const row of rows) {
    const above = whole.at(-1)
    const said = Object.entries(row.cells).flatMap(([name, cell]) => (cell.trim() ? [name] : []))
    const isMore = said.includes('option1Name') && said.every((name) => name === 'option1Name' || name === 'option1Value')
    const free = [2, 3].find((n) => above && !text(above, `option${n}Name`))
    if (!above || !isMore || !free || !text(above, 'option1Name')) whole.push(row)
    else {
      const more = { [`option${free}Name`]: text(row, 'option1Name')!, [`option${free}Value`]: text(row, 'option1Value') ?? '' }
      whole.splice(-1, 1, { ...above, cells: { ...above.cells, ...more } })
    }
  }
  return whole
}

function optionNamesOf(first: Row, rows: readonly Row[]): string[] {
  const listed = text(first, 'optionNames')
    ?.split('|')
    .map((one) => one.trim())
    .filter(Boolean)
  if (listed) return listed.slice(0, 3).map((one) => one.slice(0, 60))
  const isSimple = /^simple\b/.test(lower(first, 'rowType'))
  const named = [1, 2, 3].flatMap((n) => {
    const name = rows.map((row) => text(row, `option${n}Name`)).find(Boolean)
    return name && name !== 'Title' && !isSimple ? [lineOfHtml(name).slice(0, 60)] : []
  })
  if (named.length > 0 || !rows.some(hasOptions)) return named
  const isTitle = rows.some((row) => text(row, 'option1Name') === 'Title')
  return isTitle || (rows.length === 1 && lower(first, 'option1Value') === 'regular') ? [] : ['Variant']
}

type Facts = Partial<
  Pick<
    ImportedProduct,
    'description' | 'vendor' | 'category' | 'tags' | 'taxable' | 'taxClass' | 'unit' | 'priceUnit' | 'kind' | 'active'
  >
>

function factsOf(
  first: Row,
  headings: Pass['headings'],
  say: (row: Row, field: string | null, problem: string, params?: Record<string, unknown>) => void,
): Facts {
  // What nobody knows is asked back: an article that is put away must not come on sale by a word.
  const told = (field: string, read: (word: string) => boolean | undefined): boolean | undefined => {
    const word = lower(first, field)
    const is = word === '' ? undefined : read(word)
    if (word !== '' && is === undefined) say(first, field, 'import.unknownWord', { value: word.slice(0, 80) })
    return is
  }
  const disabled = told('disabled', isYes)
  const offers = [told('published', isOffered), told('status', isOffered), disabled === undefined ? undefined : !disabled]
  const isSaid = offers.some((one) => one !== undefined)
  const description = textOfHtml(text(first, 'description') ?? '').slice(0, 20_000)
  const isKind = saysKind(first, headings)
  const own = isKind ? null : text(first, 'category')
  const category = categoryOf(own ?? text(first, 'productCategory'), headings[own ? 'category' : 'productCategory'])
  const tags = (text(first, 'tags') ?? '')
    .split(/[,|]/)
    .map((tag) => lineOfHtml(tag).slice(0, 100))
    .filter(Boolean)
  const kind = kindOf(first, isKind)
  if (kind === null) say(first, 'kind', 'import.unreadable', { value: (text(first, 'kind') ?? '').slice(0, 80) })
  const priceUnit = priceUnitOf(text(first, 'priceUnit') ?? '')
  if (priceUnit === null) say(first, 'priceUnit', 'import.unreadable', { value: (text(first, 'priceUnit') ?? '').slice(0, 80) })
  // WooCommerce: of "shipping", only the way is taxed.
  const taxable = told('taxable', (word) => (word === 'taxable' ? true : word === 'shipping' ? false : isYes(word)))
  const vendor = text(first, 'vendor')
  const taxClass = text(first, 'taxClass')
  const unit = text(first, 'unit')
  return {
    ...(description && { description }),
    ...(vendor && { vendor: lineOfHtml(vendor).slice(0, 120) }),
    ...(category.length > 0 && { category }),
    ...(tags.length > 0 && { tags: [...new Set(tags)].slice(0, 50) }),
    ...(taxable !== undefined && { taxable }),
    ...(taxClass && { taxClass }),
    ...(unit && { unit }),
    ...(priceUnit && { priceUnit }),
    ...(kind && { kind }),
    ...(isSaid && { active: !offers.includes(false) }),
  }
}

/**
 * "Clothing > Hoodies" → Clothing, and Hoodies inside it. A column of "Categories" has several paths with commas between, of which
 * the first counts and the others are for web shops; there a comma of a name is written "\\,".
 */
const categoryOf = (written: string | null, heading = ''): string[] =>
  (/categories|категории|فئات/i.test(heading) || !written?.includes('>') ? (written ?? '').split(/(?<!\\),/)[0]! : written)
    .replaceAll('\\,', ',')
    .split(written?.includes('>') ? '>' : ' / ')
    .map((part) => lineOfHtml(part).slice(0, 80))
    .filter((part) => part !== '' && !/^(all|uncategorized)$/i.test(part))

/** What Odoo and Zoho call the type of a product is no category: that stands in a column of its own. */
const saysKind = (first: Row, headings: Pass['headings']): boolean =>
  (text(first, 'productCategory') !== null || /^product type$/i.test(headings['category'] ?? '')) &&
  /^(?:goods|services?|storable(?: product)?|consumable|combo|inventory|non-inventory|physical|digital)$/.test(
    lower(first, 'category'),
  )

/** Goods lie on a shelf, services don't; null when the file says something else. */
function kindOf(first: Row, isKind: boolean): 'stocked' | 'service' | null | undefined {
  if (/\bvirtual\b/.test(lower(first, 'rowType'))) return 'service'
  const tracked = lower(first, 'maintainStock')
  if (tracked) return NOT.has(tracked) ? 'service' : 'stocked'
  const kind = isKind ? lower(first, 'category') : lower(first, 'kind')
  // Zoho's way of saying whether it is bought, sold, or both.
  if (kind === '' || /^(?:sales|purchases|sales and purchases)$/.test(kind)) return undefined
  if (/service|digital|virtual|gift card|event|huduma|خدمة|услуга/.test(kind)) return 'service'
  return /stock|stor(?:able|ed)|goods|product|physical|consu|combo|inventory|bidhaa|ghalani|مخز|بضاعة|regular|food|товар/.test(
    kind,
  )
    ? 'stocked'
    : null
}

/** "1000", "1,000 units", "١٬٠٠٠": for how many units prices are; null when it says another number or none. */
function priceUnitOf(written: string): PriceUnit | null | undefined {
  if (written === '') return undefined
  const digits = written
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/\D+/g, '')
    .replace(/^0+/, '')
  return priceUnits.find((one) => one === digits) ?? null
}

/** A row that carries one more picture only is none. */
const isVariant = (row: Row, count: number) =>
  !isVariable(row) &&
  (count === 1 || ['price', 'sku', 'barcode', 'option1Value', 'optionValues'].some((name) => text(row, name) !== null))

interface Reading {
  readonly options: number
  readonly pass: Pass
  readonly currency: string
  readonly problems: Refusal[]
  readonly warnings: Refusal[]
}

const MOST = 10_000_000_000_000n
const isTooFine = (read: ReturnType<typeof readNumber>) => typeof read === 'object' && read.problem === 'import.tooFine'

function readVariant(row: Row, { options, pass, currency, problems, warnings }: Reading): ImportedVariant<Fine>[] {
  const before = problems.length
  const judged = (field: string, value: string, read: ReturnType<typeof readNumber>): bigint | null => {
    const refused =
      typeof read === 'object'
        ? read
        : read < 0n || read > MOST
          ? { field, problem: 'import.unreadable', params: { value } }
          : null
    if (!refused) return read as bigint
    problems.push({ ...refused, row: row.number })
    return null
  }
  // Read by the decimals of the currency, so that "1,250" means what it ever meant; what is finer is read once more.
  const fine = (field: string, value: string): Fine | null => {
    const at = (scale: number) => readNumber(value, { field, scale, pass, currency })
    const plain = at(decimalsOf(currency))
    if (!isTooFine(plain)) {
      const found = judged(field, value, plain)
      return found === null ? null : ((found * FINE_ONE) as Fine)
    }
    const finer = at(decimalsOf(currency) + FINE_DECIMALS)
    if (!isTooFine(finer)) return judged(field, value, finer) as Fine | null
    problems.push({ row: row.number, field, problem: 'catalog.product.tooFine', params: { value: value.slice(0, 80) } })
    return null
  }
  const amount = (field: string): Fine | null => {
    const other = /(?:^|\s)([A-Z]{3})$/.exec(pass.headings[field]?.trim() ?? '')?.[1]
    if (other && other !== currency && Intl.supportedValuesOf('currency').includes(other) && text(row, field) !== null) {
      problems.push({
        row: row.number,
        field,
        problem: 'import.otherCurrency',
        params: { value: text(row, field)!, currency: other },
      })
      return null
    }
    const value = text(row, field)
    return value === null ? null : fine(field, value)
  }
  const codeOf = (field: 'sku' | 'barcode'): string | null => {
    const read = readCode(row.cells[field], field)
    if (!('problem' in read)) return read.code
    problems.push({ row: row.number, field, problem: read.problem, params: { value: read.value.slice(0, 80) } })
    return null
  }
  const barcode = codeOf('barcode')
  if (barcode && /^(\d{8}|\d{12,14})$/.test(barcode) && !isGtin(barcode)) {
    // Shops give codes of their own that happen to be as long; thirteen digits and more are misread ones.
    if (barcode.length <= 12)
      warnings.push({ row: row.number, field: 'barcode', problem: 'catalog.product.ownCode', params: { code: barcode } })
    else problems.push({ row: row.number, field: 'barcode', problem: 'catalog.product.badBarcode', params: { code: barcode } })
  }
  const sku = codeOf('sku')
  const [regular, sale, compare, cost] = [amount('price'), amount('salePrice'), amount('comparePrice'), amount('cost')]
  const isReduced = sale !== null && sale > 0n
  const price = isReduced ? sale : regular
  // A price before of nought is none.
  const comparePrice =
    isReduced && regular !== null && compare === null ? regular : compare === 0n ? null : (compare ?? undefined)
  const weighed = weightOf(row, pass)
  const weight = weighed === null ? null : judged('weight', text(row, 'weight') ?? '', weighed)
  if (problems.length > before) return []
  return [
    {
      row: row.number,
      optionValues: optionValuesOf(row, options),
      sku,
      barcode,
      ...(price !== null && { price }),
      ...(comparePrice !== undefined && { comparePrice }),
      ...(cost !== null && { cost }),
      ...(weight !== null && weight > 0n && { weight }),
    },
  ]
}

function optionValuesOf(row: Row, options: number): string[] {
  const listed = text(row, 'optionValues')
    ?.split('|')
    .map((one) => one.trim())
  return Array.from({ length: options }, (_, at) => {
    const value = listed ? listed[at] : text(row, `option${at + 1}Value`)
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
  if (isClear) return inGrams(read, unit ?? 'g')
  const value = own ?? (heading === null && beside === null ? pass.headings['weight'] : beside) ?? ''
  return {
    field: own === undefined && beside !== null ? 'weightUnit' : 'weight',
    problem: 'import.unknownWeight',
    params: { value: value.slice(0, 80) },
  }
}

const MONEY = ['price', 'comparePrice', 'cost'] as const

/** A price for `of` units as one for `per` units; nothing when it can't be said in minor units, or is too much. */
function amountFor(fine: bigint, of: PriceUnit, per: PriceUnit): Minor | null {
  const [size, by] = [fine * BigInt(per), FINE_ONE * BigInt(of)]
  return size % by === 0n && size / by <= MOST ? minor(size / by) : null
}

interface Priced {
  readonly of: PriceUnit
  readonly per: PriceUnit
  /** The article is there already. */
  readonly isKnown: boolean
  readonly currency: string
}

/** What prices for `of` units each are, said for `per` units; with a refusal for each that can't be said so exactly. */
export function pricesFor(
  variants: readonly ImportedVariant<Fine>[],
  priced: Priced,
): { variants: ImportedVariant[]; refusals: Refusal[] } {
  const refusals: Refusal[] = []
  const found = variants.map((one): ImportedVariant => {
    const { price: _price, comparePrice: _comparePrice, cost: _cost, ...rest } = one
    const amounts: { -readonly [Name in (typeof MONEY)[number]]?: Minor | null } = {}
    for (const field of MONEY) {
      const fine = one[field]
      if (fine === undefined) continue
      const amount = fine === null ? null : amountFor(fine, priced.of, priced.per)
      if (fine !== null && amount === null) refusals.push(inexact(one.row, field, fine, priced))
      else amounts[field] = amount
    }
    return { ...rest, ...(amounts as Pick<ImportedVariant, (typeof MONEY)[number]>) }
  })
  return { variants: found, refusals }
}

const inexact = (row: number, field: string, fine: bigint, { per, isKnown, currency }: Priced): Refusal => {
  const scale = decimalsOf(currency)
  const value = decimalText(fine, scale + FINE_DECIMALS, scale)
  // What is there keeps its price unit, so a new article is the way out.
  return isKnown
    ? { row, field, problem: 'catalog.product.tooFineForIt', params: { value, units: Number(per) } }
    : { row, field, problem: 'catalog.product.tooFine', params: { value } }
}

/** The fewest units by which every price of a new article can be said exactly; one where none can. */
export const priceUnitFor = (variants: readonly ImportedVariant<Fine>[]): PriceUnit =>
  priceUnits.find((per) =>
    variants.every((one) => MONEY.every((field) => typeof one[field] !== 'bigint' || amountFor(one[field], '1', per) !== null)),
  ) ?? '1'
