import { z } from 'zod'
import { amountSchema, daySchema, entity, instant, day, optional, readonly, ref, text, uid } from '#kit/entity.ts'
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
    documentKind: readonly(text({ max: 40 })),
    number: readonly(optional(text({ max: 40 }))),
    memo: readonly(optional(text({ max: 300 }))),
    place: readonly(optional(ref('place'))),
    document: readonly(uid()),
    reverses: readonly(optional(ref('ledger_entry'))),
  },
  can: { read: 'ledger.account.read', export: 'ledger.account.read' },
  list: ['at', 'businessDay', 'documentKind', 'number', 'memo', 'place'],
  sort: ['-at'],
  filters: ['businessDay', 'documentKind', 'place'],
  search: ['number', 'memo'],
  title: 'number',
  scope: { place: 'place' },
})

export const EntryProblem = problems('ledger.entry', {
  unbalanced: { status: 422, say: 'Debits and credits differ by {difference}. An entry must balance.' },
  tooFew: { status: 422, say: 'An entry needs at least two lines.' },
  closed: { status: 409, say: 'The period of that day is closed. Use a later day, or ask the accountant to reopen it.' },
  reversed: { status: 409, say: 'This entry has been reversed already.' },
  ofDocument: { status: 409, say: 'This entry belongs to a document. Correct the document instead.' },
})

export const journalInput = z.object({
  id: z.uuid(),
  businessDay: daySchema,
  place: z.uuid().nullable().default(null),
  memo: z.string().trim().min(3).max(300),
  lines: z
    .array(z.object({ account: z.uuid(), amount: amountSchema(), memo: z.string().trim().max(200).optional() }))
    .min(2)
    .max(200),
})

export const entryPosted = event(
  'ledger.entry.posted',
  'ledger.account.read',
  z.object({ entry: z.uuid(), place: z.uuid().nullable(), documentKind: z.string() }),
)
