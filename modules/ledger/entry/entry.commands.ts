import { z } from 'zod'
import { minor, sum } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { command } from '#kit/server/command.ts'
import { EntryProblem, entryPosted, journalInput } from './entry.ts'
import { post } from './entry.store.ts'

/** A manual entry by the accountant. */
export const postJournal = command({
  name: 'ledger.postJournal',
  can: 'ledger.entry.post',
  input: journalInput,
  place: (input) => input.place,
  async run(tx, input) {
    const difference = sum(input.lines.map((line) => line.amount))
    if (difference !== 0n) throw EntryProblem.unbalanced({ difference })
    if (input.lines.filter((line) => line.amount !== 0n).length < 2) throw EntryProblem.tooFew()
    const { id, ...rest } = input
    post(tx, {
      ...rest,
      id,
      documentKind: 'journal',
      document: id,
      lines: input.lines.map(({ memo, ...line }) => ({ ...line, ...(memo && { memo }) })),
    })
    tx.about('ledger_entry', id, input.place)
    tx.emit(entryPosted, { entry: id, place: input.place, documentKind: 'journal' })
    return { id }
  },
})

/** Takes a manual entry back by its mirror image on a day of the accountant's choice. */
export const reverseEntry = command({
  name: 'ledger.reverseEntry',
  can: 'ledger.entry.post',
  input: z.object({ id: z.uuid(), newEntry: z.uuid(), businessDay: z.iso.date(), reason: z.string().trim().min(3).max(300) }),
  async run(tx, { id, newEntry, businessDay, reason }) {
    const old = await tx.db.selectFrom('ledgerEntry').selectAll().where('id', '=', id).executeTakeFirst()
    if (!old) throw CommonProblem.notFound()
    tx.mayAt('ledger.entry.post', old.place)
    if (old.documentKind !== 'journal') throw EntryProblem.ofDocument()
    const lines = await tx.db.selectFrom('ledgerLine').select(['account', 'amount', 'party']).where('entry', '=', id).execute()
    post(tx, {
      id: newEntry,
      businessDay,
      place: old.place,
      documentKind: 'journal',
      document: newEntry,
      memo: reason,
      reverses: id,
      lines: lines.map((line) => ({ account: line.account, amount: minor(-line.amount), party: line.party })),
    })
    tx.about('ledger_entry', newEntry, old.place)
    tx.emit(entryPosted, { entry: newEntry, place: old.place, documentKind: 'journal' })
    return { id: newEntry }
  },
})
