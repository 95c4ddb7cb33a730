import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Db } from '#kit/server/data/db.ts'
import { hasEntries } from '#modules/ledger/index.ts'
import { readCompany } from '#modules/places/index.ts'

/** The one-time code that the terminal prints: who reads it owns the machine. Eight digits, new at every start. */
export const newSetupCode = (): string => String(randomInt(10_000_000, 99_999_999)).replace(/(\d{4})(\d{4})/, '$1-$2')

const codes = new WeakMap<Database, string>()
export const expectSetupCode = (database: Database, code: string): void => {
  codes.set(database, code)
}
export const setupCodeOf = (database: Database): string | undefined => codes.get(database)

export const isSetUp = async (database: Database): Promise<boolean> => (await readCompany(database.db)) !== null

/** Which facts of the company stand for good by now, and whether products with prices are there. */
export async function fixedFacts(db: Db): Promise<{ currency: boolean; pricesIncludeTax: boolean; decimals: boolean }> {
  const currency = await hasEntries(db)
  const { rows } = await sql<{ sold: boolean; offered: boolean }>`
    select exists (select from pos_sale_fact) as sold, exists (select from catalog_variant_fact) as offered`.execute(db)
  return { currency, pricesIncludeTax: rows[0]!.sold, decimals: rows[0]!.offered }
}
