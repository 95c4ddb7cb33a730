import { sql, type RawBuilder } from 'kysely'
import { reaches, type Reach } from '#kit/access.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { AccountKind } from './account.rules.ts'

/** The places whose entries count; null is the whole company, also what was posted without a place. */
export const placesIn = (reach: Reach, place: string | undefined): readonly string[] | null =>
  place ? (reaches(reach, place) ? [place] : []) : reach.all ? null : reach.places

/**
 * Debits and credits by account and business day. The whole company reads the sums kept beside the ledger; some places
 * read the lines themselves, because the sums know no place.
 */
export const balancesIn = (places: readonly string[] | null): RawBuilder<unknown> =>
  places === null
    ? sql`ledger_balance`
    : sql`(select l.account, l.business_day, greatest(l.amount, 0) as debit, greatest(-l.amount, 0) as credit
        from ledger_line l join ledger_entry e on e.id = l.entry where e.place = any(${places}::uuid[]))`

/** The same of one party, by the index over their lines: no sums are kept of people. */
export const balancesWith = (party: string, places: readonly string[] | null): RawBuilder<unknown> =>
  sql`(select l.account, l.business_day, greatest(l.amount, 0) as debit, greatest(-l.amount, 0) as credit
    from ledger_line l ${places ? sql`join ledger_entry e on e.id = l.entry` : sql``}
    where l.party = ${party} ${places ? sql`and e.place = any(${places}::uuid[])` : sql``})`

/** An account with its balance before a span, what moved within it, and its balance after; debit above zero. */
export interface AccountSums {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: AccountKind
  readonly opening: bigint
  readonly debit: bigint
  readonly credit: bigint
  readonly closing: bigint
}

/** The sums of every account between two business days, by code; `null` for the places is the whole company. */
export async function accountSums(
  db: Db,
  { from, to }: { readonly from: string; readonly to: string },
  places: readonly string[] | null,
): Promise<AccountSums[]> {
  const { rows } = await sql<AccountSums>`
    select a.id, a.code, a.name, a.kind,
      coalesce(sum(b.debit - b.credit) filter (where b.business_day < ${from}), 0)::bigint as opening,
      coalesce(sum(b.debit) filter (where b.business_day between ${from} and ${to}), 0)::bigint as debit,
      coalesce(sum(b.credit) filter (where b.business_day between ${from} and ${to}), 0)::bigint as credit,
      coalesce(sum(b.debit - b.credit) filter (where b.business_day <= ${to}), 0)::bigint as closing
    from ledger_account a left join ${balancesIn(places)} b on b.account = a.id group by a.id order by a.code`.execute(db)
  return rows
}

/** What stands on the accounts that play some parts, by part, of the whole company; debit above zero. */
export async function partBalances(db: Db, parts: readonly string[]): Promise<Readonly<Record<string, bigint>>> {
  const { rows } = await sql<{ part: string; balance: bigint }>`
    select a.part, coalesce(sum(b.debit - b.credit), 0)::bigint as balance
    from ledger_account a left join ledger_balance b on b.account = a.id where a.part = any(${parts}::text[]) group by 1`.execute(
    db,
  )
  return Object.fromEntries(rows.map(({ part, balance }) => [part, balance]))
}
