import { document } from '#kit/document.ts'
import { day, instant, money, neededIn, oneOf, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { machine } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

const POST = 'ledger.entry.post'

/** Written as long as it takes and by whoever goes on with it, posted once, and taken back once by its mirror image. */
export const journalLife = machine('draft', {
  post: { from: ['draft'], to: 'posted', can: POST },
  reverse: { from: ['posted'], to: 'reversed', can: POST },
  cancel: { from: ['draft'], to: 'cancelled', can: POST },
})

/** An entry that an accountant writes by hand. What stands in the books is the entry that it posts. */
export const journal = document('ledger_journal', {
  name: 'ledger.journal',
  path: '/journals',
  numbers: 'JV-{YYYY}-{NNNNN}',
  numberedBy: 'post',
  fields: {
    id: readonly(uid()),
    number: readonly(optional(text({ max: 40 }))),
    state: readonly(oneOf(journalLife.states)),
    // A draft may say later what it is for; nothing stands in the books without.
    memo: neededIn(['posted', 'reversed'], optional(text({ max: 300 }))),
    businessDay: day(),
    place: optional(ref('place')),
    amount: readonly(money()),
    entry: readonly(optional(ref('ledger_entry'))),
    reversal: readonly(optional(ref('ledger_entry'))),
    createdBy: readonly(optional(ref('access_user'))),
    createdAt: readonly(instant()),
    postedBy: readonly(optional(ref('access_user'))),
    postedAt: readonly(optional(instant())),
    reversedBy: readonly(optional(ref('access_user'))),
    reversedAt: readonly(optional(instant())),
    reason: readonly(optional(text({ max: 300 }))),
  },
  lines: {
    table: 'ledger_journal_line',
    most: 500,
    // A draft may lack anything: what is missing is judged when it is posted.
    fields: {
      account: optional(ref('ledger_account')),
      memo: optional(text({ max: 200 })),
      debit: optional(money()),
      credit: optional(money()),
      party: optional(ref('party')),
    },
  },
  can: { read: 'ledger.account.read', write: POST, export: 'ledger.account.export' },
  list: ['memo', 'number', 'businessDay', 'place', 'state', 'amount', 'createdBy', 'createdAt'],
  sort: ['-createdAt'],
  filters: ['state', 'businessDay', 'place', 'createdAt', 'createdBy'],
  search: ['number', 'memo'],
  headline: 'amount',
  sums: ['amount'],
  title: 'memo',
  scope: { place: 'place' },
  life: journalLife,
  changeableIn: ['draft'],
  custom: true,
})

export const JournalProblem = problems('ledger.journal', {
  unbalanced: { status: 422, say: 'Debits and credits differ by {difference:money}. An entry must balance.' },
  tooFew: { status: 422, say: 'An entry needs at least two lines.' },
  unfinished: { status: 422, say: 'Line {n} needs an account, and an amount on one side.' },
  control: {
    status: 422,
    say: 'The account {account} takes entries from its documents only. Receive, count or correct the goods, or count the till, instead.',
  },
  partyNeeded: { status: 422, say: 'On the account {account} choose whose debt or credit it is.' },
  archivedAccount: { status: 422, say: 'The account {account} is archived. Choose another one, or restore it.' },
})
