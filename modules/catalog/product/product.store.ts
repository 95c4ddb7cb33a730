import { newId } from '#kit/id.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import { onConstraint } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { insertRow, refuseHidden } from '#kit/server/crud.ts'
import { nextNumber } from '#kit/server/series.ts'
import { codeKey, isGtin } from '#kit/barcode.ts'
import type { z } from 'zod'
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
  await insertRow(tx, product, { ...facts })
  const ids: string[] = []
  for (const [position, one] of variants.entries()) {
    const { barcodes, ...row } = one
    const id = one.id ?? newId()
    ids.push(id)
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
  const other = await holderOf(tx, code)
  if (other && other.id !== id) throw ProductProblem.barcodeTaken({ code, name: other.name })
  if (other) return
  const taken = await tx.db
    .insertInto('catalogBarcode')
    .values({ code, variant: id, quantity: quantity as never })
    .onConflict((conflict) => conflict.doNothing())
    .returning('code')
    .executeTakeFirst()
  if (taken) return
  const first = await holderOf(tx, code)
  if (first && first.id !== id) throw ProductProblem.barcodeTaken({ code, name: first.name })
}

/** Whose code it is, however it is written. */
const holderOf = (tx: Tx, code: string) =>
  tx.db
    .selectFrom('catalogBarcode as b')
    .innerJoin('catalogVariant as v', 'v.id', 'b.variant')
    .select(['v.id', 'v.name'])
    .where('b.key', '=', codeKey(code))
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
