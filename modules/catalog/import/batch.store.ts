import type { Tx } from '#kit/server/door/context.ts'
import { json } from '#kit/server/data/db.ts'
import type { Trace } from '#kit/server/import/importable.ts'
import { catalogChanged } from '../changed/changed.ts'

/** What some hundred products leave to be written by a handful of statements. */
export interface Batch {
  readonly categories: Record<string, unknown>[]
  readonly products: Record<string, unknown>[]
  readonly variants: Record<string, unknown>[]
  readonly barcodes: { code: string; variant: string }[]
  readonly traces: Trace[]
  /** What the rows of the file are now. */
  readonly ids: Map<number, { readonly product: string; readonly variant?: string }>
  changed: boolean
}
export const newBatch = (): Batch => ({
  categories: [],
  products: [],
  variants: [],
  barcodes: [],
  traces: [],
  ids: new Map(),
  changed: false,
})

const PRODUCTS = `insert into catalog_product (id, name, handle, kind, vendor, description, category, tags, tax_class, unit, price_unit, asks_price, least_price, most_price, option_names, archived_at)
  select p.id, p.name, p.handle, p.kind, p.vendor, p.description, p.category, p.tags, p.tax_class, p.unit, p.price_unit, p.asks_price, p.least_price, p.most_price, p.option_names, p.archived_at
  from jsonb_to_recordset($1::jsonb) as p(id uuid, name text, handle text, kind text, vendor text, description text, category uuid, tags text[], tax_class uuid, unit uuid, price_unit text, asks_price boolean, least_price bigint, most_price bigint, option_names text[], archived_at timestamptz)`
const VARIANTS = `insert into catalog_variant (id, product, name, sku, option_values, position, price, compare_price, cost, weight)
  select v.id, v.product, v.name, v.sku, v.option_values, v.position, v.price, v.compare_price, v.cost, v.weight
  from jsonb_to_recordset($1::jsonb) as v(id uuid, product uuid, name text, sku text, option_values text[], position int, price bigint, compare_price bigint, cost bigint, weight bigint)`

/** A category has to be there before a product can be put into it. */
export async function writeCategories(tx: Tx, batch: Batch): Promise<void> {
  await tx.client.query(
    'insert into catalog_category (id, name, parent) select c.id, c.name, c.parent from jsonb_to_recordset($1::jsonb) as c(id uuid, name text, parent uuid)',
    [json(batch.categories.splice(0))],
  )
}

export async function writeBatch(tx: Tx, batch: Batch): Promise<void> {
  if (batch.categories.length > 0) await writeCategories(tx, batch)
  if (batch.products.length > 0)
    await tx.client.query({ name: 'import-products', text: PRODUCTS, values: [json(batch.products)] })
  if (batch.variants.length > 0)
    await tx.client.query({ name: 'import-variants', text: VARIANTS, values: [json(batch.variants)] })
  if (batch.barcodes.length > 0)
    await tx.client.query(
      'insert into catalog_barcode (code, variant) select b.code, b.variant from jsonb_to_recordset($1::jsonb) as b(code text, variant uuid)',
      [json(batch.barcodes)],
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
