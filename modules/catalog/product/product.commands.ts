import { z } from 'zod'
import { codeKey } from '#kit/barcode.ts'
import { command } from '#kit/server/door/command.ts'
import { insertRow, lockRow } from '#kit/server/list/crud.ts'
import { owned, readCustom } from '#kit/server/list/custom.ts'
import { nextNumber } from '#kit/server/door/series.ts'
import { addBarcode, addProduct, lockCodes, refuseAsking, refuseFigures, refuseTakenSku, skus } from './product.store.ts'
import { barcodeInput, product, productInput, variant, variantFacts, variantName } from './product.ts'
import { catalogChanged } from '../changed/changed.ts'

export const createProduct = command({
  name: 'catalog.createProduct',
  can: 'catalog.product.edit',
  input: productInput,
  async run(tx, sent) {
    const input = await readCustom(tx, await owned(tx.db, product), sent, { isNew: true })
    refuseAsking(tx, input)
    for (const { price, comparePrice, cost } of input.variants) refuseFigures(tx, { price, comparePrice, cost })
    return addProduct(tx, input)
  },
})

/** One more variant of a product that is there already. */
export const addVariant = command({
  name: 'catalog.addVariant',
  can: 'catalog.product.edit',
  input: z.object({ ...variantFacts, id: z.uuid(), variant: z.uuid() }),
  async run(tx, { id: of, variant: id, ...facts }) {
    const { price, comparePrice, cost } = facts
    refuseFigures(tx, { price, comparePrice, cost })
    if (facts.sku) await refuseTakenSku(tx, id, facts.sku)
    const row = await lockRow(tx, product, of)
    await insertRow(tx, variant, {
      ...facts,
      id,
      product: of,
      name: variantName(row.name, facts.optionValues),
      sku: facts.sku ?? (await nextNumber(tx, skus, null)),
    })
    tx.about('catalog_product', of)
    tx.emit(catalogChanged, { product: of })
    return { id }
  },
})

export const attachBarcode = command({
  name: 'catalog.attachBarcode',
  can: 'catalog.product.edit',
  input: barcodeInput.extend({ id: z.uuid() }),
  async run(tx, { id, code, quantity }) {
    await lockCodes(tx, [code])
    const row = await lockRow(tx, variant, id)
    await addBarcode(tx, id, { code, quantity })
    tx.about('catalog_variant', id)
    tx.changed({ table: 'catalog_variant', record: id, before: null, after: { barcode: code } })
    tx.emit(catalogChanged, { product: String(row['product']) })
    return { attached: true }
  },
})

export const detachBarcode = command({
  name: 'catalog.detachBarcode',
  can: 'catalog.product.edit',
  input: z.object({ id: z.uuid(), code: z.string().min(1).max(80) }),
  async run(tx, { id, code }) {
    const row = await lockRow(tx, variant, id)
    await tx.db.deleteFrom('catalogBarcode').where('key', '=', codeKey(code)).where('variant', '=', id).execute()
    tx.about('catalog_variant', id)
    tx.changed({ table: 'catalog_variant', record: id, before: { barcode: code }, after: null })
    tx.emit(catalogChanged, { product: String(row['product']) })
    return { detached: true }
  },
})
