import { entity, fixed, flag, integer, oneOf, optional, readonly, ref, text, uid } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

export const methodKinds = ['cash', 'card', 'mobile', 'bank', 'credit'] as const

/** A way to pay. Cash lies in the till's drawer; everything else is booked to the method's account. */
export const method = entity('payment_method', {
  name: 'payments.method',
  path: '/payments/methods',
  fields: {
    id: readonly(uid()),
    name: text({ max: 60 }),
    // What was paid by it is judged by its kind, also after it has changed its name.
    kind: fixed(oneOf(methodKinds)),
    account: optional(ref('ledger_account')),
    needsReference: flag(false),
    position: { ...integer(), initial: 0 },
  },
  can: { read: 'payments.method.read', write: 'payments.method.edit', export: 'payments.method.export' },
  list: ['name', 'kind', 'account', 'needsReference', 'position'],
  sort: ['position', 'name'],
  filters: ['kind'],
  search: ['name'],
  title: 'name',
  seeded: 'method',
  naturalKey: ['name'],
  archive: true,
})

export const PaymentProblem = problems('payments', {
  accountNeeded: { status: 422, say: 'Choose the account that this money goes to. Cash needs none: it goes to the drawer.' },
  wrongAccount: { status: 422, say: 'This account can’t take that kind of payment. Choose a bank, card or wallet account.' },
  short: { status: 422, say: 'The payment is short by {missing:money}.' },
  overcharged: { status: 422, say: 'Only cash can be more than what is due.' },
  referenceUsed: {
    status: 409,
    say: 'A payment with this reference was taken already. Look at the customer’s message again.',
  },
  referenceNeeded: { status: 422, say: 'Enter the reference of the {method} payment.' },
  unknownMethod: { status: 422, say: 'This way to pay is not available any more.' },
  creditTooSmall: { status: 422, say: 'The customer’s store credit is {left:money}.' },
  creditNeedsCustomer: { status: 422, say: 'Choose the customer whose store credit is used.' },
})
