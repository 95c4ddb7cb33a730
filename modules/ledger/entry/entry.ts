import { z } from 'zod'
import { amountSchema, daySchema, entity, instant, day, money, oneOf, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { problems } from '#kit/problem.ts'

/** What entries are posted for. Those who post from above name theirs here, so that people can filter by it. */
export const entryKinds = [
  'journal',
  'pos.sale',
  'pos.shift',
  'pos.cash',
  'inventory.receipt',
  'inventory.adjustment',
  'inventory.count',
  'inventory.transfer',
] as const

/** An entry of the money ledger: its lines add up to zero. Corrected only by an entry that reverses it. */
export const entry = entity('ledger_entry', {
  name: 'ledger.entry',
  path: '/entries',
  fields: {
    id: readonly(uid()),
    at: readonly(instant()),
    businessDay: readonly(day()),
    documentKind: readonly(oneOf(entryKinds)),
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
  unbalanced: { status: 422, say: 'Debits and credits differ by {difference:money}. An entry must balance.' },
  tooFew: { status: 422, say: 'An entry needs at least two lines.' },
  closed: { status: 409, say: 'The period of that day is closed. Use a later day, or ask the accountant to reopen it.' },
  twice: { status: 409, say: 'This document is in the books already.' },
  badDay: { status: 422, say: 'Choose a day from the year 2000 on, and none that is more than a year ahead.' },
  control: {
    status: 422,
    say: 'The account {account} takes entries from its documents only. Receive, count or correct the goods, or count the till, instead.',
  },
  partyNeeded: { status: 422, say: 'On the account {account} choose whose debt or credit it is.' },
  reversed: { status: 409, say: 'This entry has been reversed already.' },
  archivedAccount: { status: 422, say: 'The account {account} is archived. Choose another one, or restore it.' },
  placeNeeded: { status: 422, say: 'Choose the place that this entry belongs to.' },
  ofDocument: { status: 409, say: 'This entry belongs to a document. Correct the document instead.' },
})

export const journalInput = z.object({
  id: z.uuid(),
  businessDay: daySchema,
  place: z.uuid().nullable().default(null),
  memo: z.string().trim().min(3).max(300),
  lines: z
    .array(
      z.object({
        account: z.uuid(),
        amount: amountSchema(),
        party: z.uuid().nullish(),
        memo: z.string().trim().max(200).optional(),
      }),
    )
    .min(2)
    .max(200),
})

export const entryPosted = event(
  'ledger.entry.posted',
  'ledger.account.read',
  z.object({ entry: z.uuid(), place: z.uuid().nullable(), documentKind: z.string() }),
)
