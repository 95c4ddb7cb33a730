import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { daySchema } from '#kit/entity.ts'
import { minor, sum } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { nextNumber } from '#kit/server/series.ts'
import { theCompany } from '#modules/places/index.ts'
import { EntryProblem, entryPosted, journalInput } from './entry.ts'
import { post } from './entry.store.ts'

/** Entries without a place belong to the whole company: who works at some places only would not see them again. */
function refuseElsewhere(tx: Tx, place: string | null) {
  if (place === null && !reachOf(tx.actor, 'ledger.entry.post')?.all) throw EntryProblem.placeNeeded()
}

/**
 * Accounts that no hand books to: archived ones; stock and drawers, whose documents alone say what is there; and what people
 * owe or are owed, unless the line says who.
 */
async function refuseAccounts(tx: Tx, lines: readonly { account: string; party?: string | null | undefined }[]) {
  const rows = await tx.db
    .selectFrom('ledgerAccount')
    .select(['id', 'code', 'name', 'part', 'holds', 'archivedAt'])
    .where(
      'id',
      'in',
      lines.map((line) => line.account),
    )
    .orderBy('code')
    .execute()
  for (const row of rows) {
    const account = `${row.code} ${row.name}`
    if (row.archivedAt !== null) throw EntryProblem.archivedAccount({ account })
    if (row.part === 'stock' || row.holds === 'drawer') throw EntryProblem.control({ account })
    const isOfPeople = row.part === 'storeCredit' || row.part === 'receivable'
    if (isOfPeople && lines.some((line) => line.account === row.id && !line.party)) throw EntryProblem.partyNeeded({ account })
  }
}

/** A year ahead at most: what is typed further away is a mistake, and stays out of sight of every report. */
function refuseFar(tx: Tx, day: string) {
  const last = tx.now.toZonedDateTimeISO('UTC').toPlainDate().add({ years: 1 }).toString()
  if (day < '2000-01-01' || day > last) throw EntryProblem.badDay()
}

/** A manual entry by the accountant. */
export const postJournal = command({
  name: 'ledger.postJournal',
  can: 'ledger.entry.post',
  input: journalInput,
  place: (input) => input.place,
  async run(tx, input) {
    const difference = sum(input.lines.map((line) => line.amount))
    if (difference !== 0n) throw EntryProblem.unbalanced({ difference, currency: (await theCompany(tx.db)).currency })
    if (input.lines.filter((line) => line.amount !== 0n).length < 2) throw EntryProblem.tooFew()
    refuseElsewhere(tx, input.place)
    refuseFar(tx, input.businessDay)
    await refuseAccounts(tx, input.lines)
    const { id, ...rest } = input
    const number = await nextNumber(tx, 'journal', null, { day: input.businessDay })
    post(tx, {
      ...rest,
      id,
      documentKind: 'journal',
      document: id,
      number,
      lines: input.lines.map(({ memo, party, ...line }) => ({ ...line, party: party ?? null, ...(memo && { memo }) })),
    })
    tx.about('ledger_entry', id, input.place)
    tx.emit(entryPosted, { entry: id, place: input.place, documentKind: 'journal' })
    return { id, number }
  },
})

/** Takes a manual entry back by its mirror image on a day of the accountant's choice. */
export const reverseEntry = command({
  name: 'ledger.reverseEntry',
  can: 'ledger.entry.post',
  input: z.object({ id: z.uuid(), newEntry: z.uuid(), businessDay: daySchema, reason: z.string().trim().min(3).max(300) }),
  async run(tx, { id, newEntry, businessDay, reason }) {
    const old = await tx.db.selectFrom('ledgerEntry').selectAll().where('id', '=', id).executeTakeFirst()
    if (!old) throw CommonProblem.notFound()
    tx.mayAt('ledger.entry.post', old.place)
    refuseElsewhere(tx, old.place)
    if (old.documentKind !== 'journal') throw EntryProblem.ofDocument()
    refuseFar(tx, businessDay)
    const lines = await tx.db.selectFrom('ledgerLine').select(['account', 'amount', 'party']).where('entry', '=', id).execute()
    post(tx, {
      id: newEntry,
      businessDay,
      place: old.place,
      documentKind: 'journal',
      document: newEntry,
      number: await nextNumber(tx, 'journal', null, { day: businessDay }),
      memo: reason,
      reverses: id,
      lines: lines.map((line) => ({ account: line.account, amount: minor(-line.amount), party: line.party })),
    })
    tx.about('ledger_entry', newEntry, old.place)
    tx.emit(entryPosted, { entry: newEntry, place: old.place, documentKind: 'journal' })
    return { id: newEntry }
  },
})
