import { isGtin } from '#kit/barcode.ts'
import { lineOfHtml, textOfHtml } from '#kit/html.ts'
import { decimalsOf, decimalText, minor, type Minor } from '#kit/money.ts'
import { priceUnits, QTY_DECIMALS, type PriceUnit } from '#kit/quantity.ts'
import { readNumber, type Pass, type Refusal } from '#kit/import.ts'

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
/** Without its Excel apostrophe. */
const code = (row: Row, name: string) => text(row, name)?.replace(/^'+/, '').trim() || null

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
  if (sku) return `sku:${sku}`
  if (barcode) return `barcode:${barcode}`
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

/** Nought and nothing of the kind; a word that means "not for sale". */
const NOT = new Set(['false', 'no', 'n', '0', '-1', 'nein', 'hapana', 'لا', 'нет', 'none'])
const OFF = new Set([
  'draft',
  'archived',
  'proposed',
  'rejected',
  'inactive',
  'disabled',
  'private',
  'pending',
  'trash',
  'unlisted',
])

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
  const [published, status, disabled] = [lower(first, 'published'), lower(first, 'status'), lower(first, 'disabled')]
  const isOff =
    NOT.has(published) || OFF.has(published) || NOT.has(status) || OFF.has(status) || (disabled !== '' && !NOT.has(disabled))
  const description = textOfHtml(text(first, 'description') ?? '').slice(0, 20_000)
  const isKind = saysKind(first, headings)
  const category = categoryOf((isKind ? null : text(first, 'category')) ?? text(first, 'productCategory'))
  const tags = (text(first, 'tags') ?? '')
    .split(/[,|]/)
    .map((tag) => lineOfHtml(tag).slice(0, 100))
    .filter(Boolean)
  const kind = kindOf(first, isKind)
  if (kind === null) say(first, 'kind', 'import.unreadable', { value: (text(first, 'kind') ?? '').slice(0, 80) })
  const priceUnit = priceUnitOf(text(first, 'priceUnit') ?? '')
  if (priceUnit === null) say(first, 'priceUnit', 'import.unreadable', { value: (text(first, 'priceUnit') ?? '').slice(0, 80) })
  const taxable = lower(first, 'taxable')
  const vendor = text(first, 'vendor')
  const taxClass = text(first, 'taxClass')
  const unit = text(first, 'unit')
  return {
    ...(description && { description }),
    ...(vendor && { vendor: lineOfHtml(vendor).slice(0, 120) }),
    ...(category.length > 0 && { category }),
    ...(tags.length > 0 && { tags: [...new Set(tags)].slice(0, 50) }),
    ...(taxable && { taxable: !NOT.has(taxable) }),
    ...(taxClass && { taxClass }),
    ...(unit && { unit }),
    ...(priceUnit && { priceUnit }),
    ...(kind && { kind }),
    ...((published || status || disabled) && { active: !isOff }),
  }
}

/** "Clothing > Hoodies, Sale" → Clothing, and Hoodies inside it: the first path counts, the others are for web shops. */
const categoryOf = (written: string | null): string[] =>
  (written ?? '')
    .split(',')[0]!
    .split(/>| \/ /)
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
  const codeOf = (field: string): string | null => {
    const value = code(row, field)
    if (value === null) return null
    const params = { value: value.slice(0, 80) }
    // What a spreadsheet has rounded or wrapped is no longer the code.
    if (/^\d[.,]?\d*e\+\d+$/i.test(value)) problems.push({ row: row.number, field, problem: 'import.rounded', params })
    else if (/[\r\n]/.test(value)) problems.push({ row: row.number, field, problem: 'import.lineBreak', params })
    else if (value.length > 80) problems.push({ row: row.number, field, problem: 'too_big', params })
    return value
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
  const weighed = text(row, 'weight')
  const weight =
    weighed === null ? null : judged('weight', weighed, readNumber(weighed, { field: 'weight', scale: QTY_DECIMALS, pass }))
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
      ...(weight !== null && weight > 0n && { weight: inGrams(weight, unitOfWeight(row, pass)) }),
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

/** Millionths of a gram in one thousandth of these. */
const GRAMS: Readonly<Record<string, bigint>> = {
  g: 1_000_000_000n,
  kg: 1_000_000_000_000n,
  lb: 453_592_370_000n,
  oz: 28_349_523_125n,
  t: 1_000_000_000_000_000n,
}
const inGrams = (amount: bigint, unit: string): bigint => (amount * GRAMS[unit]! + 500_000_000n) / 1_000_000_000n

/** The unit of the row, else that of the heading, else grams as Shopify's old column has it. */
function unitOfWeight(row: Row, { headings }: Pass): string {
  const heading = headings['weight'] ?? ''
  // "Variant Grams" are grams, whatever unit the shop likes to show.
  const inHeading = /\(([a-z]+)\)\s*$/i.exec(heading)?.[1] ?? /\b(grams?|kg)\b/i.exec(heading)?.[1]
  const named = (inHeading ?? text(row, 'weightUnit') ?? 'g').toLowerCase()
  const known: Readonly<Record<string, string>> = {
    grams: 'g',
    gram: 'g',
    gr: 'g',
    kilogram: 'kg',
    kilograms: 'kg',
    kgs: 'kg',
    lbs: 'lb',
    pound: 'lb',
    pounds: 'lb',
    ounce: 'oz',
    ounces: 'oz',
    tonne: 't',
  }
  const unit = known[named] ?? named
  return unit in GRAMS ? unit : 'g'
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
