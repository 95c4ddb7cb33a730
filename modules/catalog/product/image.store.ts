import type { Tx } from '#kit/server/door/context.ts'
import { lockRow, updateRow } from '#kit/server/list/crud.ts'
import { forgetFiles, keepImage, type Drawn } from '#kit/server/files/file.ts'
import { product } from './product.ts'
import { catalogChanged } from '../changed/changed.ts'

/** Gives a locked product another picture, or none, in place of the one that it had. @returns the file, and what was there before */
export async function setImage(
  tx: Tx,
  id: string,
  drawn: Drawn | null,
): Promise<{ image: string | null; before: string | null }> {
  const row = await lockRow(tx, product, id)
  const before = row.image
  const owner = { table: 'catalog_product', record: id, needs: 'catalog.product.read' }
  const image = drawn && (await keepImage(tx, owner, drawn))
  await updateRow(tx, product, row, { image })
  if (before) await forgetFiles(tx.db, [before])
  tx.about('catalog_product', id)
  tx.emit(catalogChanged, { product: id })
  return { image, before: before ?? null }
}
