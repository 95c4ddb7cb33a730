import { crud, crudRoutes } from '#kit/server/list/crud.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import { routes } from '#kit/server/edge/http.ts'
import { account, AccountProblem } from './account.ts'
import { accountStatement, exportStatement, partyBalances, showChart } from './account.queries.ts'

onConstraint('ledger_account_code_check', () => AccountProblem.badCode())

export const accountRoutes = routes(crudRoutes(account, crud(account)))

export const chartRoutes = routes({
  'GET /accounts/chart': showChart,
  'GET /accounts/:id/statement': accountStatement,
  'GET /accounts/:id/statement/export': exportStatement,
  'GET /party-balances/:party': partyBalances,
})
