import { sql, type RawBuilder } from 'kysely'
import { codeKey } from '#kit/barcode.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { namedElsewhere } from '#kit/server/import/entity.ts'
import { foundElsewhere } from '#kit/server/list/list.ts'

/** The variants that have this code, as a barcode or as their SKU, however it was written: an array for `= any(…)`. */
export const variantsOfCode = (code: string): RawBuilder<string[]> => sql`array(
  select variant from catalog_barcode where key = ${codeKey(code)} union select id from catalog_variant where code_key(sku) = ${codeKey(code)})`

export const variantsByCode = foundElsewhere('catalog_variant', (text) => sql`t.id = any(${variantsOfCode(text)})`)
export const productsByCode = foundElsewhere(
  'catalog_product',
  (text) => sql`t.id = any(array(select v.product from catalog_variant v where v.id = any(${variantsOfCode(text)})))`,
)

async function codesIn(tx: Tx, said: readonly string[]) {
  const keys = said.map(codeKey)
  const { rows } = await sql<{ key: string; variant: string; product: string }>`
    select k.key, v.id as variant, v.product from (
      select key, variant from catalog_barcode where key = any(${keys}::text[])
      union select code_key(sku), id from catalog_variant where code_key(sku) = any(${keys}::text[])
    ) k join catalog_variant v on v.id = k.variant`.execute(tx.db)
  const found = Map.groupBy(rows, ({ key }) => key)
  return said.flatMap((text, at) => (found.get(keys[at]!) ?? []).map((one) => ({ text, ...one })))
}
/** Files name an article by any of its codes, however they write it. */
export const variantsNamedByCode = namedElsewhere('catalog_variant', async (tx, said) =>
  (await codesIn(tx, said)).map(({ text, variant }) => [text, variant] as const),
)
export const productsNamedByCode = namedElsewhere('catalog_product', async (tx, said) =>
  (await codesIn(tx, said)).map(({ text, product }) => [text, product] as const),
)
