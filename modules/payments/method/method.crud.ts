import { crud, crudRoutes } from '#kit/server/crud.ts'
import { onConstraint } from '#kit/server/command.ts'
import { routes } from '#kit/server/http.ts'
import { method, PaymentProblem } from './method.ts'

onConstraint('payment_method_check', () => PaymentProblem.accountNeeded())

export const methodRoutes = routes(crudRoutes(method, crud(method)))
