import { reachOf } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { placeIds } from '#modules/places/index.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { insertRow, refuseHidden } from '#kit/server/list/crud.ts'
import { owned } from '#kit/server/list/custom.ts'
import { series } from '#kit/number.ts'
import { nextNumber } from '#kit/server/door/series.ts'
import { codeKey, isGtin } from '#kit/barcode.ts'
import { sql } from 'kysely'
import type { z } from 'zod'
import { variantsOfCode } from './code.store.ts'
import { product, productInput, ProductProblem, variant, variantName } from './product.ts'
import { catalogChanged } from '../changed/changed.ts'

export const skus = series('sku', 'PRD{NNNNNN}')

onConstraint('catalog_variant_sku_key', (error) =>
  ProductProblem.skuTaken({ sku: /^Key \([^=]+\)=\((.*)\)/.exec(error.detail ?? '')?.[1] ?? '' }),
)
onConstraint('catalog_product_price_bounds', () => ProductProblem.badBounds())
onConstraint('catalog_variant_product_option_values_key', () => ProductProblem.variantTwice({ options: '' }))

/**
 * Who may set prices and see costs, by form, by API and by file, on making and on changing. Nought and nothing are what somebody
 * leaves who may not.
 */
export const refuseFigures = (tx: Tx, figures: Record<string, bigint | null | undefined>): void =>
  refuseHidden(tx, variant, Object.fromEntries(Object.entries(figures).filter(([, value]) => value)))

/** Whether and between which bounds the price of an article is asked at the till. */
export interface Asking {
  readonly asksPrice?: boolean | undefined
  readonly leastPrice?: bigint | null | undefined
  readonly mostPrice?: bigint | null | undefined
}

/** Who may set prices says whose price is asked at the till. */
export function refuseAsking(tx: Tx, { asksPrice, leastPrice, mostPrice }: Asking): void {
  const said = Object.entries({ asksPrice, leastPrice, mostPrice }).filter(([, value]) => value)
  refuseHidden(tx, product, Object.fromEntries(said))
}

/**
 * The price of an article holds in every store: whoever sets prices at some stores only gives those a price list. In making an
 * article, nobody sells it yet.
 */
export async function maySetPriceOfAll(tx: Tx): Promise<boolean> {
  const reach = reachOf(tx.actor, 'catalog.price.edit')
  return !reach || reach.all || (await placeIds(tx.db)).every((place) => reach.places.includes(place))
}

/** @throws `catalog.product.priceOfAll` */
export async function refusePriceOfAll(tx: Tx): Promise<void> {
  if (!(await maySetPriceOfAll(tx))) throw ProductProblem.priceOfAll()
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
  await insertRow(tx, await owned(tx.db, product), { ...facts })
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
      sku: one.sku ?? (await nextNumber(tx, skus, null)),
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

/** However many codes there are, they share so many locks: the database has some thousand for everybody. */
const CODE_LOCKS = 256

/**
 * Nobody else gives these codes away until this is done; in one order, so that two never wait for each other. Without codes it
 * is all of them: a file holds what it may come to, whichever of its rows are tried again one by one.
 */
export async function lockCodes(tx: Tx, codes?: readonly string[]): Promise<void> {
  if (codes?.length === 0) return
  const slots = codes
    ? `(select distinct hashtext(key) & ${CODE_LOCKS - 1} as slot from unnest($1::text[]) as k(key) order by slot)`
    : `generate_series(0, ${CODE_LOCKS - 1})`
  await tx.client.query(
    `select pg_advisory_xact_lock(hashtext('catalog.code'), slot) from ${slots} as s(slot)`,
    codes ? [codes.map(codeKey)] : [],
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
