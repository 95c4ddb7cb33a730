import { codeKey } from '#kit/barcode.ts'
import type { Entity } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { updateRow } from '#kit/server/list/crud.ts'
import type { Pass } from '#kit/server/import/importable.ts'
import { product, variant, variantName } from '../product/product.ts'
import { writeCategories, type Batch } from './batch.store.ts'
import type { Refs } from './judge.store.ts'
import { categoryKey, holderOf, spares, type Known, type KnownProduct, type KnownVariant, type Taking } from './known.store.ts'
import { handleOf, skuOf, type ImportedProduct, type ImportedVariant } from './imported.ts'

/** A product that is not here yet, with its variants and barcodes. */
export function addNew({ tx, pass, known, batch }: Taking, wanted: ImportedProduct, refs: Refs): 'new' {
  const id = newId()
  const facts = {
    name: wanted.name!,
    handle: freeHandle(known, pass, wanted),
    kind: wanted.kind ?? 'stocked',
    vendor: wanted.vendor ?? null,
    description: wanted.description ?? null,
    category: categoryFor(tx, wanted.category ?? [], known, batch, null),
    tags: wanted.tags ?? [],
    taxClass: refs.taxClass === undefined ? (known.taxClasses.get('standard') ?? null) : refs.taxClass,
    unit: refs.unit ?? null,
    priceUnit: wanted.priceUnit ?? '1',
    asksPrice: wanted.asksPrice ?? false,
    leastPrice: wanted.leastPrice?.toString() ?? null,
    mostPrice: wanted.mostPrice?.toString() ?? null,
    optionNames: wanted.optionNames,
  }
  const archivedAt = wanted.active === false ? tx.now.round('microsecond') : null
  pass.memory.set(`product:${facts.handle}`, String(wanted.row))
  batch.products.push({
    ...facts,
    id,
    taxClass: undefined,
    optionNames: undefined,
    priceUnit: undefined,
    asksPrice: undefined,
    leastPrice: undefined,
    mostPrice: undefined,
    tax_class: facts.taxClass,
    option_names: facts.optionNames,
    price_unit: facts.priceUnit,
    asks_price: facts.asksPrice,
    least_price: facts.leastPrice,
    most_price: facts.mostPrice,
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
  const code = variants[0]!.sku ?? variants[0]!.barcodes[0] ?? ''
  const longer = handleOf(`${handle} ${code}`)
  return isTaken(longer) ? newId() : longer
}

/** The narrowest category of a path; those that are not there yet are made. A name alone is at the top, or where the only one of its name is. */
function categoryFor(tx: Tx, path: readonly string[], known: Known, batch: Batch, now: string | null): string | null {
  let parent: string | null = null
  for (const name of path) {
    const found: string | undefined =
      known.categories.get(categoryKey({ name, parent }))?.id ?? (path.length === 1 ? onlyOf(name, known, now) : undefined)
    const id: string = found ?? newId()
    if (!found) {
      batch.categories.push({ id, name, parent })
      batch.traces.push({ table: 'catalog_category', record: id, created: true, after: { name, parent } })
      const made = { id, name, parent }
      known.categories.set(categoryKey(made), made)
      known.categoriesNamed.set(name.toLowerCase(), [...(known.categoriesNamed.get(name.toLowerCase()) ?? []), made])
      tx.changed({ table: 'catalog_category', record: id, version: 1, before: null, after: { name, parent } })
    }
    parent = id
  }
  return parent
}

function onlyOf(name: string, known: Known, now: string | null): string | undefined {
  const all = known.categoriesNamed.get(name.toLowerCase()) ?? []
  return all.length === 1 ? all[0]!.id : all.find(({ id }) => id === now)?.id
}

function addVariant(known: Known, batch: Batch, of: KnownProduct, one: ImportedVariant): void {
  const id = newId()
  const sku =
    one.sku ?? spares(skuOf(of.handle ?? handleOf(of.name), one.optionValues)).find((spare) => !holderOf(known, spare)) ?? id
  const facts = {
    sku,
    optionValues: one.optionValues,
    price: String(one.price ?? 0),
    comparePrice: one.comparePrice?.toString() ?? null,
    cost: one.cost?.toString() ?? null,
    weight: one.weight?.toString() ?? null,
  }
  known.skus.set(codeKey(sku), id)
  batch.ids.set(one.row, { product: of.id, variant: id })
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
  known.owners.set(id, of.id)
  for (const code of one.barcodes) addBarcode(known, batch, id, code)
}

function addBarcode(known: Known, batch: Batch, variant: string, code: string): void {
  batch.barcodes.push({ code, variant })
  known.barcodes.set(codeKey(code), variant)
}

/** Fills in what the file says and leaves alone what it does not mention. */
export async function changeFound(
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
  await note(product, found, {
    ...(renamed && { name: wanted.name }),
    ...(wanted.vendor !== undefined && { vendor: wanted.vendor }),
    ...(wanted.description !== undefined && { description: wanted.description }),
    ...(wanted.category && { category: categoryFor(tx, wanted.category, known, batch, found['category'] as string | null) }),
    ...(wanted.asksPrice !== undefined && { asksPrice: wanted.asksPrice }),
    ...(wanted.leastPrice !== undefined && { leastPrice: wanted.leastPrice }),
    ...(wanted.mostPrice !== undefined && { mostPrice: wanted.mostPrice }),
    ...(wanted.tags && { tags: wanted.tags }),
    ...refsToChange(wanted, found, refs, known),
    ...(wanted.active !== undefined &&
      wanted.active !== (found['archivedAt'] === null) && { archivedAt: wanted.active ? null : tx.now.round('microsecond') }),
  })
  // Variants carry the product's name, so that tills and lists need no join.
  if (renamed) for (const one of found.variants) await note(variant, one, { name: variantName(found.name, one.optionValues) })
  for (const one of wanted.variants) {
    const own = mine.get(one.row)
    if (!own) {
      outcome = 'changed'
      addVariant(known, batch, found, one)
      continue
    }
    batch.ids.set(one.row, { product: found.id, variant: own.id })
    await note(variant, own, {
      ...(one.price !== undefined && { price: one.price }),
      ...(one.comparePrice !== undefined && { comparePrice: one.comparePrice }),
      ...(one.cost !== undefined && { cost: one.cost }),
      ...(one.weight !== undefined && { weight: one.weight }),
      // Written in another way it is the same code.
      ...(one.sku && codeKey(one.sku) !== codeKey(own.sku) && { sku: one.sku }),
    })
    if (one.sku) known.skus.set(codeKey(one.sku), own.id)
    for (const code of one.barcodes.filter((code) => !known.barcodes.has(codeKey(code)))) {
      outcome = 'changed'
      addBarcode(known, batch, own.id, code)
      batch.traces.push({ table: 'catalog_barcode', record: own.id, created: true, after: { code } })
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
