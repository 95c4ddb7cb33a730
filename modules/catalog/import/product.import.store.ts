import { undoRows } from '#kit/server/import/entity.ts'
import { refusedCosts, refusedTax } from '#kit/amounts.ts'
import { importable, type FileRow, type Judged, type Pass, type Refusal } from '#kit/server/import/importable.ts'
import { inTurns, turns } from '#kit/server/host/turns.ts'
import { theCompany } from '#modules/places/index.ts'
import { category } from '../category/category.ts'
import { maySetPriceOfAll } from '../product/product.store.ts'
import { countedOf, isSameCounting } from '../product/counted.store.ts'
import { product, variant } from '../product/product.ts'
import { catalogChanged } from '../changed/changed.ts'
import { newBatch, writeBatch } from './batch.store.ts'
import { holdsOf } from './counted.store.ts'
import { MORE_BARCODES, productColumns } from './columns.rules.ts'
import { gathered } from './gather.rules.ts'
import { rowOf } from './lists.rules.ts'
import { missingForNew, missingIn, refusedAsking, refusedChanges, refsOf, refusedFigures, withoutShared } from './judge.store.ts'
import { asVariant, foundFor, knownIn, variantFor, type Known, type KnownProduct, type Taking } from './known.store.ts'
import { meaning } from './meaning.rules.ts'
import { addNew, changeFound } from './place.store.ts'
import {
  inUnitsOf,
  isMeantFor,
  isMeasured,
  isSameShare,
  pricesFor,
  priceUnitFor,
  priceUnitOf,
  shareOf,
  type Share,
} from './price-unit.rules.ts'
import { MONEY, type Fine, type ImportedProduct, type ImportedVariant } from './imported.ts'
import { productKey, readProduct } from './product-file.rules.ts'
import { putAwayProducts, putAwayVariants } from './put-away.store.ts'

// Sizes like 2-3 become days as easily as codes.
const CODES = new Set<string>(['sku', 'barcode', ...MORE_BARCODES, 'option1Value', 'option2Value', 'option3Value'])

const COSTS = ['cost']
// What a customer pays; a cost is told without its tax in any company.
const PRICES = ['price', 'salePrice', 'comparePrice']

/**
 * Products with their variants, from the files of other shops or any plain list. Found again by handle and options, or by SKU or
 * barcode, so that a second run changes nothing. Some hundred new products are written by a handful of statements.
 */
export const productImport = importable({
  kind: 'catalog.product',
  can: 'catalog.product.import',
  fields: productColumns.map((field) => (CODES.has(field.name) ? { ...field, isCode: true } : field)),
  oneOf: ['name', 'handle', 'sku', 'barcode'],
  groupKey: productKey,
  gather: gathered,
  async amountsOf(tx) {
    const { currency, pricesIncludeTax } = await theCompany(tx.db)
    return { currency, taxInside: pricesIncludeTax }
  },
  async take(tx, groups, pass) {
    const { currency, pricesIncludeTax, timeZone } = await theCompany(tx.db)
    const today = tx.now.toZonedDateTimeISO(timeZone).toPlainDate().toString()
    const read = await inTurns(groups, (group) => readProduct(group.rows, pass, { currency, today }))
    const known = await knownIn(
      tx,
      read.flatMap((one) => one.product ?? []),
    )
    const batch = newBatch()
    const maySetPrices = await maySetPriceOfAll(tx)
    const outcomes: Judged[] = []
    const rest = turns()
    for (const [index, { product: wanted, problems }] of read.entries()) {
      const others = rest()
      if (others) await others
      const [{ cells }] = groups[index]!.rows as readonly [FileRow, ...FileRow[]]
      const otherwise = groups[index]!.rows.flatMap((row) => {
        const beside = [cells['taxIncluded'], row.cells['taxClass'] ?? cells['taxClass']]
        return [...refusedTax(row, { of: PRICES, taxInside: pricesIncludeTax, beside }, pass), ...refusedCosts(row, COSTS, pass)]
      })
      const owed = pass.owed?.get(groups[index]!.rows[0]!.number) ?? []
      const isRight = wanted && otherwise.length === 0
      const judged = isRight
        ? await place({ tx, pass, known, batch, currency, maySetPrices }, wanted, owed)
        : [...problems, ...otherwise]
      outcomes.push(inColumns(judged, pass))
      for (const [row, first] of wanted?.elsewhere ?? []) if (batch.ids.has(first)) batch.ids.set(row, batch.ids.get(first)!)
      // Rows without a variant tell of the product as well: a parent, one more picture.
      const { product: id } = (wanted && batch.ids.get(wanted.variants[0]!.row)) ?? {}
      for (const { number } of id ? groups[index]!.rows : []) if (!batch.ids.has(number)) batch.ids.set(number, { product: id! })
    }
    await writeBatch(tx, batch)
    return { outcomes, traces: batch.traces, ids: batch.ids }
  },
  async undo(tx, traces) {
    const of = (table: string) => traces.filter((one) => one.table === table)
    // Barcodes go with their variants; those that were added to others by themselves.
    for (const { record, after } of of('catalog_barcode'))
      await tx.db.deleteFrom('catalogBarcode').where('variant', '=', record).where('code', '=', String(after?.['code'])).execute()
    const variants = await putAwayVariants(tx, of('catalog_variant'))
    const keptVariants = await undoRows(tx, variant, variants)
    // Counted meanwhile in the unit that the file gave it, it keeps that.
    const counted = await countedOf(
      tx,
      of('catalog_product').flatMap(({ record, before }) => (before?.['unit'] === undefined ? [] : [record])),
    )
    const products = await putAwayProducts(
      tx,
      of('catalog_product').filter((one) => one.created || one.before?.['unit'] === undefined || !counted.has(one.record)),
    )
    const keptProducts = await undoRows(tx, product, products)
    // An article that stays is one for whoever reads it, with all its variants.
    const kept = new Set([...keptVariants.map((one) => one['product']), ...keptProducts.map((one) => one['id'])])
    const keptCategories = await undoRows(tx, category, of('catalog_category'))
    tx.emit(catalogChanged, { product: null })
    return new Set([...kept, ...counted]).size + keptCategories.length
  },
})

/** A product with what the file says of it, found or not, refused or taken. */
async function place(taking: Taking, file: ImportedProduct<Fine>, owed: readonly Refusal[]): Promise<Judged> {
  const { tx, pass, known, currency } = taking
  const said = asVariant(known, file)
  const refusals: Refusal[] = [...refusedFigures(tx, said.variants)]
  const found = foundFor(known, said)
  if (said.parent !== undefined && !found) {
    const params = { parent: said.parent.slice(0, 80) }
    return [{ row: said.row, field: 'parent', problem: 'catalog.productFile.noTemplate', params }]
  }
  const isWeighed = said.soldByWeight && said.unit === undefined && !found?.['unit']
  const whole = isWeighed ? { ...said, unit: 'kg' } : said
  // A row that says something of the product only is none of its variants.
  const read = found && found.variants.length > 1 ? { ...whole, variants: whole.variants.filter((one) => !isSilent(one)) } : whole
  const { given, inexact } = pricedAs(known, read, found, currency)
  if (inexact.length > 0) return [...refusals, ...inexact]
  const touched = found?.handle ?? (given.by === 'handle' ? given.handle : null)
  if (given.by === 'handle' && touched && pass.memory.get(`product:${touched}`))
    refusals.push({ row: given.row, field: null, problem: 'import.twice' })
  const { wanted, mine, codes, refused, warnings } = withoutShared(taking, given, found)
  refusals.push(...refused)
  const refs = refsOf(known, wanted, refusals)
  refusals.push(...(found ? missingIn(wanted, found, mine) : [...missingForNew(tx, wanted), ...owed]))
  if (found && wanted.kind && !wanted.isKindGuessed && wanted.kind !== found['kind'])
    refusals.push({ row: given.row, field: 'kind', problem: 'kit.fixed', params: { field: 'kind' } })
  const factsOf = (unit: unknown) => known.unitFacts.get(String(unit))
  if (
    found &&
    refs.unit &&
    refs.unit !== found['unit'] &&
    known.counted.has(found.id) &&
    !isSameCounting(factsOf(found['unit']), factsOf(refs.unit))
  )
    refusals.push({ row: given.row, field: 'unit', problem: 'catalog.product.unitStays' })
  refusals.push(...refusedAsking(taking, wanted, found))
  if (found) refusals.push(...contradicted(taking, wanted, found))
  if (found && refusals.length === 0) refusals.push(...refusedChanges(taking, wanted, mine))
  if (refusals.length > 0) return refusals
  for (const key of codes.keys()) pass.memory.set(key, given.name ?? found?.name ?? given.handle)
  if (touched) pass.memory.set(`product:${touched}`, String(given.row))
  if (found && read.variants.length === 0) taking.batch.ids.set(read.row, { product: found.id })
  const outcome = found ? await changeFound(taking, wanted, found, mine, refs) : addNew(taking, wanted, refs)
  const isDouble = !found && given.by === 'code' && given.name !== undefined && known.names.has(given.name)
  if (given.name) known.names.add(given.name)
  const all = [
    ...given.warnings,
    ...warnings,
    ...(isDouble ? [{ row: given.row, field: 'name', problem: 'catalog.product.sameName', params: { name: given.name! } }] : []),
  ]
  return all.length > 0 ? { outcome, warnings: all } : outcome
}

/** What may have said it where the file has no column of that name; beside a reduced price, the regular one is the price before. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  price: ['salePrice'],
  comparePrice: ['price', 'salePrice'],
  barcode: MORE_BARCODES,
  category: ['productCategory'],
  status: ['published', 'disabled'],
  unit: ['soldByWeight'],
  taxClass: ['taxable'],
  option1Name: ['optionNames', 'attributes'],
  option1Value: ['optionValues', 'variationName', 'attributes'],
}
/** A refusal names a column of the file; what is missing is named as it should be. */
const inColumn = <One extends Refusal>(told: One, { headings }: Pass): One => {
  const one = { ...told, row: rowOf(told.row) }
  const { field } = one
  if (field === null || one.problem === 'required' || headings[field] !== undefined) return one
  return { ...one, field: ELSEWHERE[field]?.find((other) => headings[other] !== undefined) ?? field }
}
function inColumns(judged: Judged, pass: Pass): Judged {
  if (typeof judged === 'string') return judged
  if ('outcome' in judged) return { ...judged, warnings: judged.warnings.map((one) => inColumn(one, pass)) }
  return judged.map((one) => inColumn(one, pass))
}

const isSilent = ({ sku, barcodes, optionValues, price, comparePrice, cost, weight }: ImportedVariant<Fine>): boolean =>
  sku === null &&
  barcodes.length === 0 &&
  optionValues.every((value) => value === '—') &&
  [price, comparePrice, cost, weight].every((said) => said === undefined)

/** Rows that are found by their codes may be of one product: what one of them says of it, another must not say otherwise. */
function contradicted({ pass }: Taking, wanted: ImportedProduct, found: KnownProduct): Refusal[] {
  const refusals: Refusal[] = []
  const own = found.variants.length === 1 || wanted.by === 'handle' ? ([] as const) : SHARED
  for (const field of own) {
    if (wanted[field] === undefined) continue
    const [key, value] = [`said:${found.id}:${field}`, told(wanted[field])]
    const before = pass.memory.get(key)
    if (before === undefined) pass.memory.set(key, value)
    else if (before !== value) refusals.push({ row: wanted.row, field: FIELDS[field] ?? field, problem: 'import.contradicts' })
  }
  return refusals
}
const told = (value: unknown): string => (typeof value === 'bigint' ? String(value) : JSON.stringify(value))
const SHARED = [
  'category',
  'vendor',
  'description',
  'tags',
  'taxClass',
  'taxable',
  'unit',
  'active',
  'asksPrice',
  'leastPrice',
  'mostPrice',
] as const
const FIELDS: Readonly<Record<string, string>> = { active: 'status' }

/**
 * The prices as they are kept: for as many units as the article has, which a new one takes from its file, or else the fewest by
 * which all of them are exact, if it is weighed or measured at all.
 */
function pricedAs(known: Known, read: ImportedProduct<Fine>, found: KnownProduct | undefined, currency: string) {
  const id = read.unit === undefined ? (found?.['unit'] as string | null | undefined) : known.units.get(meaning(read.unit))
  const unit = (id && known.unitFacts.get(id)) || null
  // What a pack holds is told in the unit that the article has.
  const holds = holdsOf(unit, found && id === found['unit'] ? (known.packs.get(found.id) ?? []) : [])
  const inexact: Refusal[] = []
  type Amount = (typeof MONEY)[number]
  const said = (
    field: 'priceUnit' | Amount,
    { row, pricesAre }: Pick<typeof read, 'row' | 'pricesAre'> = read,
  ): Share | undefined => {
    const one = pricesAre?.[field]
    // Of a unit that nobody knows, that is all there is to say.
    if (!one || (read.unit !== undefined && !unit)) return undefined
    const of = inUnitsOf(one, unit, holds)
    const refusal = one.unit === null ? 'import.unreadable' : 'catalog.product.priceUnitOfOther'
    if (!of) inexact.push({ row, field, problem: refusal, params: { value: one.text } })
    return of
  }
  const all = said('priceUnit')
  const price = said('price')
  // What one heading says of both is said once.
  const isShared = read.pricesAre?.comparePrice === read.pricesAre?.price
  const above = { price, comparePrice: isShared ? price : said('comparePrice'), cost: said('cost') }
  const inCells = new Map(
    read.variants.map((one) => [
      one,
      { price: said('price', one), comparePrice: said('comparePrice', one), cost: said('cost', one) },
    ]),
  )
  const cells = [...inCells.values()].flatMap((each) => [each.price, each.comparePrice, each.cost]).find(Boolean)
  const first = all ?? above.price ?? above.comparePrice ?? above.cost ?? cells
  const one = shareOf('1')
  const of = (variant: (typeof read.variants)[number]) => {
    const ofOne = (field: Amount) => inCells.get(variant)?.[field] ?? above[field] ?? all ?? one
    return { price: ofOne('price'), comparePrice: ofOne('comparePrice'), cost: ofOne('cost') }
  }
  const chosen = first && priceUnitOf(first)
  const per = found?.priceUnit ?? chosen ?? (isMeasured(unit) ? priceUnitFor(read.variants, of) : '1')
  for (const variant of read.variants) {
    const own = found && variantFor(known, read, variant, found)
    for (const field of MONEY) {
      const fine = variant[field]
      if (typeof fine !== 'bigint') continue
      const ways = [inCells.get(variant)?.[field], above[field], all].filter((way) => way !== undefined)
      const isSaid = ways.length > 0
      const was = own ? BigInt(String(own[field] ?? own['price'])) : BigInt(String(found?.variants[0]?.['price'] ?? 0))
      // Nobody is charged a hundredfold because a file left out what its prices are for.
      const isUnsaid = !isSaid && (first === undefined ? found && isMeantFor(fine, was, per) : chosen !== '1')
      const isTwofold = ways.some((way) => !isSameShare(way, ways[0]!))
      if (isUnsaid || isTwofold)
        inexact.push({ row: variant.row, field, problem: 'catalog.product.whichPriceUnit', params: { units: Number(per) } })
    }
  }
  const priced = pricesFor(read.variants, { of, per, isKnown: found !== undefined, roundsCost: !isMeasured(unit), currency })
  if (inexact.length === 0) inexact.push(...priced.refusals)
  const isChosen = !found && chosen === undefined && per !== '1'
  const told = { row: read.row, field: 'price', problem: 'catalog.product.pricedPer', params: { units: Number(per) } }
  const warnings = [...read.warnings, ...priced.warnings, ...(isChosen ? [told] : [])]
  const given: ImportedProduct = { ...read, variants: priced.variants, warnings, priceUnit: per }
  return { given, inexact }
}
