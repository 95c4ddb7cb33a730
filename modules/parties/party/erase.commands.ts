import { z } from 'zod'
import { blindIndexes } from '#kit/server/data/blind.ts'
import { command } from '#kit/server/door/command.ts'
import { lockRow, updateRow } from '#kit/server/list/crud.ts'
import { erase, ERASED } from '#kit/server/list/keeping.ts'
import { party, PartyProblem } from './party.ts'

/**
 * Takes away what is known about a person: name, numbers, addresses, notes, and the messages to them. What they bought and
 * owe stays in the books, without a name; the trail has kept no more than the ends of numbers, so it still verifies.
 */
export const eraseParty = command({
  name: 'parties.eraseParty',
  can: 'parties.party.erase',
  stepUp: true,
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(3).max(300) }),
  async run(tx, { id }) {
    const of = party
    const row = await lockRow(tx, of, id, 'parties.party.erase')
    if (row['erasedAt']) throw PartyProblem.erased()
    await erase(tx, {
      record: id,
      indexes: blindIndexes(tx.db, [...(row['phones'] as string[]), ...(row['emails'] as string[])]),
    })
    const nothing = {
      phones: [],
      emails: [],
      taxNumber: null,
      bankAccount: null,
      address: null,
      city: null,
      language: null,
      note: null,
    }
    await tx.db.updateTable('party').set({ custom: '{}', customSaid: '' }).where('id', '=', id).execute()
    await updateRow(tx, of, row, { ...nothing, name: ERASED, customerGroup: null, archivedAt: tx.now, erasedAt: tx.now })
    return { erased: true }
  },
})
