import { rate, type Rate } from '#kit/money.ts'
import type { Db } from '#kit/server/data/db.ts'
import { sql } from 'kysely'

/** The tax rates of some articles on a day; one without a class has none. */
export async function taxRatesOf(db: Db, variants: readonly string[], day: string): Promise<Map<string, Rate>> {
  const { rows } = await sql<{ id: string; rate: string }>`
    select v.id, coalesce(r.rate, 0)::text as rate from catalog_variant v join catalog_product p on p.id = v.product
    left join lateral (select rate from catalog_tax_rate where tax_class = p.tax_class and valid_from <= ${day}
      order by valid_from desc limit 1) r on true
    where v.id = any(${[...new Set(variants)]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, rate(row.rate)]))
}

/** What the tax classes are called, by their codes. */
export async function taxNamesOf(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('catalogTaxClass').select(['code', 'name']).execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}
