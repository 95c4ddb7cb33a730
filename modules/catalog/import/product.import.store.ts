import { decimalsOf } from '#kit/money.ts'
import { newId } from '#kit/id.ts'
import type { Entity } from '#kit/entity.ts'
import type { Tx } from '#kit/server/context.ts'
import { lockRow, updateRow } from '#kit/server/crud.ts'
import { undoRows } from '#kit/server/import/entity.ts'
import { importable, type Group, type Outcome, type Refusal, type Trace } from '#kit/server/import/importable.ts'
import { theCompany } from '#modules/places/index.ts'
import { catalogChanged, product, variant, variantName } from '../product/product.ts'
import { handleOf, productColumns, readProduct, skuOf, type ImportedProduct, type ImportedVariant } from './shopify.rules.ts'

const productEntity = product
const variantEntity = variant

/**
 * Products with their variants, from Shopify's CSV of either generation or any plain list. Found again by handle, variants
 * by their options, so that a second run changes nothing. Some hundred products are written by four statements.
 */
export const productImport = importable({
  kind: 'catalog.product',
  can: 'catalog.product.import',
  fields: productColumns,
  groupKey: (cells) => cells['handle']?.trim() || handleOf(cells['name'] ?? ''),
  async take(tx, groups, write) {
    const decimals = decimalsOf((await theCompany(tx.db)).currency)
    const read = groups.map((group: Group) => readProduct(group.rows, decimals))
    const known = await knownIn(
      tx,
      read.flatMap((one) => one.product ?? []),
    )
    let batch = newBatch()
    const met = new Set<string>()
    const outcomes: (Outcome | readonly Refusal[])[] = []
    for (const { product: wanted, problems } of read) {
      if (!wanted) {
        outcomes.push(problems)
        continue
      }
      // A product that comes again further down is changed, so it has to be there by then.
      if (write && met.has(wanted.handle)) {
        await writeBatch(tx, batch)
        batch = { ...newBatch(), traces: batch.traces }
      }
      met.add(wanted.handle)
      const taken = clashes(wanted, known)
      if (taken.length > 0) outcomes.push(taken)
      else outcomes.push(await place(tx, wanted, known, batch, write))
    }
    if (write) await writeBatch(tx, batch)
    return { outcomes, traces: batch.traces }
  },
  async undo(tx, traces) {
    const [variants, products] = [
      traces.filter((one) => one.table === 'catalog_variant'),
      traces.filter((one) => one.table === 'catalog_product'),
    ]
    const kept = (await undoRows(tx, variantEntity, variants)) + (await undoRows(tx, productEntity, products))
    tx.emit(catalogChanged, { product: null })
    return kept
  },
})

interface KnownVariant {
  readonly id: string
  readonly optionValues: string[]
  readonly sku: string
  readonly price: bigint
  readonly comparePrice: bigint | null
  readonly cost: bigint | null
}
interface Known {
  readonly products: Map<
    string,
    {
      id: string
      name: string
      vendor: string | null
      description: string | null
      category: string | null
      variants: KnownVariant[]
    }
  >
  readonly barcodes: Map<string, string>
  readonly skus: Map<string, string>
  readonly categories: Map<string, string>
  readonly standard: string | null
}

/** Everything that the batch could meet, in five statements that travel together. */
async function knownIn(tx: Tx, wanted: readonly ImportedProduct[]): Promise<Known> {
  const handles = wanted.map((one) => one.handle)
  const variants = wanted.flatMap((one) =>
    one.variants.map((v) => ({ code: v.barcode, sku: v.sku ?? skuOf(one.handle, v.optionValues) })),
  )
  const [products, rows, barcodes, skus, categories, standard] = await Promise.all([
    tx.db
      .selectFrom('catalogProduct')
      .select(['id', 'handle', 'name', 'vendor', 'description', 'category'])
      .where('handle', 'in', handles.length > 0 ? handles : [''])
      .execute(),
    tx.db
      .selectFrom('catalogVariant as v')
      .innerJoin('catalogProduct as p', 'p.id', 'v.product')
      .select(['v.id', 'v.product', 'v.optionValues', 'v.sku', 'v.price', 'v.comparePrice', 'v.cost'])
      .where('p.handle', 'in', handles.length > 0 ? handles : [''])
      .execute(),
    tx.db
      .selectFrom('catalogBarcode')
      .select(['code', 'variant'])
      .where('code', 'in', ['', ...variants.flatMap((one) => one.code ?? [])])
      .execute(),
    tx.db
      .selectFrom('catalogVariant')
      .select(['sku', 'id'])
      .where('sku', 'in', ['', ...variants.map((one) => one.sku)])
      .execute(),
    tx.db.selectFrom('catalogCategory').select(['id', 'name']).execute(),
    tx.db.selectFrom('catalogTaxClass').select('id').where('code', '=', 'standard').executeTakeFirst(),
  ])
  const byProduct = Map.groupBy(rows, (row) => row.product)
  return {
    products: new Map(products.map((row) => [row.handle!, { ...row, variants: byProduct.get(row.id) ?? [] }])),
    barcodes: new Map(barcodes.map((row) => [row.code, row.variant])),
    skus: new Map(skus.map((row) => [row.sku, row.id])),
    categories: new Map(categories.map((row) => [row.name.toLowerCase(), row.id])),
    standard: standard?.id ?? null,
  }
}

/** SKUs and barcodes belong to one variant each, in the file and in the catalogue. */
function clashes(wanted: ImportedProduct, known: Known): Refusal[] {
  const refusals: Refusal[] = []
  const own = known.products.get(wanted.handle)
  for (const one of wanted.variants) {
    const mine = own?.variants.find((v) => same(v.optionValues, one.optionValues))?.id
    const skuHolder = one.sku ? known.skus.get(one.sku) : undefined
    if (skuHolder && skuHolder !== mine)
      refusals.push({ row: one.row, field: 'sku', problem: 'catalog.product.skuTaken', params: { sku: one.sku } })
    const codeHolder = one.barcode ? known.barcodes.get(one.barcode) : undefined
    if (codeHolder && codeHolder !== mine)
      refusals.push({
        row: one.row,
        field: 'barcode',
        problem: 'catalog.product.barcodeTaken',
        params: { code: one.barcode, name: '' },
      })
  }
  return refusals
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((value, index) => value === b[index])

interface Batch {
  readonly categories: Record<string, unknown>[]
  readonly products: Record<string, unknown>[]
  readonly variants: Record<string, unknown>[]
  readonly barcodes: Record<string, unknown>[]
  readonly traces: Trace[]
}
const newBatch = (): Batch => ({ categories: [], products: [], variants: [], barcodes: [], traces: [] })

async function place(tx: Tx, wanted: ImportedProduct, known: Known, batch: Batch, write: boolean): Promise<Outcome> {
  const found = known.products.get(wanted.handle)
  const category = categoryFor(wanted.category, known, batch)
  if (found) return changeFound(tx, wanted, found, category, known, batch, write)
  const id = newId()
  const facts = {
    name: wanted.name,
    handle: wanted.handle,
    vendor: wanted.vendor,
    description: wanted.description,
    category,
    tags: wanted.tags,
  }
  batch.products.push({
    ...facts,
    id,
    tax_class: wanted.taxable ? known.standard : null,
    option_names: wanted.optionNames,
    archived: !wanted.active,
  })
  batch.traces.push({ table: 'catalog_product', record: id, created: true, after: { name: wanted.name } })
  const variants = wanted.variants.map((one, position) => addTo(batch, known, id, wanted, one, position))
  known.products.set(wanted.handle, { id, ...facts, variants })
  return 'new'
}

function categoryFor(name: string | null, known: Known, batch: Batch): string | null {
  if (!name) return null
  const found = known.categories.get(name.toLowerCase())
  if (found) return found
  const id = newId()
  batch.categories.push({ id, name })
  known.categories.set(name.toLowerCase(), id)
  return id
}

function addTo(
  batch: Batch,
  known: Known,
  productId: string,
  wanted: ImportedProduct,
  one: ImportedVariant,
  position: number,
): KnownVariant {
  const id = newId()
  let sku = one.sku ?? skuOf(wanted.handle, one.optionValues)
  for (let n = 2; known.skus.has(sku); n++) sku = `${skuOf(wanted.handle, one.optionValues).slice(0, 74)}-${n}`
  known.skus.set(sku, id)
  batch.variants.push({
    id,
    product: productId,
    name: variantName(wanted.name, one.optionValues),
    sku,
    option_values: one.optionValues,
    position,
    price: String(one.price),
    compare_price: one.comparePrice?.toString() ?? null,
    cost: one.cost?.toString() ?? null,
    weight: one.weight?.toString() ?? null,
  })
  batch.traces.push({ table: 'catalog_variant', record: id, created: true, after: { price: String(one.price) } })
  if (one.barcode && !known.barcodes.has(one.barcode)) {
    batch.barcodes.push({ code: one.barcode, variant: id })
    known.barcodes.set(one.barcode, id)
  }
  return { id, optionValues: one.optionValues, sku, price: one.price, comparePrice: one.comparePrice, cost: one.cost }
}

/** Fills in what the file says and leaves alone what it does not mention. */
async function changeFound(
  tx: Tx,
  wanted: ImportedProduct,
  found: NonNullable<ReturnType<Known['products']['get']>>,
  category: string | null,
  known: Known,
  batch: Batch,
  write: boolean,
): Promise<Outcome> {
  let outcome: Outcome = 'same'
  const facts = {
    name: wanted.name,
    ...(wanted.vendor && { vendor: wanted.vendor }),
    ...(wanted.description && { description: wanted.description }),
    ...(category && { category }),
  }
  const differing = Object.entries(facts).filter(([name, value]) => found[name as keyof typeof found] !== value)
  if (differing.length > 0) {
    outcome = 'changed'
    if (write) await change(tx, productEntity, found.id, Object.fromEntries(differing), batch)
  }
  for (const [position, one] of wanted.variants.entries()) {
    const mine = found.variants.find((v) => same(v.optionValues, one.optionValues))
    if (!mine) {
      outcome = 'changed'
      found.variants.push(addTo(batch, known, found.id, wanted, one, found.variants.length + position))
      continue
    }
    const values = {
      price: one.price,
      ...(one.comparePrice !== null && { comparePrice: one.comparePrice }),
      ...(one.cost !== null && { cost: one.cost }),
      ...(one.sku && { sku: one.sku }),
    }
    const other = Object.entries(values).filter(([name, value]) => mine[name as keyof KnownVariant] !== value)
    if (other.length > 0) {
      outcome = 'changed'
      if (write) await change(tx, variantEntity, mine.id, Object.fromEntries(other), batch)
    }
    if (one.barcode && !known.barcodes.has(one.barcode)) {
      outcome = 'changed'
      batch.barcodes.push({ code: one.barcode, variant: mine.id })
      known.barcodes.set(one.barcode, mine.id)
    }
  }
  return outcome
}

async function change(tx: Tx, entity: Entity, id: string, values: Record<string, unknown>, batch: Batch): Promise<void> {
  const row = await lockRow(tx, entity, id)
  await updateRow(tx, entity, row, values)
  batch.traces.push({
    table: entity.table,
    record: id,
    created: false,
    before: Object.fromEntries(Object.keys(values).map((name) => [name, row[name] ?? null])),
    after: values,
  })
}

const PRODUCTS = `insert into catalog_product (id, name, handle, vendor, description, category, tags, tax_class, option_names, archived_at)
  select p.id, p.name, p.handle, p.vendor, p.description, p.category, p.tags, p.tax_class, p.option_names, case when p.archived then now() end
  from jsonb_to_recordset($1::jsonb) as p(id uuid, name text, handle text, vendor text, description text, category uuid, tags text[], tax_class uuid, option_names text[], archived boolean)`
const VARIANTS = `insert into catalog_variant (id, product, name, sku, option_values, position, price, compare_price, cost, weight)
  select v.id, v.product, v.name, v.sku, v.option_values, v.position, v.price, v.compare_price, v.cost, v.weight
  from jsonb_to_recordset($1::jsonb) as v(id uuid, product uuid, name text, sku text, option_values text[], position int, price bigint, compare_price bigint, cost bigint, weight bigint)`

async function writeBatch(tx: Tx, batch: Batch): Promise<void> {
  if (batch.categories.length > 0)
    await tx.client.query(
      'insert into catalog_category (id, name) select c.id, c.name from jsonb_to_recordset($1::jsonb) as c(id uuid, name text)',
      [JSON.stringify(batch.categories)],
    )
  if (batch.products.length > 0)
    await tx.client.query({ name: 'import-products', text: PRODUCTS, values: [JSON.stringify(batch.products)] })
  if (batch.variants.length > 0)
    await tx.client.query({ name: 'import-variants', text: VARIANTS, values: [JSON.stringify(batch.variants)] })
  if (batch.barcodes.length > 0)
    await tx.client.query(
      'insert into catalog_barcode (code, variant) select b.code, b.variant from jsonb_to_recordset($1::jsonb) as b(code text, variant uuid)',
      [JSON.stringify(batch.barcodes)],
    )
  for (const one of batch.products) {
    tx.changed({
      table: 'catalog_product',
      record: String(one['id']),
      version: 1,
      before: null,
      after: { name: one['name'], handle: one['handle'] },
    })
  }
  tx.emit(catalogChanged, { product: null })
}
