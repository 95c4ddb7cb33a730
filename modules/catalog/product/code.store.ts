import { sql, type RawBuilder } from 'kysely'
import { codeKey } from '#kit/barcode.ts'
import { foundElsewhere } from '#kit/server/list.ts'

/** The variants that have this code, as a barcode or as their SKU, however it was written: an array for `= any(…)`. */
export const variantsOfCode = (code: string): RawBuilder<string[]> => sql`array(
  select variant from catalog_barcode where key = ${codeKey(code)} union select id from catalog_variant where code_key(sku) = ${codeKey(code)})`

foundElsewhere('catalog_variant', (text) => sql`t.id = any(${variantsOfCode(text)})`)
foundElsewhere(
  'catalog_product',
  (text) => sql`t.id = any(array(select v.product from catalog_variant v where v.id = any(${variantsOfCode(text)})))`,
)
