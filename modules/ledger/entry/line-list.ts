import { declaredDocumentKinds } from '#kit/document-kind.ts'
import { among, day, instant, money, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { view } from '#kit/view.ts'

/** What moved on accounts, line by line. The statement of one account has its balances; this is asked across accounts. */
export const ledgerLines = view('ledger_line_list', {
  name: 'ledger.line',
  path: '/ledger-lines',
  fields: {
    id: readonly(uid()),
    entry: readonly(uid()),
    at: readonly(instant()),
    businessDay: readonly(day()),
    account: readonly(ref('ledger_account')),
    party: readonly(optional(ref('party'))),
    place: readonly(optional(ref('place'))),
    documentKind: readonly(among(() => [...declaredDocumentKinds.keys()])),
    number: readonly(optional(text({ max: 40 }))),
    memo: readonly(optional(text({ max: 300 }))),
    debit: readonly(money()),
    credit: readonly(money()),
  },
  can: { read: 'ledger.account.read', export: 'ledger.account.export' },
  // The amounts come before what a small screen may leave out.
  list: ['businessDay', 'account', 'debit', 'credit', 'documentKind', 'number', 'memo', 'party', 'place'],
  // Ids are made in the order in which entries are posted, so no list of these costs a sale one more index.
  sort: ['-id'],
  filters: ['account', 'party', 'place', 'businessDay', 'documentKind'],
  headline: 'debit',
  sums: ['debit', 'credit'],
  title: 'number',
  scope: { place: 'place' },
})
