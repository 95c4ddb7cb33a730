import type { LineInput, LineRow } from '#kit/document.ts'
import { minor, sum, type Minor } from '#kit/money.ts'
import type { DocumentHooks } from '#kit/server/document/document.ts'
import type { Reading, Tx } from '#kit/server/door/context.ts'
import { seedKeyOf } from '#kit/server/host/words.ts'
import { theCompany } from '#modules/places/index.ts'
import { EntryProblem } from '../entry/entry.ts'
import { isByParty } from '../account/account.rules.ts'
import { JournalProblem, journal } from './journal.ts'

type Of<D> = D extends { fields: infer F; lines: { fields: infer LF } } ? [F, LF] : never
type Fields = Of<typeof journal>
export type JournalLine = LineRow<Fields[1]>

/** What is on it, and what that comes to. Whether it balances is judged when it is posted. */
export const journalHooks: DocumentHooks<Fields[0], Fields[1]> = {
  write(tx, head, lines) {
    if (head.businessDay) refuseFar(tx, head.businessDay)
    return { values: { amount: debitsOf(lines) } }
  },
  async describe(reading, lines) {
    const accounts = await accountsOn(reading, lines)
    return new Map(
      lines.map((line) => {
        const { code, name } = accounts.get(line.account ?? '') ?? {}
        return [line.id, { code, name, seed: name === undefined ? null : (seedKeyOf('account', name) ?? null) }]
      }),
    )
  },
}

const debitsOf = (lines: readonly LineInput<Fields[1]>[]): Minor => sum(lines.map((line) => line.debit ?? minor(0)))

/** A year ahead at most: what is typed further away is a mistake, and stays out of sight of every report. */
export function refuseFar(tx: Tx, day: string): void {
  const last = tx.now.toZonedDateTimeISO('UTC').toPlainDate().add({ years: 1 }).toString()
  if (day < '2000-01-01' || day > last) throw EntryProblem.badDay()
}

export interface PostedLine {
  readonly account: string
  readonly amount: Minor
  readonly party: string | null
  readonly memo?: string
}

/** The lines as they are booked: debit above zero, credit below. @throws what is missing on them */
export async function postedLines(tx: Tx, lines: readonly JournalLine[]): Promise<PostedLine[]> {
  const posted = lines.map(({ account, debit, credit, party, memo, position }): PostedLine => {
    const amount = minor((debit ?? 0n) - (credit ?? 0n))
    if (!account || (debit && credit) || amount === 0n) throw JournalProblem.unfinished({ n: position + 1 })
    return { account, amount, party: party ?? null, ...(memo && { memo }) }
  })
  if (posted.length < 2) throw JournalProblem.tooFew()
  const difference = sum(posted.map((line) => line.amount))
  if (difference !== 0n) throw JournalProblem.unbalanced({ difference, currency: (await theCompany(tx.db)).currency })
  await refuseAccounts(tx, posted)
  return posted
}

/**
 * Accounts that no hand books to: archived ones; stock and drawers, whose documents alone say what is there; and what people
 * owe or are owed, unless the line says who.
 */
async function refuseAccounts(tx: Tx, lines: readonly PostedLine[]): Promise<void> {
  const accounts = await accountsOn(tx, lines)
  for (const [id, { code, name, part, holds, archivedAt }] of accounts) {
    const account = `${code} ${name}`
    if (archivedAt !== null) throw JournalProblem.archivedAccount({ account })
    if (part === 'stock' || part === 'inTransit' || holds === 'drawer') throw JournalProblem.control({ account })
    const lacksParty = isByParty(part) && lines.some((line) => line.account === id && !line.party)
    if (lacksParty) throw JournalProblem.partyNeeded({ account })
  }
}

async function accountsOn({ db }: Pick<Tx | Reading, 'db'>, lines: readonly { account?: string | null }[]) {
  const ids = [...new Set(lines.flatMap(({ account }) => (account ? [account] : [])))]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('ledgerAccount')
    .select(['id', 'code', 'name', 'part', 'holds', 'archivedAt'])
    .where('id', 'in', ids)
    .orderBy('code')
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
