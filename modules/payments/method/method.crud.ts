import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { routes } from '#kit/server/edge/http.ts'
import { accountFor, accountFacts } from '#modules/ledger/index.ts'
import { paid } from './method.chart.ts'
import { method, PaymentProblem, type methodKinds } from './method.ts'

onConstraint('payment_method_check', () => PaymentProblem.accountNeeded())

/** Cash lies in drawers and credit is a debt of ours: neither has a choice. Other money goes where such money can lie. */
async function accountOf(tx: Tx, kind: (typeof methodKinds)[number], account: string | null | undefined): Promise<string | null> {
  if (kind === 'cash') return null
  if (kind === 'credit') return accountFor(tx, paid.storeCredit)
  if (!account) throw PaymentProblem.accountNeeded()
  const facts = await accountFacts(tx.db, account)
  const canTake = facts?.holds
    ? facts.holds !== 'drawer' && facts.holds !== 'safe'
    : facts?.kind === 'asset' && facts.part === null
  if (!canTake) throw PaymentProblem.wrongAccount()
  return account
}

const verbs = crud(method, {
  beforeCreate: async (tx, input) => ({ account: await accountOf(tx, input.kind, input.account) }),
  beforeChange: async (tx, row, changes) =>
    'account' in changes ? { account: await accountOf(tx, row.kind, changes.account) } : undefined,
})
export const methodRoutes = routes(crudRoutes(method, verbs))
