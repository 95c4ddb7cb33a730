import { codeKey } from '#kit/barcode.ts'
import { lineOfHtml } from '#kit/html.ts'
import { isCellError, type Pass, type Refusal } from '#kit/import.ts'
import { productColumns } from './columns.rules.ts'
import { factsOf, OFFERING } from './facts.rules.ts'
import { withFeed, withLists } from './lists.rules.ts'
import { handleOf, type Company, type Fine, type ImportedProduct } from './imported.ts'
import {
  anyBarcode,
  code,
  CODES,
  hasOptions,
  isOfView,
  isTotal,
  isVariable,
  isVariant,
  isVariation,
  listOf,
  lower,
  text,
  variationsOf,
  type Row,
} from './row.rules.ts'
import { isOpenPrice } from './price-unit.rules.ts'
import { isOffered } from './status.rules.ts'
import { readVariant } from './variant.rules.ts'

/** Rows with one key are one product: by parent, by handle, by going on below, by code, and last by name. */
export function productKey(cells: Row['cells'], number: number, above: string | undefined): string {
  const row = { cells, number }
  const [handle, name, barcode] = [text(row, 'handle'), text(row, 'name'), anyBarcode(row)]
  const sku = code(row, 'sku') ?? text(row, 'feedId')
  if (isTotal(row)) return `row:${number}`
  if (text(row, 'feedGroup')) return `handle:${text(row, 'feedGroup')}`
  if (isVariation(row)) return `parent:${text(row, 'parent')}`
  if (isVariable(row)) return `parent:${sku ?? `id:${text(row, 'rowId')}`}`
  if (handle) return `handle:${handle}`
  // What a view says otherwise stands below what is said for all.
  if (isOfView(row) && !sku && above !== undefined) return above
  // One more attribute of the row above.
  if (!name && !sku && !barcode && (text(row, 'option1Name') || text(row, 'attributes')) && above !== undefined) return above
  if (!name && hasOptions(row) && above !== undefined) return above
  if (name && hasOptions(row)) return `handle:${handleOf(name)}`
  if (sku) return `sku:${codeKey(sku)}`
  if (barcode) return `barcode:${codeKey(barcode)}`
  return name ? `handle:${handleOf(name)}` : `row:${number}`
}

/** No shop has more variants of one product; what has more is one by mistake. */
export const MOST_ROWS = 2000

/** Reads the rows of one product, with its prices of today. */
export function readProduct(
  given: readonly Row[],
  pass: Pass,
  { currency, today }: Company,
): { product: ImportedProduct<Fine> | null; problems: Refusal[] } {
  if (given.length > MOST_ROWS) {
    const [one] = given as [Row]
    const value = ['name', 'handle', 'sku'].map((field) => text(one, field)).find(Boolean) ?? ''
    const params = { value: value.slice(0, 80), most: MOST_ROWS }
    return { product: null, problems: [{ row: one.number, field: null, problem: 'catalog.productFile.tooMany', params }] }
  }
  const problems: Refusal[] = []
  const warnings: Refusal[] = []
  const say: Say = (row, field, problem, params = {}) => problems.push({ row: row.number, field, problem, params })
  const { rows, elsewhere } = withoutOtherPlaces(
    withAttributes(withOwnPrices(withLists(withFeed(withoutViews(given, warnings), say), say)), say),
    say,
  )
  const first = rows.find(isVariable) ?? rows[0]!
  const name = text(first, 'name')
  const handle = text(first, 'handle')
  // Of its product the file says no more than what it is called there.
  const parent = !rows.some(isVariable) && rows.some(isVariation) ? text(first, 'parent') : null
  const by =
    handle || parent || hasOptions(first) || isVariable(first) || !(code(first, 'sku') ?? anyBarcode(first)) ? 'handle' : 'code'
  if (isTotal(first))
    return { product: null, problems: [{ row: first.number, field: 'name', problem: 'catalog.productFile.total' }] }
  if (!name && !handle && by === 'handle') say(first, 'name', 'required')
  if (handle && handle.length > 200) say(first, 'handle', 'too_big')
  const own = rows.filter((row) => isVariant(row, rows.length))
  // Above its variations WooCommerce has attributes that part none of them.
  const naming = own.some((row) => OPTION_NAMES.some((field) => text(row, field) !== null)) ? own : rows
  const optionNames = optionNamesOf(first, naming)
  for (const field of OPTION_NAMES) {
    const named = naming.find((row) => text(row, field) !== null)
    for (const row of named ? naming : [])
      if (text(row, field) !== null && lower(row, field) !== lower(named!, field)) say(row, field, 'import.contradicts')
  }
  const variants = own.flatMap((row) =>
    readVariant(row, { options: optionNames.length, pass, currency, today, problems, warnings }),
  )
  const seen = new Set<string>()
  for (const variant of variants) {
    const values = variant.optionValues.join(' / ')
    // Two rows of one code or one name and no options are the same thing twice.
    if (seen.has(values))
      problems.push(
        by === 'code' || values === ''
          ? { row: variant.row, field: by === 'code' ? 'sku' : 'name', problem: 'import.twice' }
          : { row: variant.row, field: 'option1Value', problem: 'catalog.product.variantTwice', params: { options: values } },
      )
    seen.add(values)
  }
  // Most files say these of a product once, or the same in every row.
  for (const field of ['category', 'productCategory', 'vendor', 'unit', 'taxClass'])
    for (const row of rows)
      if (text(row, field) !== null && text(first, field) !== null && text(row, field) !== text(first, field))
        say(row, field, 'import.contradicts')
  // A name that a broken formula left is none either.
  for (const row of rows)
    for (const [field, cell] of Object.entries(row.cells))
      if (isCellError(cell)) say(row, field, 'import.cellError', { value: cell.trim() })
  const absent = absentFrom(first, own)
  const skus = absent.join(', ').slice(0, 200)
  if (skus && own.length === 0) say(first, 'variations', 'catalog.productFile.variantsAbsent', { skus })
  else if (skus)
    warnings.push({ row: first.number, field: 'variations', problem: 'catalog.productFile.variantsAbsent', params: { skus } })
  if (variants.length === 0 && problems.length === 0) say(first, 'price', 'required')
  const facts = factsOf(first, pass, currency, say)
  // A till asks for the price of a product, not of one variant.
  const isAsked = (row: Row) => isOpenPrice(text(row, 'price'))
  if (!own.every(isAsked))
    for (const row of own.filter(isAsked))
      if (facts.asksPrice !== true || row === first) say(row, 'price', 'catalog.productFile.askedBeside')
  // A variant is for sale with its product, whatever the file says of it alone.
  for (const row of facts.active === false ? [] : own) {
    const field = row === first ? undefined : OFFERING.find((name) => isOffered(lower(row, name)) === false)
    if (field) warnings.push({ row: row.number, field, problem: 'catalog.productFile.variantOffered' })
  }
  if (problems.length > 0) return { product: null, problems }
  return {
    problems,
    product: {
      row: first.number,
      by,
      ...(parent && { parent }),
      handle: handle ?? handleOf(parent ?? name ?? variants[0]!.sku ?? variants[0]!.barcodes[0] ?? ''),
      ...(name && !parent && { name: lineOfHtml(name).slice(0, 200) }),
      ...facts,
      optionNames,
      variants,
      elsewhere,
      warnings,
    },
  }
}

/** Variants that the row of their product names, and that have none themselves. */
function absentFrom(first: Row, own: readonly Row[]): string[] {
  const there = new Set(own.map((row) => codeKey(code(row, 'sku') ?? '')))
  return variationsOf(first).flatMap(({ sku }) => (there.has(codeKey(sku)) ? [] : [sku]))
}

type Say = (row: Row, field: string | null, problem: string, params?: Record<string, unknown>) => void

/**
 * ERPNext and Odoo write the second attribute of an article below the first, in a row that says nothing else: it becomes its
 * option. What Odoo has in one cell becomes as many options.
 */
function withAttributes(rows: readonly Row[], say: Say): Row[] {
  const whole: Row[] = []
  for (const row of rows) {
    const above = whole.at(-1)
    const said = Object.entries(row.cells).flatMap(([name, cell]) => (cell.trim() ? [name] : []))
    const isMore = said.includes('option1Name') && said.every((name) => name === 'option1Name' || name === 'option1Value')
    const free = [2, 3].find((n) => above && !text(above, `option${n}Name`))
    if (above && said.join() === 'attributes' && text(above, 'attributes'))
      replace(whole, { attributes: `${text(above, 'attributes')},${text(row, 'attributes')}` })
    else if (!above || !isMore || !free || !text(above, 'option1Name')) whole.push(row)
    else
      replace(whole, {
        [`option${free}Name`]: text(row, 'option1Name')!,
        [`option${free}Value`]: text(row, 'option1Value') ?? '',
      })
  }
  return whole.map((row) => {
    const written = text(row, 'option1Name') ? null : text(row, 'attributes')
    if (written === null) return row
    const attributes = attributesIn(written)
    const value = written.slice(0, 80)
    if (!attributes) say(row, 'attributes', 'import.unreadable', { value })
    else if (attributes.length > 3) say(row, 'attributes', 'catalog.productFile.tooManyOptions', { value, most: 3 })
    const own = (attributes ?? []).flatMap(([name, value], at): [string, string][] => [
      [`option${at + 1}Name`, name],
      [`option${at + 1}Value`, value],
    ])
    return { ...row, cells: { ...row.cells, ...Object.fromEntries(own) } }
  })
}

const replace = (rows: Row[], more: Row['cells']) => {
  const last = rows.at(-1)!
  rows.splice(-1, 1, { ...last, cells: { ...last.cells, ...more } })
}

/** "Legs: Steel, chrome,Color: White" are two; nothing where a name is missing or comes twice. */
function attributesIn(written: string): [string, string][] | undefined {
  const found: [string, string][] = []
  for (const part of written.split(',')) {
    const at = part.indexOf(': ')
    const last = found.at(-1)
    if (at > 0) found.push([part.slice(0, at).trim(), part.slice(at + 1).trim()])
    else if (last) last[1] += `,${part}`
    else return undefined
  }
  return new Set(found.map(([name]) => name.toLowerCase())).size === found.length ? found : undefined
}

/** Wix: above its variants stands their product, with the price from which each of them begins. */
function withOwnPrices(rows: readonly Row[]): readonly Row[] {
  const product = rows.find((row) => lower(row, 'rowType') === 'product')
  if (!product || !rows.some((row) => lower(row, 'rowType') === 'variant')) return rows
  const price = text(product, 'price') ?? ''
  return rows.map((row) =>
    row === product
      ? { ...row, cells: { ...row.cells, rowType: 'variable' } }
      : { ...row, cells: { ...row.cells, price: text(row, 'price') ?? price } },
  )
}

/**
 * An article has one name and one price here: what all store views have in common. Where a file says only what views have, it is
 * that of the first.
 */
function withoutViews(rows: readonly Row[], warnings: Refusal[]): readonly Row[] {
  const views = rows.filter(isOfView)
  if (views.length === 0) return rows
  const common = rows.filter((row) => !isOfView(row))
  const viewOf = (row: Row) => text(row, 'storeView')!
  const [kept, left] =
    common.length > 0
      ? [common, views]
      : [views.filter((row) => viewOf(row) === viewOf(views[0]!)), views.filter((row) => viewOf(row) !== viewOf(views[0]!))]
  const names = [...new Set(left.map(viewOf))].join(', ').slice(0, 200)
  if (names)
    warnings.push({
      row: left[0]!.number,
      field: 'storeView',
      problem: 'catalog.productFile.storeViews',
      params: { views: names },
    })
  return kept
}

const WHICH = ['handle', 'name', 'sku', ...CODES, 'optionValues', 'variationName'] as const
const KNOWN = new Set(productColumns.map(({ name }) => name))

/**
 * Files of quantities have one row for each place: the second of an article tells of the same one, elsewhere. What else it says
 * must be the same.
 */
function withoutOtherPlaces(rows: readonly Row[], say: Say): { rows: Row[]; elsewhere: Map<number, number> } {
  const elsewhere = new Map<number, number>()
  const seen = new Map<string, { first: Row; places: Set<string> }>()
  const own = rows.filter((row) => {
    const place = lower(row, 'location')
    if (place === '') return true
    const key = JSON.stringify([...WHICH, 'option1Value', 'option2Value', 'option3Value'].map((name) => lower(row, name)))
    const before = seen.get(key)
    if (!before) seen.set(key, { first: row, places: new Set([place]) })
    // The same place again is the same row twice.
    if (!before || before.places.has(place)) return true
    before.places.add(place)
    elsewhere.set(row.number, before.first.number)
    for (const name of Object.keys(row.cells).filter((one) => one !== 'location' && KNOWN.has(one)))
      if (text(row, name) !== null && text(row, name) !== text(before.first, name)) say(row, name, 'import.contradicts')
    return false
  })
  return { rows: own, elsewhere }
}

const OPTION_NAMES = ['option1Name', 'option2Name', 'option3Name'] as const

function optionNamesOf(first: Row, rows: readonly Row[]): string[] {
  // Columns of their own say it better than a list.
  const isListed = ![1, 2, 3].some((n) => rows.some((row) => text(row, `option${n}Name`) !== null))
  const listed = isListed ? listOf(text(first, 'optionNames'))?.filter(Boolean) : undefined
  if (listed) return listed.slice(0, 3).map((one) => one.slice(0, 60))
  const isSimple = /^simple\b/.test(lower(first, 'rowType'))
  const named = [1, 2, 3].flatMap((n) => {
    const name = rows.map((row) => text(row, `option${n}Name`)).find(Boolean)
    return name && name !== 'Title' && !isSimple ? [lineOfHtml(name).slice(0, 60)] : []
  })
  if (named.length > 0 || !rows.some(hasOptions)) return named
  const isTitle = rows.some((row) => text(row, 'option1Name') === 'Title')
  const only = rows.length === 1 && (text(first, 'option1Value') ?? text(first, 'variationName'))
  return isTitle || (only && only.toLowerCase() === 'regular') ? [] : ['Variant']
}
