import { undoRows } from '#kit/server/import/entity.ts'
import { importable, type Judged, type Refusal } from '#kit/server/import/importable.ts'
import { theCompany } from '#modules/places/index.ts'
import { category } from '../category/category.ts'
import { catalogChanged, product, variant } from '../product/product.ts'
import { newBatch, writeBatch } from './batch.store.ts'
import { productColumns } from './columns.rules.ts'
import { missingForNew, missingIn, refsOf, refusedFigures, withoutShared } from './judge.store.ts'
import { foundFor, knownIn, type KnownProduct, type Taking } from './known.store.ts'
import { addNew, changeFound } from './place.store.ts'
import { pricesFor, priceUnitFor, productKey, readProduct, type Fine, type ImportedProduct } from './product-file.rules.ts'
import { putAwayProducts, putAwayVariants } from './put-away.store.ts'

/**
 * Products with their variants, from the files of other shops or any plain list. Found again by handle and options, or by SKU or
 * barcode, so that a second run changes nothing. Some hundred new products are written by a handful of statements.
 */
export const productImport = importable({
  kind: 'catalog.product',
  can: 'catalog.product.import',
  fields: productColumns,
  oneOf: ['name', 'handle', 'sku', 'barcode'],
  groupKey: productKey,
  currencyOf: async (tx) => (await theCompany(tx.db)).currency,
  async take(tx, groups, pass) {
    const { currency } = await theCompany(tx.db)
    const read = groups.map((group) => readProduct(group.rows, pass, currency))
    const known = await knownIn(
      tx,
      read.flatMap((one) => one.product ?? []),
    )
    const batch = newBatch()
    const outcomes: Judged[] = []
    for (const [index, { product: wanted, problems }] of read.entries()) {
      outcomes.push(wanted ? await place({ tx, pass, known, batch, currency }, wanted) : problems)
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
    const products = await putAwayProducts(tx, of('catalog_product'))
    const kept = keptVariants + (await undoRows(tx, product, products)) + (await undoRows(tx, category, of('catalog_category')))
    tx.emit(catalogChanged, { product: null })
    return kept
  },
})

/** A product with what the file says of it, found or not, refused or taken. */
async function place(taking: Taking, read: ImportedProduct<Fine>): Promise<Judged> {
  const { tx, pass, known, currency } = taking
  const refusals: Refusal[] = [...refusedFigures(tx, read.variants)]
  const found = foundFor(known, read)
  const { given, inexact } = pricedAs(read, found, currency)
  if (inexact.length > 0) return [...refusals, ...inexact]
  const touched = found?.handle ?? (given.by === 'handle' ? given.handle : null)
  if (given.by === 'handle' && touched && pass.memory.get(`product:${touched}`))
    refusals.push({ row: given.row, field: null, problem: 'import.twice' })
  const { wanted, mine, codes, refused, warnings } = withoutShared(taking, given, found)
  refusals.push(...refused)
  const refs = refsOf(known, wanted, refusals)
  refusals.push(...(found ? missingIn(wanted, found, mine) : missingForNew(tx, wanted)))
  if (found && wanted.kind && wanted.kind !== found['kind'])
    refusals.push({ row: given.row, field: 'kind', problem: 'kit.fixed', params: { field: 'kind' } })
  if (found) refusals.push(...contradicted(taking, wanted, found))
  if (refusals.length > 0) return refusals
  for (const key of codes.keys()) pass.memory.set(key, given.name ?? found?.name ?? given.handle)
  if (touched) pass.memory.set(`product:${touched}`, String(given.row))
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

/** Rows that are found by their codes may be of one product: what one of them says of it, another must not say otherwise. */
function contradicted({ pass }: Taking, wanted: ImportedProduct, found: KnownProduct): Refusal[] {
  const refusals: Refusal[] = []
  const own = found.variants.length === 1 || wanted.by === 'handle' ? ([] as const) : SHARED
  for (const field of own) {
    if (wanted[field] === undefined) continue
    const [key, value] = [`said:${found.id}:${field}`, JSON.stringify(wanted[field])]
    const before = pass.memory.get(key)
    if (before === undefined) pass.memory.set(key, value)
    else if (before !== value) refusals.push({ row: wanted.row, field: FIELDS[field] ?? field, problem: 'import.contradicts' })
  }
  return refusals
}
const SHARED = ['category', 'vendor', 'description', 'tags', 'taxClass', 'taxable', 'unit', 'active'] as const
const FIELDS: Readonly<Record<string, string>> = { active: 'status' }

/**
 * The prices as they are kept: for as many units as the article has, which a new one takes from its file, or else the fewest by
 * which all of them are exact.
 */
function pricedAs(read: ImportedProduct<Fine>, found: KnownProduct | undefined, currency: string) {
  const of = read.priceUnit ?? '1'
  const per = found?.priceUnit ?? read.priceUnit ?? priceUnitFor(read.variants)
  const { variants, refusals } = pricesFor(read.variants, { of, per, isKnown: found !== undefined, currency })
  const isChosen = !found && read.priceUnit === undefined && per !== '1'
  const said = { row: read.row, field: 'price', problem: 'catalog.product.pricedPer', params: { units: Number(per) } }
  const warnings = [...read.warnings, ...(isChosen ? [said] : [])]
  const given: ImportedProduct = { ...read, variants, warnings, priceUnit: per }
  return { given, inexact: refusals }
}
