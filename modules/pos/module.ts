import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import { countsIn } from '#modules/catalog/index.ts'
import { checkoutRoutes } from './checkout/checkout.routes.ts'
import { backRoutes } from './back/back.routes.ts'
import { agreementRoutes } from './basket/agreement.routes.ts'
import { drawerRoutes } from './drawer/drawer.routes.ts'
import { removedRoutes } from './removed/removed.routes.ts'
import { parkedRoutes } from './parked/parked.routes.ts'
import { posAccess } from './pos.access.ts'
import { quickRoutes } from './quick/quick.routes.ts'
import { receiptAttached } from './receipt/receipt.commands.ts'
import { receiptRoutes } from './receipt/receipt.routes.ts'
import { drawers } from './shift/shift.chart.ts'
import { saleBeside } from './sale/export.store.ts'
import { receipts } from './sale/sale.store.ts'
import { shifts } from './shift/shift.store.ts'
import { drawersHeld } from './shift/check.store.ts'
import { saleRoutes } from './sale/sale.routes.ts'
import { shiftRoutes } from './shift/shift.routes.ts'
import { tillRoutes } from './till/till.crud.ts'
import { sale } from './sale/sale.ts'
import { tillsWait } from './shift/waiting.store.ts'

export default module({
  name: 'pos',
  depends: ['places', 'access', 'catalog', 'parties', 'inventory', 'ledger', 'pricing', 'payments', 'returns'],
  parts: [
    posAccess,
    findable(sale),
    ...Object.values(drawers),
    receipts,
    shifts,
    saleBeside,
    countsIn('pos_sale_line'),
    receiptAttached,
    drawersHeld,
    ...tillsWait,
  ],
  routes: [
    saleRoutes,
    checkoutRoutes,
    backRoutes,
    receiptRoutes,
    shiftRoutes,
    drawerRoutes,
    removedRoutes,
    parkedRoutes,
    agreementRoutes,
    quickRoutes,
    tillRoutes,
  ],
})
