import { z } from 'zod'
import { daySchema } from '#kit/entity.ts'
import { newId } from '#kit/id.ts'
import { act } from '#kit/server/document/act.ts'
import { numberOf } from '#kit/server/document/document.ts'
import { entryPosted } from '../entry/entry.ts'
import { post, takeBack } from '../entry/entry.store.ts'
import { postedLines, refuseFar } from './journal.store.ts'
import { journal } from './journal.ts'

/** Into the books, with its number. From now on it stays, and is corrected by being taken back. */
export const postJournal = act(journal, 'post', {
  async run(tx, { row, lines, number }) {
    refuseFar(tx, row.businessDay)
    const { businessDay, place = null, memo } = row
    const posted = await postedLines(tx, lines)
    const entry = post(tx, {
      ...facts,
      id: newId(),
      document: row.id,
      businessDay,
      place,
      ...(memo && { memo }),
      number,
      lines: posted,
    })
    tx.emit(entryPosted, { entry, place, documentKind: facts.documentKind })
    return { values: { entry, postedBy: tx.actor.id, postedAt: tx.now } }
  },
})

/** Takes it back by its mirror image, on a day whose month is open. Both stay in the books. */
export const reverseJournal = act(journal, 'reverse', {
  input: { businessDay: daySchema, reason: z.string().trim().min(3).max(300) },
  async run(tx, { row, input: { businessDay, reason } }) {
    refuseFar(tx, businessDay)
    const reversal = await takeBack(tx, {
      ...facts,
      document: row.id,
      businessDay,
      memo: reason,
      number: await numberOf(tx, journal.series, { businessDay }),
    })
    tx.emit(entryPosted, { entry: reversal, place: row.place ?? null, documentKind: facts.documentKind })
    return { values: { reversal, reason, reversedBy: tx.actor.id, reversedAt: tx.now } }
  },
})
const facts = { documentKind: journal.kind.name }

/** It will not be posted. */
export const cancelJournal = act(journal, 'cancel')
