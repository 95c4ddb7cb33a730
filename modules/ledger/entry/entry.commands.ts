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

async function refuseArchived(tx: Tx, accounts: readonly string[]) {
  const row = await tx.db
    .selectFrom('ledgerAccount')
    .select(['code', 'name'])
    .where('id', 'in', accounts)
    .where('archivedAt', 'is not', null)
    .orderBy('code')
    .executeTakeFirst()
  if (row) throw EntryProblem.archivedAccount({ account: `${row.code} ${row.name}` })
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
    await refuseArchived(
      tx,
      input.lines.map((line) => line.account),
    )
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
