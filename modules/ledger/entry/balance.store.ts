import { sql, type RawBuilder } from 'kysely'
import { reaches, type Reach } from '#kit/access.ts'

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
