import { sql } from 'kysely'
import type { PriceUnit } from '#kit/quantity.ts'
import { codeKey } from '#kit/barcode.ts'
import { newId } from '#kit/id.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Pass } from '#kit/server/import/importable.ts'
import type { Batch } from './batch.store.ts'
import { namesOfSeed } from '#kit/server/host/words.ts'
import { theCompany } from '#modules/places/index.ts'
import { countedOf } from '../product/counted.store.ts'
import { variantName } from '../product/product.ts'
import { lockCodes } from '../product/product.store.ts'
import { packsOf, type Pack } from './counted.store.ts'
import { meaning } from './meaning.rules.ts'
import type { ArticleUnit } from './price-unit.rules.ts'
import { handleOf, skuOf, type ImportedProduct, type ImportedVariant } from './imported.ts'

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
  /** By handle, or by the one that its name would give it. */
  readonly products: Map<string, KnownProduct>
  readonly byId: Map<string, KnownProduct>
  /** Whose variant it is. */
  readonly owners: Map<string, string>
  /** Whose a barcode or SKU is, by `codeKey`. */
  readonly barcodes: Map<string, string>
  readonly skus: Map<string, string>
  /** How many articles have this name. */
  readonly names: Set<string>
  /** By `categoryKey`. */
  readonly categories: Map<string, KnownCategory>
  /** By their name in small letters. */
  readonly categoriesNamed: Map<string, KnownCategory[]>
  readonly taxClasses: Map<string, string>
  /** The classes with their rates of today. */
  readonly taxRates: readonly TaxToday[]
  readonly units: Map<string, string>
  /** By id. */
  readonly unitFacts: ReadonlyMap<string, ArticleUnit>
  /** Products that were counted in their unit, of those to which the file could give another one. */
  readonly counted: ReadonlySet<string>
  /** What else a product is counted in, by its id. */
  readonly packs: ReadonlyMap<string, readonly Pack[]>
}
export interface TaxToday {
  readonly id: string
  readonly name: string
  readonly rate: bigint
}
export interface KnownCategory {
  readonly id: string
  readonly name: string
  readonly parent: string | null
}
/** The same name in two categories is two of them. */
export const categoryKey = ({ name, parent }: Omit<KnownCategory, 'id'>): string => `${parent ?? ''}:${name.toLowerCase()}`

export interface Taking {
  readonly tx: Tx
  readonly pass: Pass
  readonly known: Known
  readonly batch: Batch
  readonly currency: string
  /** Whether prices that all stores share may be changed. */
  readonly maySetPrices: boolean
}

const SPARE_CODES = 8
export const spares = (sku: string): string[] =>
  Array.from({ length: SPARE_CODES }, (_, at) => (at === 0 ? sku : `${sku.slice(0, 74)}-${at + 1}`))

const sparesOf = (one: ImportedProduct<unknown>): string[] =>
  one.variants.flatMap((v) => spares(skuOf(one.handle, v.optionValues)))

/** Everything that the batch could meet. Products and variants are locked as for an update, which holds up no sale. */
export async function knownIn(tx: Tx, wanted: readonly ImportedProduct<unknown>[]): Promise<Known> {
  const some = (values: readonly (string | null | undefined)[]) => ['', ...values.flatMap((one) => one ?? [])]
  const variants = wanted.flatMap((one) => one.variants)
  const handles = wanted.flatMap((one) => [one.handle, ...one.variants.map(({ sku }) => sku && handleOf(`${one.handle} ${sku}`))])
  const given = variants.flatMap((v) => [...(v.sku ? [v.sku] : []), ...v.barcodes])
  await lockCodes(tx)
  // A scan asks for SKUs and barcodes alike, so both are looked for among both.
  const keys = [...new Set([...given, ...wanted.flatMap(sparesOf)].map(codeKey))]
  const [barcodes, skus, categories, classes, units, names] = await Promise.all([
    tx.db
      .selectFrom('catalogBarcode')
      .select(['key', 'variant'])
      .where('key', '=', sql<string>`any(${keys}::text[])`)
      .execute(),
    tx.db
      .selectFrom('catalogVariant')
      .select(['sku', 'id'])
      .where(sql`code_key(sku)`, '=', sql`any(${keys}::text[])`)
      .execute(),
    tx.db.selectFrom('catalogCategory').select(['id', 'name', 'parent']).execute(),
    taxesOf(tx),
    tx.db.selectFrom('catalogUnit').select(['id', 'code', 'name', 'decimals', 'archivedAt']).execute(),
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
        eb.and([eb('handle', 'is', null), eb('archivedAt', 'is', null), eb('name', 'in', some(wanted.map((one) => one.name)))]),
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
    products: byHandle(products),
    byId: new Map(products.map((one) => [one.id, one])),
    owners: new Map(rows.map((row) => [row.id, row.product])),
    barcodes: new Map(barcodes.map((row) => [row.key, row.variant])),
    skus: new Map(skus.map((row) => [codeKey(row.sku), row.id])),
    names: new Set(names.map((row) => row.name)),
    categories: new Map(categories.map((row) => [categoryKey(row), row])),
    categoriesNamed: Map.groupBy<string, KnownCategory>(categories, ({ name }) => name.toLowerCase()),
    taxClasses: named('tax', classes),
    taxRates: classes,
    units: named(
      'unit',
      units.filter((one) => one.archivedAt === null),
    ),
    unitFacts: new Map(units.map((one) => [one.id, one])),
    counted: await countedOf(
      tx,
      wanted.some(({ unit, soldByWeight }) => unit !== undefined || soldByWeight) ? products.map(({ id }) => id) : [],
    ),
    packs: await packsOf(tx, { products: products.map(({ id }) => id) }),
  }
}

/** What was typed in here has no handle: it is found by the one that its name would give it, where that is one article's only. */
function byHandle(products: readonly KnownProduct[]): Map<string, KnownProduct> {
  const without = Map.groupBy(
    products.filter((one) => one.handle === null),
    (one) => handleOf(one.name),
  )
  return new Map([
    ...[...without].flatMap(([handle, all]) => (all.length === 1 ? [[handle, all[0]!] as const] : [])),
    ...products.flatMap((one) => (one.handle ? [[one.handle, one] as const] : [])),
  ])
}

/** By the calendar of the company: which rate holds where is the till's to say. */
async function taxesOf(tx: Tx): Promise<(TaxToday & { code: string })[]> {
  const { timeZone } = await theCompany(tx.db)
  const day = tx.now.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const { rows } = await sql<TaxToday & { code: string }>`
    select c.id, c.code, c.name, coalesce(r.rate, 0)::bigint as rate from catalog_tax_class c
    left join lateral (select rate from catalog_tax_rate where tax_class = c.id and valid_from <= ${day} order by valid_from desc limit 1) r on true
    where c.archived_at is null order by rate, c.name`.execute(tx.db)
  return rows
}

/** The product that the file means: by its handle, or by the code of its one row. */
export function foundFor(known: Known, wanted: ImportedProduct<unknown>): KnownProduct | undefined {
  if (wanted.by === 'handle') {
    const named = known.products.get(wanted.handle)
    if (named || wanted.parent === undefined) return named
    // What the file calls its product need not be what it is called here.
    const holder = wanted.variants
      .flatMap(({ sku, barcodes }) => [...(sku ? [sku] : []), ...barcodes])
      .map((code) => holderOf(known, code))
    return holder.map((id) => id && productOf(known, id)).find((one) => one !== undefined && one !== '')
  }
  const { sku, barcodes } = wanted.variants[0]!
  // Another SKU with a known barcode is another article that shares it, for a person to decide.
  const holder = sku ? known.skus.get(codeKey(sku)) : barcodes.map((code) => scanned(known, code)).find(Boolean)
  return holder ? productOf(known, holder) : undefined
}
/**
 * A file may call a variant by its whole name, as our list of variants does: then it is meant by its code, and the name says
 * nothing of its product.
 */
export function asVariant<Amount>(known: Known, wanted: ImportedProduct<Amount>): ImportedProduct<Amount> {
  const [one] = wanted.variants
  if (wanted.by !== 'handle' || wanted.variants.length !== 1 || !one?.sku || known.products.has(wanted.handle)) return wanted
  const id = known.skus.get(codeKey(one.sku))
  const of = id && productOf(known, id)
  const own = of && of.variants.find((variant) => variant.id === id)
  if (!own || wanted.name !== variantName(of.name, own.optionValues)) return wanted
  const { name: _name, ...rest } = wanted
  return { ...rest, by: 'code' }
}
const scanned = (known: Known, code: string): string | undefined =>
  known.barcodes.get(codeKey(code)) ?? known.skus.get(codeKey(code))
export const productOf = (known: Known, variant: string): KnownProduct | undefined =>
  known.byId.get(known.owners.get(variant) ?? '')

/** Whose code it is, as a SKU or as a barcode. */
export const holderOf = (known: Known, code: string): string | undefined =>
  known.skus.get(codeKey(code)) ?? known.barcodes.get(codeKey(code))

/** Which variant is meant: by its options, by its codes, or the only one there is. */
export function variantFor(
  known: Known,
  wanted: ImportedProduct<unknown>,
  one: ImportedVariant<unknown>,
  found: KnownProduct,
): KnownVariant | undefined {
  const { byId, byOptions: options } = variantsOf(found)
  const holds = (id: string | undefined) => (id === undefined ? undefined : byId.get(id))
  const byCode =
    (one.sku ? holds(known.skus.get(codeKey(one.sku))) : undefined) ??
    one.barcodes.map((code) => holds(scanned(known, code))).find(Boolean)
  if (wanted.by === 'code') return byCode
  const byOptions = options.get(JSON.stringify(one.optionValues))
  if (byOptions || (one.optionValues.length > 0 && wanted.parent === undefined)) return byOptions
  return byCode ?? (found.variants.length === 1 && wanted.variants.length === 1 ? found.variants[0] : undefined)
}

interface Variants {
  readonly byId: Map<string, KnownVariant>
  readonly byOptions: Map<string, KnownVariant>
}
const variantsRead = new WeakMap<KnownProduct, Variants>()
/** The variants by what they are found by: each is looked at once, however many rows of the file ask; those added since as well. */
function variantsOf(found: KnownProduct): Variants {
  const known = variantsRead.get(found) ?? { byId: new Map(), byOptions: new Map() }
  variantsRead.set(found, known)
  for (let at = known.byId.size; at < found.variants.length; at++) {
    const one = found.variants[at]!
    known.byId.set(one.id, one)
    const options = JSON.stringify(one.optionValues)
    if (!known.byOptions.has(options)) known.byOptions.set(options, one)
  }
  return known
}
