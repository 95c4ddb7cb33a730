import { crud, crudRoutes } from '#kit/server/crud.ts'
import { onConstraint } from '#kit/server/command.ts'
import { routes } from '#kit/server/http.ts'
import { account, AccountProblem } from './account.ts'

onConstraint('ledger_account_code_check', () => AccountProblem.badCode())

export const accountRoutes = routes(crudRoutes(account, crud(account)))
