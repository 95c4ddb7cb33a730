import { entity, oneOf, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

export const accountKinds = ['asset', 'liability', 'equity', 'income', 'expense'] as const

/** An account of the money ledger. `part` names what postings use it for; it is given by the chart, not by people. */
export const account = entity('ledger_account', {
  name: 'ledger.account',
  path: '/accounts',
  fields: {
    id: readonly(uid()),
    code: text({ max: 20 }),
    name: text({ max: 120 }),
    kind: oneOf(accountKinds),
    part: { ...readonly(optional(text({ max: 40 }))), isForProgram: true },
    holds: readonly(optional(oneOf(['drawer', 'safe', 'bank', 'wallet', 'card']))),
    place: optional(ref('place')),
  },
  can: {
    read: 'ledger.account.read',
    write: 'ledger.account.edit',
    export: 'ledger.account.export',
    import: 'ledger.account.edit',
  },
  list: ['code', 'name', 'kind', 'holds', 'place'],
  sort: ['code', 'name'],
  filters: ['kind', 'holds', 'place'],
  search: ['code', 'name'],
  title: 'name',
  seeded: 'account',
  naturalKey: ['code'],
  archive: true,
})

export const AccountProblem = problems('ledger.account', {
  badCode: { status: 422, say: 'An account code has up to 20 digits, capital letters, dots or dashes.' },
  missingPart: { status: 422, say: 'The chart of accounts has no account for {part}. Add one in the settings.' },
})
