import { reachOf } from '#kit/access.ts'
import type { Entity } from '#kit/entity.ts'
import { codeKey } from '#kit/barcode.ts'
import { newId } from '#kit/id.ts'
import { Problem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import { updateRow } from '#kit/server/crud.ts'
import { undoRows } from '#kit/server/import/entity.ts'
import { importable, type Judged, type Pass, type Refusal, type Trace } from '#kit/server/import/importable.ts'
import { namesOfSeed } from '#kit/server/words.ts'
import { theCompany } from '#modules/places/index.ts'
import { category } from '../category/category.ts'
import { refuseFigures } from '../product/product.store.ts'
import { catalogChanged, product, variant, variantName } from '../product/product.ts'
import { productColumns } from './columns.rules.ts'
import { handleOf, productKey, readProduct, skuOf, type ImportedProduct, type ImportedVariant } from './product-file.rules.ts'

const productEntity = product
const variantEntity = variant
const categoryEntity = category

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
    for (const { product: wanted, problems } of read)
      outcomes.push(wanted ? await place({ tx, pass, known, batch }, wanted) : problems)
    await writeBatch(tx, batch)
    return { outcomes, traces: batch.traces }
  },
  async undo(tx, traces) {
    const of = (table: string) => traces.filter((one) => one.table === table)
    // Barcodes go with their variants; those that were added to others by themselves.
    for (const { record, after } of of('catalog_barcode'))
      await tx.db.deleteFrom('catalogBarcode').where('variant', '=', record).where('code', '=', String(after?.['code'])).execute()
    const kept =
      (await undoRows(tx, variantEntity, of('catalog_variant'))) +
      (await undoRows(tx, productEntity, of('catalog_product'))) +
      (await undoRows(tx, categoryEntity, of('catalog_category')))
    tx.emit(catalogChanged, { product: null })
    return kept
  },
})

interface KnownVariant extends Record<string, unknown> {
  readonly id: string
  readonly product: string
  readonly optionValues: string[]
  sku: string
  version: number
}
interface KnownProduct extends Record<string, unknown> {
  readonly id: string
  readonly handle: string | null
  name: string
  readonly optionNames: string[]
  version: number
  variants: KnownVariant[]
}
interface Known {
  /** By handle. */
  readonly products: Map<string, KnownProduct>
  readonly byId: Map<string, KnownProduct>
  /** Whose a barcode (as it is compared) or SKU is. */
  readonly barcodes: Map<string, string>
  readonly skus: Map<string, string>
  /** How many articles have this name. */
  readonly names: Set<string>
  readonly categories: Map<string, string>
  readonly taxClasses: Map<string, string>
  readonly units: Map<string, string>
}
interface Taking {
  readonly tx: Tx
  readonly pass: Pass
  readonly known: Known
  readonly batch: Batch
}

const SPARE_CODES = 8
const spares = (sku: string): string[] =>
  Array.from({ length: SPARE_CODES }, (_, at) => (at === 0 ? sku : `${sku.slice(0, 74)}-${at + 1}`))

/** Everything that the batch could meet. Products and variants are locked as for an update, which holds up no sale. */
async function knownIn(tx: Tx, wanted: readonly ImportedProduct[]): Promise<Known> {
  const some = (values: readonly (string | null | undefined)[]) => ['', ...values.flatMap((one) => one ?? [])]
  const variants = wanted.flatMap((one) => one.variants)
  const handles = wanted.flatMap((one) => [one.handle, ...one.variants.map(({ sku }) => sku && handleOf(`${one.handle} ${sku}`))])
  const codes = wanted.flatMap((one) =>
    one.variants.flatMap((v) => [...(v.sku ? [v.sku] : []), ...spares(skuOf(one.handle, v.optionValues))]),
  )
  const [barcodes, skus, categories, classes, units, names] = await Promise.all([
    tx.db
      .selectFrom('catalogBarcode')
      .select(['key', 'variant'])
      .where('key', 'in', some(variants.map((v) => v.barcode && codeKey(v.barcode))))
      .execute(),
    tx.db.selectFrom('catalogVariant').select(['sku', 'id']).where('sku', 'in', some(codes)).execute(),
    tx.db.selectFrom('catalogCategory').select(['id', 'name']).execute(),
    tx.db.selectFrom('catalogTaxClass').select(['id', 'code', 'name']).where('archivedAt', 'is', null).execute(),
    tx.db.selectFrom('catalogUnit').select(['id', 'code', 'name']).where('archivedAt', 'is', null).execute(),
    tx.db
      .selectFrom('catalogProduct')
      .select('name')
      .where('name', 'in', some(wanted.map((one) => one.name)))
      .execute(),
  ])
  const holders = [...new Set([...barcodes.map((row) => row.variant), ...skus.map((row) => row.id)])]
  const products = (await tx.db
    .selectFrom('catalogProduct')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('handle', 'in', some(handles)),
        eb(
          'id',
          'in',
          eb
            .selectFrom('catalogVariant')
            .select('product')
            .where('id', 'in', holders.length > 0 ? holders : [newId()]),
        ),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()) as unknown as KnownProduct[]
  const rows = (await tx.db
    .selectFrom('catalogVariant')
    .selectAll()
    .where('product', 'in', products.length > 0 ? products.map(({ id }) => id) : [newId()])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()) as unknown as KnownVariant[]
  const own = Map.groupBy(rows, (row) => row.product)
  for (const one of products) one.variants = own.get(one.id) ?? []
  const named = (family: string, all: readonly { id: string; code: string; name: string }[]) => {
    const ways = (says: (one: { code: string; name: string }) => readonly string[]) =>
      all.flatMap((one) => says(one).map((name) => [meaning(name), one.id] as const))
    // A file that somebody got in another language names them in that; a name that stands here goes before.
    return new Map([...ways((one) => namesOfSeed(family, one.name)), ...ways((one) => [one.name, one.code])])
  }
  return {
    products: new Map(products.flatMap((one) => (one.handle ? [[one.handle, one] as const] : []))),
    byId: new Map(products.map((one) => [one.id, one])),
    barcodes: new Map(barcodes.map((row) => [row.key, row.variant])),
    skus: new Map(skus.map((row) => [row.sku, row.id])),
    names: new Set(names.map((row) => row.name)),
    categories: new Map(categories.map((row) => [row.name.toLowerCase(), row.id])),
    taxClasses: named('tax', classes),
    units: named('unit', units),
  }
}

/** "Reduced tax", "reduced-rate" and "Reduced" are one class. */
const meaning = (name: string): string => {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}.%]+/u)
  return words.filter((word) => word && !['tax', 'rate', 'class', 'vat', 'goods'].includes(word)).join(' ') || name.toLowerCase()
}

interface Batch {
  readonly categories: Record<string, unknown>[]
  readonly products: Record<string, unknown>[]
  readonly variants: Record<string, unknown>[]
  readonly barcodes: { code: string; variant: string }[]
  readonly traces: Trace[]
  changed: boolean
}
const newBatch = (): Batch => ({ categories: [], products: [], variants: [], barcodes: [], traces: [], changed: false })

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((value, index) => value === b[index])

/** A product with what the file says of it, found or not, refused or taken. */
async function place(taking: Taking, given: ImportedProduct): Promise<Judged> {
  const { tx, pass, known } = taking
  const refusals: Refusal[] = [...refusedFigures(tx, given.variants)]
  const found = foundFor(known, given)
  const touched = found?.handle ?? (given.by === 'handle' ? given.handle : null)
  if (given.by === 'handle' && touched && pass.memory.get(`product:${touched}`))
    refusals.push({ row: given.row, field: null, problem: 'import.twice' })
  const { wanted, mine, codes, refused, warnings } = withoutShared(taking, given, found)
  refusals.push(...refused)
  const refs = refsOf(known, wanted, refusals)
  refusals.push(...(found ? missingIn(wanted, found, mine) : missingForNew(tx, wanted)))
  if (found && wanted.kind && wanted.kind !== found['kind'])
    refusals.push({ row: given.row, field: 'kind', problem: 'kit.fixed', params: { field: 'kind' } })
  if (refusals.length > 0) return refusals
  for (const key of codes) pass.memory.set(key, String(given.row))
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

/** Before anything is compared: whether a cost is the right one is told to nobody who may not see it. */
function* refusedFigures(tx: Tx, variants: readonly ImportedVariant[]): Generator<Refusal> {
  for (const one of variants) {
    for (const field of ['price', 'comparePrice', 'cost'] as const) {
      try {
        refuseFigures(tx, { [field]: one[field] })
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        yield { row: one.row, field, problem: error.code, params: { said: error.message } }
      }
    }
  }
}

function foundFor(known: Known, wanted: ImportedProduct): KnownProduct | undefined {
  if (wanted.by === 'handle') return known.products.get(wanted.handle)
  const { sku, barcode } = wanted.variants[0]!
  // Another SKU with a known barcode is another article that shares it, for a person to decide.
  const holder = sku ? known.skus.get(sku) : barcode ? known.barcodes.get(codeKey(barcode)) : undefined
  return holder ? productOf(known, holder) : undefined
}
const productOf = (known: Known, variant: string) =>
  [...known.byId.values()].find((one) => one.variants.some(({ id }) => id === variant))

/** Which variant is meant: by its options, by its codes, or the only one there is. */
function variantFor(known: Known, wanted: ImportedProduct, one: ImportedVariant, found: KnownProduct): KnownVariant | undefined {
  const holds = (id: string | undefined) => found.variants.find((v) => v.id === id)
  const byCode =
    (one.sku ? holds(known.skus.get(one.sku)) : undefined) ??
    (one.barcode ? holds(known.barcodes.get(codeKey(one.barcode))) : undefined)
  if (wanted.by === 'code') return byCode
  const byOptions = found.variants.find((v) => same(v.optionValues, one.optionValues))
  if (byOptions || one.optionValues.length > 0) return byOptions
  return byCode ?? (found.variants.length === 1 && wanted.variants.length === 1 ? found.variants[0] : undefined)
}

/** SKUs and barcodes belong to one variant each: the second that says the same is refused, or left without, as was decided. */
function withoutShared({ pass, known }: Taking, given: ImportedProduct, found: KnownProduct | undefined) {
  const isLeftEmpty = pass.options['sharedCodes'] === 'empty'
  const refused: Refusal[] = []
  const warnings: Refusal[] = []
  const codes = new Set<string>()
  const mine = new Map<number, KnownVariant>()
  const variants = given.variants.map((one) => {
    const own = found && variantFor(known, given, one, found)
    if (own) mine.set(one.row, own)
    const kept = { sku: one.sku, barcode: one.barcode }
    for (const field of ['sku', 'barcode'] as const) {
      const code = one[field]
      if (!code) continue
      const said = field === 'sku' ? code : codeKey(code)
      const holder = (field === 'sku' ? known.skus : known.barcodes).get(said)
      const key = `${field}:${said}`
      if (!codes.has(key) && !pass.memory.get(key) && (holder === undefined || holder === own?.id)) {
        codes.add(key)
        continue
      }
      if (given.by === 'code' && given.variants[0] === one && (field === 'sku' || !one.sku)) {
        refused.push({ row: one.row, field, problem: 'import.twice' })
        continue
      }
      pass.memory.set(`shared:${field}`, code)
      kept[field] = null
      const problem = field === 'sku' ? 'catalog.product.skuTaken' : 'catalog.product.barcodeTaken'
      const refusal = { row: one.row, field, problem, params: field === 'sku' ? { sku: code } : { code, name: '' } }
      if (isLeftEmpty) warnings.push({ ...refusal, problem: 'catalog.product.codeLeftOut', params: { code } })
      else refused.push(refusal)
    }
    return { ...one, ...kept }
  })
  return { wanted: { ...given, variants }, mine, codes, refused, warnings }
}

interface Refs {
  readonly taxClass?: string | null
  readonly unit?: string
}

function refsOf(known: Known, wanted: ImportedProduct, refusals: Refusal[]): Refs {
  const look = (field: 'taxClass' | 'unit', all: ReadonlyMap<string, string>): string | undefined => {
    const name = wanted[field]
    if (name === undefined) return undefined
    const id = all.get(meaning(name))
    if (!id) refusals.push({ row: wanted.row, field, problem: 'import.unknownRef', params: { value: name.slice(0, 80) } })
    return id
  }
  const [taxClass, unit] = [look('taxClass', known.taxClasses), look('unit', known.units)]
  return {
    ...(wanted.taxable === false ? { taxClass: null } : taxClass ? { taxClass } : {}),
    ...(unit && { unit }),
  }
}

/** What a new one needs that a known one may leave out. */
function missingForNew(tx: Tx, wanted: ImportedProduct): Refusal[] {
  const mayPrice = reachOf(tx.actor, 'catalog.price.edit') !== undefined
  return [
    ...(wanted.name ? [] : [{ row: wanted.row, field: 'name', problem: 'required' }]),
    ...(mayPrice ? wanted.variants : []).flatMap((one) =>
      one.price === undefined ? [{ row: one.row, field: 'price', problem: 'required' }] : [],
    ),
  ]
}
const missingIn = (wanted: ImportedProduct, found: KnownProduct, mine: ReadonlyMap<number, KnownVariant>): Refusal[] =>
  wanted.variants.flatMap((one) => {
    if (mine.has(one.row)) return []
    // One more variant has to say which, and what it costs.
    if (one.optionValues.length !== found.optionNames.length)
      return [
        { row: one.row, field: found.optionNames.length > 0 ? 'option1Value' : 'sku', problem: 'catalog.product.whichVariant' },
      ]
    return one.price === undefined ? [{ row: one.row, field: 'price', problem: 'required' }] : []
  })

function addNew({ tx, pass, known, batch }: Taking, wanted: ImportedProduct, refs: Refs): 'new' {
  const id = newId()
  const facts = {
    name: wanted.name!,
    handle: freeHandle(known, pass, wanted),
    kind: wanted.kind ?? 'stocked',
    vendor: wanted.vendor ?? null,
    description: wanted.description ?? null,
    category: categoryFor(tx, wanted.category ?? [], known, batch),
    tags: wanted.tags ?? [],
    taxClass: refs.taxClass === undefined ? (known.taxClasses.get('standard') ?? null) : refs.taxClass,
    unit: refs.unit ?? null,
    optionNames: wanted.optionNames,
  }
  const archivedAt = wanted.active === false ? tx.now.round('microsecond') : null
  pass.memory.set(`product:${facts.handle}`, String(wanted.row))
  batch.products.push({
    ...facts,
    id,
    taxClass: undefined,
    optionNames: undefined,
    tax_class: facts.taxClass,
    option_names: facts.optionNames,
    archived_at: archivedAt,
  })
  batch.traces.push({ table: 'catalog_product', record: id, created: true, after: facts })
  const made: KnownProduct = { id, ...facts, archivedAt, version: 1, variants: [] }
  known.products.set(facts.handle, made)
  known.byId.set(id, made)
  for (const one of wanted.variants) addVariant(known, batch, made, one)
  return 'new'
}

/** Articles of one name that have codes of their own are several. */
function freeHandle(known: Known, pass: Pass, { handle, by, variants }: ImportedProduct): string {
  const isTaken = (one: string) => known.products.has(one) || pass.memory.get(`product:${one}`) !== undefined
  if (by === 'handle' || !isTaken(handle)) return handle
  const code = variants[0]!.sku ?? variants[0]!.barcode ?? ''
  const longer = handleOf(`${handle} ${code}`)
  return isTaken(longer) ? newId() : longer
}

/** The narrowest category of a path; those that are not there yet are made. */
function categoryFor(tx: Tx, path: readonly string[], known: Known, batch: Batch): string | null {
  let parent: string | null = null
  for (const name of path) {
    const found = known.categories.get(name.toLowerCase())
    const id = found ?? newId()
    if (!found) {
      batch.categories.push({ id, name, parent })
      batch.traces.push({ table: 'catalog_category', record: id, created: true, after: { name, parent } })
      known.categories.set(name.toLowerCase(), id)
      tx.changed({ table: 'catalog_category', record: id, version: 1, before: null, after: { name, parent } })
    }
    parent = id
  }
  return parent
}

function addVariant(known: Known, batch: Batch, of: KnownProduct, one: ImportedVariant): void {
  const id = newId()
  const sku =
    one.sku ?? spares(skuOf(of.handle ?? handleOf(of.name), one.optionValues)).find((spare) => !known.skus.has(spare)) ?? id
  const facts = {
    sku,
    optionValues: one.optionValues,
    price: String(one.price ?? 0),
    comparePrice: one.comparePrice?.toString() ?? null,
    cost: one.cost?.toString() ?? null,
    weight: one.weight?.toString() ?? null,
  }
  known.skus.set(sku, id)
  batch.variants.push({
    id,
    product: of.id,
    name: variantName(of.name, one.optionValues),
    sku,
    option_values: one.optionValues,
    position: of.variants.length,
    price: facts.price,
    compare_price: facts.comparePrice,
    cost: facts.cost,
    weight: facts.weight,
  })
  batch.traces.push({ table: 'catalog_variant', record: id, created: true, after: facts })
  of.variants.push({ id, product: of.id, ...facts, version: 1 })
  if (one.barcode) addBarcode(known, batch, id, one.barcode)
}

function addBarcode(known: Known, batch: Batch, variant: string, code: string): void {
  batch.barcodes.push({ code, variant })
  known.barcodes.set(codeKey(code), variant)
}

/** Fills in what the file says and leaves alone what it does not mention. */
async function changeFound(
  taking: Taking,
  wanted: ImportedProduct,
  found: KnownProduct,
  mine: ReadonlyMap<number, KnownVariant>,
  refs: Refs,
): Promise<'changed' | 'same'> {
  const { tx, known, batch } = taking
  let outcome: 'changed' | 'same' = 'same'
  const note = async (entity: Entity, row: KnownProduct | KnownVariant, values: Record<string, unknown>) => {
    if (await change(tx, entity, row, values, batch)) outcome = 'changed'
  }
  // One of several variants, found by its code, does not give all of them its name.
  const isWhole = wanted.by === 'handle' || found.variants.length === 1
  const renamed = isWhole && wanted.name !== undefined && wanted.name !== found.name
  await note(productEntity, found, {
    ...(renamed && { name: wanted.name }),
    ...(wanted.vendor !== undefined && { vendor: wanted.vendor }),
    ...(wanted.description !== undefined && { description: wanted.description }),
    ...(wanted.category && { category: categoryFor(tx, wanted.category, known, batch) }),
    ...(wanted.tags && { tags: wanted.tags }),
    ...refsToChange(wanted, found, refs, known),
    ...(wanted.active !== undefined &&
      wanted.active !== (found['archivedAt'] === null) && { archivedAt: wanted.active ? null : tx.now.round('microsecond') }),
  })
  // Variants carry the product's name, so that tills and lists need no join.
  if (renamed)
    for (const one of found.variants) await note(variantEntity, one, { name: variantName(found.name, one.optionValues) })
  for (const one of wanted.variants) {
    const own = mine.get(one.row)
    if (!own) {
      outcome = 'changed'
      addVariant(known, batch, found, one)
      continue
    }
    await note(variantEntity, own, {
      ...(one.price !== undefined && { price: one.price }),
      ...(one.comparePrice !== undefined && { comparePrice: one.comparePrice }),
      ...(one.cost !== undefined && { cost: one.cost }),
      ...(one.weight !== undefined && { weight: one.weight }),
      ...(one.sku && { sku: one.sku }),
    })
    if (one.sku) known.skus.set(one.sku, own.id)
    if (one.barcode && !known.barcodes.has(codeKey(one.barcode))) {
      outcome = 'changed'
      addBarcode(known, batch, own.id, one.barcode)
      batch.traces.push({ table: 'catalog_barcode', record: own.id, created: true, after: { code: one.barcode } })
    }
  }
  return outcome
}

/** "Taxable" alone gives back the standard class to what had none, and leaves a special one alone. */
function refsToChange(wanted: ImportedProduct, found: KnownProduct, refs: Refs, known: Known): Record<string, unknown> {
  const isTaxedAgain = wanted.taxable === true && refs.taxClass === undefined && found['taxClass'] === null
  return {
    ...(refs.taxClass !== undefined && { taxClass: refs.taxClass }),
    ...(isTaxedAgain && { taxClass: known.taxClasses.get('standard') ?? null }),
    ...(refs.unit && { unit: refs.unit }),
  }
}

async function change(
  tx: Tx,
  entity: Entity,
  row: KnownProduct | KnownVariant,
  values: Record<string, unknown>,
  batch: Batch,
): Promise<boolean> {
  const told = (value: unknown) => JSON.stringify(value ?? null)
  const differing = Object.fromEntries(Object.entries(values).filter(([name, value]) => told(row[name]) !== told(value)))
  if (Object.keys(differing).length === 0) return false
  const before = Object.fromEntries(Object.keys(differing).map((name) => [name, row[name] ?? null]))
  if (batch.categories.length > 0) await writeCategories(tx, batch)
  const version = await updateRow(tx, entity, row, differing)
  Object.assign(row, differing, { version })
  batch.changed = true
  batch.traces.push({ table: entity.table, record: row.id, created: false, before, after: differing })
  return true
}

const PRODUCTS = `insert into catalog_product (id, name, handle, kind, vendor, description, category, tags, tax_class, unit, option_names, archived_at)
  select p.id, p.name, p.handle, p.kind, p.vendor, p.description, p.category, p.tags, p.tax_class, p.unit, p.option_names, p.archived_at
  from jsonb_to_recordset($1::jsonb) as p(id uuid, name text, handle text, kind text, vendor text, description text, category uuid, tags text[], tax_class uuid, unit uuid, option_names text[], archived_at timestamptz)`
const VARIANTS = `insert into catalog_variant (id, product, name, sku, option_values, position, price, compare_price, cost, weight)
  select v.id, v.product, v.name, v.sku, v.option_values, v.position, v.price, v.compare_price, v.cost, v.weight
  from jsonb_to_recordset($1::jsonb) as v(id uuid, product uuid, name text, sku text, option_values text[], position int, price bigint, compare_price bigint, cost bigint, weight bigint)`

/** A category has to be there before a product can be put into it. */
async function writeCategories(tx: Tx, batch: Batch): Promise<void> {
  await tx.client.query(
    'insert into catalog_category (id, name, parent) select c.id, c.name, c.parent from jsonb_to_recordset($1::jsonb) as c(id uuid, name text, parent uuid)',
    [JSON.stringify(batch.categories.splice(0))],
  )
}

async function writeBatch(tx: Tx, batch: Batch): Promise<void> {
  if (batch.categories.length > 0) await writeCategories(tx, batch)
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
  if (batch.products.length + batch.variants.length + batch.barcodes.length > 0 || batch.changed)
    tx.emit(catalogChanged, { product: null })
}
