import { sql } from 'kysely'
import { booksHold } from '#modules/ledger/index.ts'

/** The stock account holds what the goods of the company are worth. */
booksHold(async (db) => {
  const { rows } = await sql<{ kept: bigint }>`
    select coalesce(sum(value), 0)::bigint as kept from inventory_balance where owner is null`.execute(db)
  return [{ part: 'stock', kept: rows[0]!.kept }]
})
