import { z } from 'zod'
import { NOTE } from '../../notice.ts'
import { query } from '../door/command.ts'
import { people } from '../door/people.ts'
import { readersOf, recordInput, seenRecord } from './record.ts'

const SHOWN = 8
/** So many whose name begins so are asked whether they may see the record. */
const JUDGED = 40

/** Whom a note on a record can mention: those who may see it, by the beginning of their name. */
export const findMentionable = query({
  name: 'kit.findMentionable',
  can: NOTE,
  input: recordInput.extend({ q: z.string().trim().max(60).default('') }),
  async run(reading, { q, ...input }) {
    const record = await seenRecord(reading, input)
    const actors = await people().named(reading.ctx.database, q, JUDGED)
    const readers = await readersOf(reading.db, record, actors)
    const able = actors.filter((one) => one.id !== reading.actor.id && readers.has(one.id!))
    return { rows: able.slice(0, SHOWN).map(({ id, name }) => ({ id: id!, name })) }
  },
})
