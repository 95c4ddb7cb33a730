import { z } from 'zod'
import { declaredDocumentKinds } from '#kit/document-kind.ts'
import { among, entity, instant, day, money, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { problems } from '#kit/problem.ts'

/** An entry of the money ledger: its lines add up to zero. Corrected only by an entry that reverses it. */
export const entry = entity('ledger_entry', {
  name: 'ledger.entry',
  path: '/entries',
  fields: {
    id: readonly(uid()),
    at: readonly(instant()),
    businessDay: readonly(day()),
    documentKind: readonly(among(() => [...declaredDocumentKinds.keys()])),
    number: readonly(optional(text({ max: 40 }))),
    memo: readonly(optional(text({ max: 300 }))),
    /** What it is about: of a sale what the customer paid. */
    headline: readonly(money()),
    /** The sum of its debits. */
    amount: readonly(money()),
    place: readonly(optional(ref('place'))),
    document: readonly(uid()),
    reverses: readonly(optional(ref('ledger_entry'))),
  },
  can: { read: 'ledger.account.read', export: 'ledger.account.export' },
  list: ['number', 'businessDay', 'documentKind', 'memo', 'place', 'headline', 'at'],
  sort: ['-at'],
  filters: ['businessDay', 'documentKind', 'place', 'headline'],
  search: ['number', 'memo'],
  title: 'number',
  scope: { place: 'place' },
})

export const EntryProblem = problems('ledger.entry', {
  uneven: { status: 422, say: 'Debits and credits must be the same amount.' },
  closed: { status: 409, say: 'The period of that day is closed. Use a later day, or ask the accountant to reopen it.' },
  twice: { status: 409, say: 'This document is in the books already.' },
  tooLarge: { status: 422, say: 'That amount is larger than the books can hold. Look at quantities, prices and costs again.' },
  badDay: { status: 422, say: 'Choose a day from the year 2000 on, and none that is more than a year ahead.' },
  before: { status: 422, say: 'Choose {day} or a later day: nothing is taken back before it was booked.' },
  reversed: { status: 409, say: 'This entry has been reversed already.' },
})

export const entryPosted = event(
  'ledger.entry.posted',
  'ledger.account.read',
  z.object({ entry: z.uuid(), place: z.uuid().nullable(), documentKind: z.string() }),
)
