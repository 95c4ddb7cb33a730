import { module } from '#kit/server/edge/module.ts'
import { paid } from './method/method.chart.ts'
import { methodRoutes } from './method/method.crud.ts'
import { paymentsAccess } from './payments.access.ts'

export default module({
  name: 'payments',
  depends: ['ledger'],
  parts: [paymentsAccess, ...Object.values(paid)],
  routes: [methodRoutes],
})
