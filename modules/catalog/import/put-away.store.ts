import type { Tx } from '#kit/server/door/context.ts'
import { lockRow, updateRow } from '#kit/server/list/crud.ts'
import { isAsLeft } from '#kit/server/import/entity.ts'
import type { Trace } from '#kit/server/import/importable.ts'
import { product, variant } from '../product/product.ts'

/** A code that nobody types, so that the one before is free for the next file. */
const freeing = (sku: string, id: string) => `${sku.slice(0, 43)}~${id}`

/**
 * Articles that an import made and that papers of it name for good are archived, with their codes free again; the papers say
 * what they were called. @returns the traces of the others
 */
export async function putAwayVariants(tx: Tx, traces: readonly Trace[]): Promise<Trace[]> {
  const others: Trace[] = []
  for (const trace of traces) {
    const row = trace.stays && trace.created ? await lockRow(tx, variant, trace.record) : undefined
    if (!row || !isAsLeft(row, trace)) {
      others.push(trace)
      continue
    }
    await tx.db.deleteFrom('catalogBarcode').where('variant', '=', row.id).execute()
    await updateRow(tx, variant, row, { sku: freeing(row.sku, row.id), archivedAt: tx.now.round('microsecond') })
  }
  return others
}

/** Products of which nothing but such articles is left go the same way. @returns the traces of the others */
export async function putAwayProducts(tx: Tx, traces: readonly Trace[]): Promise<Trace[]> {
  const made = traces.filter((one) => one.created).map((one) => one.record)
  if (made.length === 0) return [...traces]
  const left = await tx.db.selectFrom('catalogVariant').select(['id', 'product', 'sku']).where('product', 'in', made).execute()
  const of = Map.groupBy(left, (one) => one.product)
  const others: Trace[] = []
  for (const trace of traces) {
    const variants = trace.created ? (of.get(trace.record) ?? []) : []
    const isAway = variants.length > 0 && variants.every(({ id, sku }) => sku.endsWith(`~${id}`))
    const row = isAway ? await lockRow(tx, product, trace.record) : undefined
    if (!row || !isAsLeft(row, trace)) others.push(trace)
    else await updateRow(tx, product, row, { handle: null, category: null, archivedAt: tx.now.round('microsecond') })
  }
  return others
}
