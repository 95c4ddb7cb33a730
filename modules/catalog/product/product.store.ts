import { newId } from '#kit/id.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import { onConstraint } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { insertRow, refuseHidden } from '#kit/server/crud.ts'
import { nextNumber } from '#kit/server/series.ts'
import { codeKey, isGtin } from '#kit/barcode.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import { variantsOfCode } from './code.store.ts'
import { product, productInput, ProductProblem, variant, variantName, catalogChanged } from './product.ts'

onConstraint('catalog_variant_sku_key', (error) =>
  ProductProblem.skuTaken({ sku: /^Key \([^=]+\)=\((.*)\)/.exec(error.detail ?? '')?.[1] ?? '' }),
)
onConstraint('catalog_variant_product_option_values_key', () => ProductProblem.variantTwice({ options: '' }))

/**
 * Who may set prices and see costs, by form, by API and by file, on making and on changing. Nought and nothing are what somebody
 * leaves who may not.
 */
export const refuseFigures = (tx: Tx, figures: Record<string, bigint | null | undefined>): void =>
  refuseHidden(tx, variant, Object.fromEntries(Object.entries(figures).filter(([, value]) => value)))

/** What tills show of an article was changed by a plain form: they hear of it. */
export const tellsTills = {
  afterCreate: async (tx: Tx) => tx.emit(catalogChanged, { product: null }),
  afterChange: async (tx: Tx) => tx.emit(catalogChanged, { product: null }),
  beforeArchive: (tx: Tx) => tx.emit(catalogChanged, { product: null }),
  afterRestore: (tx: Tx) => tx.emit(catalogChanged, { product: null }),
}

/** Adds a product with its variants and barcodes in the caller's transaction. */
export async function addProduct(tx: Tx, input: z.output<typeof productInput>): Promise<{ id: string; variants: string[] }> {
  const { variants, ...facts } = input
  const seen = new Set<string>()
  for (const { optionValues } of variants) {
    const options = optionValues.join(' / ')
    if (seen.has(options)) throw ProductProblem.variantTwice({ options })
    seen.add(options)
  }
  await lockCodes(
    tx,
    variants.flatMap((one) => [...(one.sku ? [one.sku] : []), ...one.barcodes.map(({ code }) => code)]),
  )
  await insertRow(tx, product, { ...facts })
  const ids: string[] = []
  for (const [position, one] of variants.entries()) {
    const { barcodes, ...row } = one
    const id = one.id ?? newId()
    ids.push(id)
    if (one.sku) await refuseTakenSku(tx, id, one.sku)
    await insertRow(tx, variant, {
      ...row,
      id,
      position,
      product: facts.id,
      sku: one.sku ?? (await nextNumber(tx, 'sku', null)),
      name: variantName(facts.name, one.optionValues),
    })
    for (const barcode of barcodes) await addBarcode(tx, id, barcode)
  }
  tx.about('catalog_product', facts.id)
  tx.emit(catalogChanged, { product: facts.id })
  return { id: facts.id, variants: ids }
}

/** Gives a variant one more code. Codes of GTIN length must have a right check digit. */
export async function addBarcode(tx: Tx, id: string, { code, quantity }: { code: string; quantity: bigint }): Promise<void> {
  if (/^\d{8}$|^\d{12,14}$/.test(code) && !isGtin(code)) throw ProductProblem.badBarcode({ code })
  await lockCodes(tx, [code])
  const other = await otherHolder(tx, id, code)
  if (other) throw ProductProblem.barcodeTaken({ code, name: other.name })
  await tx.db
    .insertInto('catalogBarcode')
    .values({ code, variant: id, quantity: quantity as never })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A SKU is a code like every other: no scan may mean two articles. */
export async function refuseTakenSku(tx: Tx, id: string, sku: string): Promise<void> {
  await lockCodes(tx, [sku])
  if (await otherHolder(tx, id, sku)) throw ProductProblem.skuTaken({ sku })
}

/** Nobody else gives these codes away until this is done; in one order, so that two never wait for each other. */
export async function lockCodes(tx: Tx, codes: readonly string[]): Promise<void> {
  const keys = [...new Set(codes.map(codeKey))].toSorted()
  if (keys.length === 0) return
  await tx.client.query(
    `select pg_advisory_xact_lock(hashtextextended('catalog.code:' || key, 0)) from unnest($1::text[]) as k(key)`,
    [keys],
  )
}

/** Who else has the code, as a barcode or as a SKU, however it is written. */
const otherHolder = (tx: Tx, id: string, code: string) =>
  tx.db
    .selectFrom('catalogVariant as v')
    .select(['v.id', 'v.name'])
    .where(sql<boolean>`v.id = any(${variantsOfCode(code)})`)
    .where('v.id', '<>', id)
    .executeTakeFirst()

/** For how many units the costs of some goods are; what is not there is missing. */
export async function priceUnitsOf(tx: Tx, variants: readonly string[]): Promise<Map<string, PriceUnit>> {
  const { rows } = await tx.client.query<{ id: string; price_unit: PriceUnit }>(
    'select id, price_unit from catalog_variant where id = any($1::uuid[])',
    [[...new Set(variants)]],
  )
  return new Map(rows.map((row) => [row.id, row.price_unit]))
}

/** The last cost paid stands on the variant, for margins and for goods that are found. Locks in the order of the variants. */
export async function noteCosts(tx: Tx, lines: readonly { variant: string; unitCost: bigint }[]): Promise<void> {
  const costs = [...new Map(lines.map((line) => [line.variant, line.unitCost]))].toSorted(([a], [b]) => (a < b ? -1 : 1))
  await tx.client.query(
    `update catalog_variant v set cost = c.cost from unnest($1::uuid[], $2::bigint[]) as c(id, cost) where v.id = c.id and v.cost is distinct from c.cost`,
    [costs.map(([id]) => id), costs.map(([, cost]) => cost)],
  )
}
