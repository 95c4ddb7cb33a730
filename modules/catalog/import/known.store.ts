import type { PriceUnit } from '#kit/quantity.ts'
import { codeKey } from '#kit/barcode.ts'
import { newId } from '#kit/id.ts'
import type { Tx } from '#kit/server/context.ts'
import type { Pass } from '#kit/server/import/importable.ts'
import type { Batch } from './batch.store.ts'
import { namesOfSeed } from '#kit/server/words.ts'
import { handleOf, skuOf, type ImportedProduct, type ImportedVariant } from './product-file.rules.ts'

export interface KnownVariant extends Record<string, unknown> {
  readonly id: string
  readonly product: string
  readonly optionValues: string[]
  sku: string
  version: number
}
export interface KnownProduct extends Record<string, unknown> {
  readonly id: string
  readonly handle: string | null
  readonly priceUnit: PriceUnit
  name: string
  readonly optionNames: string[]
  version: number
  variants: KnownVariant[]
}
export interface Known {
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
export interface Taking {
  readonly tx: Tx
  readonly pass: Pass
  readonly known: Known
  readonly batch: Batch
  readonly currency: string
}

const SPARE_CODES = 8
export const spares = (sku: string): string[] =>
  Array.from({ length: SPARE_CODES }, (_, at) => (at === 0 ? sku : `${sku.slice(0, 74)}-${at + 1}`))

/** Everything that the batch could meet. Products and variants are locked as for an update, which holds up no sale. */
export async function knownIn(tx: Tx, wanted: readonly ImportedProduct<unknown>[]): Promise<Known> {
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
      .where('archivedAt', 'is', null)
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
export const meaning = (name: string): string => {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}.%]+/u)
  return words.filter((word) => word && !['tax', 'rate', 'class', 'vat', 'goods'].includes(word)).join(' ') || name.toLowerCase()
}

/** The product that the file means: by its handle, or by the code of its one row. */
export function foundFor(known: Known, wanted: ImportedProduct<unknown>): KnownProduct | undefined {
  if (wanted.by === 'handle') return known.products.get(wanted.handle)
  const { sku, barcode } = wanted.variants[0]!
  // Another SKU with a known barcode is another article that shares it, for a person to decide.
  const holder = sku ? known.skus.get(sku) : barcode ? known.barcodes.get(codeKey(barcode)) : undefined
  return holder ? productOf(known, holder) : undefined
}
const productOf = (known: Known, variant: string) =>
  [...known.byId.values()].find((one) => one.variants.some(({ id }) => id === variant))

/** Which variant is meant: by its options, by its codes, or the only one there is. */
export function variantFor(
  known: Known,
  wanted: ImportedProduct,
  one: ImportedVariant,
  found: KnownProduct,
): KnownVariant | undefined {
  const holds = (id: string | undefined) => found.variants.find((v) => v.id === id)
  const byCode =
    (one.sku ? holds(known.skus.get(one.sku)) : undefined) ??
    (one.barcode ? holds(known.barcodes.get(codeKey(one.barcode))) : undefined)
  if (wanted.by === 'code') return byCode
  const byOptions = found.variants.find((v) => same(v.optionValues, one.optionValues))
  if (byOptions || one.optionValues.length > 0) return byOptions
  return byCode ?? (found.variants.length === 1 && wanted.variants.length === 1 ? found.variants[0] : undefined)
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((value, index) => value === b[index])
