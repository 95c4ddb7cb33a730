import { z } from 'zod'
import { command } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { lockRow, updateRow } from '#kit/server/crud.ts'
import { drawUpload, forgetFiles, keepImage } from '#kit/server/file.ts'
import { catalogChanged, product } from './product.ts'

const entity = product
const input = z.object({ id: z.uuid() })

async function change(tx: Tx, id: string, image: (row: Record<string, unknown>) => Promise<string | null>) {
  const row = await lockRow(tx, entity, id)
  const before = row['image'] as string | null
  const next = await image(row)
  await updateRow(tx, entity, row, { image: next })
  if (before) await forgetFiles(tx.db, [before])
  tx.about('catalog_product', id)
  tx.emit(catalogChanged, { product: id })
  return { image: next }
}

/** The picture of a product, in place of the one it had. */
export const setProductImage = command({
  name: 'catalog.setProductImage',
  can: 'catalog.product.edit',
  takesFile: true,
  input,
  before: (ctx) => drawUpload(ctx),
  run: (tx, { id }, drawn) =>
    change(tx, id, () => keepImage(tx, { table: 'catalog_product', record: id, needs: 'catalog.product.read' }, drawn)),
})

export const removeProductImage = command({
  name: 'catalog.removeProductImage',
  can: 'catalog.product.edit',
  input,
  run: (tx, { id }) => change(tx, id, async () => null),
})
