import { module } from '#kit/server/module.ts'
import { agreementRoutes } from './agreement/agreement.routes.ts'
import { parkedRoutes } from './parked/parked.routes.ts'
import './pos.access.ts'
import { saleRoutes } from './sale/sale.routes.ts'
import { shiftRoutes } from './shift/shift.routes.ts'
import { tillRoutes } from './till/till.crud.ts'

export default module({
  name: 'pos',
  depends: ['places', 'access', 'catalog', 'parties', 'inventory', 'ledger', 'payments'],
  routes: [saleRoutes, shiftRoutes, parkedRoutes, agreementRoutes, tillRoutes],
})
