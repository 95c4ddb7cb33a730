import { newId } from '#kit/id.ts'
import { minor, type Minor } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { booked } from './entry.effect.store.ts'
import { EntryProblem } from './entry.ts'

export interface Posting {
  readonly id?: string
  readonly businessDay: string
  readonly place: string | null
  readonly documentKind: string
  readonly document: string
  /** What this entry is for, where a document posts more than one: it posts each once. */
  readonly purpose?: string
  readonly number?: string
  readonly memo?: string
  readonly reverses?: string
  /** Who writes the sums: a till's id, so that tills never wait for one another. */
  readonly source?: string
  /** What it is about, where that is not the sum of its debits: what a customer paid, beside which goods leave at their cost. */
  readonly headline?: Minor
  /** Debits above zero, credits below; lines of zero are left out. */
  readonly lines: readonly { account: string; amount: Minor; party?: string | null; memo?: string }[]
}

onConstraint('ledger_entry_balances', () => EntryProblem.uneven())
onConstraint('ledger_line_ceiling', () => EntryProblem.tooLarge())
onConstraint('ledger_entry_once', () => EntryProblem.twice())
onConstraint('ledger_entry_business_day', () => EntryProblem.badDay())
onConstraint('ledger_period_open', () => EntryProblem.closed())
onConstraint('ledger_entry_reverses_key', () => EntryProblem.reversed())

const ENTRY = `insert into ledger_entry (id, at, business_day, place, document_kind, document, purpose, source, number, memo, amount, aside, reverses, posted_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
const LINES = `insert into ledger_line (id, entry, account, amount, business_day, party, memo)
  select l.id, $1, l.account, l.amount, $2, l.party, l.memo
  from unnest($3::uuid[], $4::uuid[], $5::bigint[], $6::uuid[], $7::text[]) as l(id, account, amount, party, memo)`

/**
 * Posts one entry in the caller's transaction: the entry and its lines, which must add up to zero; the ledger keeps the sums
 * itself. They are written with COMMIT. Lock order: goods first, then the sums by account.
 * @throws `ledger.entry.uneven` (the database judges), `ledger.entry.closed`, `ledger.entry.twice`
 */
export function post(tx: Tx, posting: Posting): string {
  const id = posting.id ?? newId()
  const lines = posting.lines.filter((line) => line.amount !== 0n)
  if (lines.length === 0) return id
  tx.effect(booked, posting)
  const { businessDay: day } = posting
  const amount = lines.reduce((all, line) => (line.amount > 0n ? all + line.amount : all), 0n)
  tx.write({
    name: 'ledger-entry',
    text: ENTRY,
    values: [
      id,
      tx.now,
      day,
      posting.place,
      posting.documentKind,
      posting.document,
      posting.purpose ?? '',
      posting.source ?? null,
      posting.number ?? null,
      posting.memo ?? null,
      amount,
      amount - (posting.headline ?? amount),
      posting.reverses ?? null,
      tx.actor.id,
    ],
  })
  tx.write({
    name: 'ledger-lines',
    text: LINES,
    values: [
      id,
      day,
      lines.map(() => newId()),
      lines.map((l) => l.account),
      lines.map((l) => l.amount),
      lines.map((l) => l.party ?? null),
      lines.map((l) => l.memo ?? null),
    ],
  })
  return id
}

/** What was posted, and what takes it back. */
interface TakenBack extends Pick<Posting, 'documentKind' | 'document' | 'businessDay' | 'number' | 'memo'> {
  /** What the entry was posted for; its reversal is posted for that as well, once. */
  readonly purpose?: string
}

/**
 * Posts the mirror image of an entry of a document: every line with its sides exchanged, on another day. Both stay.
 * @throws `kit.notFound` where nothing was posted for that purpose, `ledger.entry.closed`, `ledger.entry.reversed`
 */
export async function takeBack(tx: Tx, { purpose = '', ...given }: TakenBack): Promise<string> {
  const entry = await tx.db
    .selectFrom('ledgerEntry')
    .select(['id', 'place', 'headline', 'businessDay'])
    .where('document', '=', given.document)
    .where('documentKind', '=', given.documentKind)
    .where('purpose', '=', purpose)
    .executeTakeFirst()
  if (!entry) throw CommonProblem.notFound()
  // Nothing is taken back before it was.
  if (given.businessDay < entry.businessDay) throw EntryProblem.before({ day: entry.businessDay })
  const lines = await tx.db
    .selectFrom('ledgerLine')
    .select(['account', 'amount', 'party'])
    .where('entry', '=', entry.id)
    .orderBy('id')
    .execute()
  return post(tx, {
    ...given,
    place: entry.place,
    purpose: purpose === '' ? 'reversal' : `${purpose}:reversal`,
    headline: entry.headline,
    reverses: entry.id,
    lines: lines.map((line) => ({ ...line, amount: minor(-line.amount) })),
  })
}

/** What an account holds for one party, in minor units, debit above zero. */
export async function partyBalance(tx: Tx, account: string, party: string): Promise<Minor> {
  const { rows } = await tx.client.query<{ balance: Minor }>(
    'select coalesce(sum(amount), 0)::bigint as balance from ledger_line where account = $1 and party = $2',
    [account, party],
  )
  return rows[0]!.balance
}

/** Does any amount stand in the books yet? */
export const hasEntries = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('ledgerEntry').select('id').limit(1).executeTakeFirst()) !== undefined
