import { module } from '#kit/server/module.ts'
import { methodRoutes } from './method/method.crud.ts'
import './payments.access.ts'

export default module({ name: 'payments', depends: ['ledger'], routes: [methodRoutes] })
