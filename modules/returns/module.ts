import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import { countsIn } from '#modules/catalog/index.ts'
import { exchanges } from './return/return.chart.ts'
import { returnRoutes } from './return/return.routes.ts'
import { returnNote } from './return/return.ts'
import { returns } from './return/written.store.ts'
import { returnsAccess } from './returns.access.ts'

export default module({
  name: 'returns',
  depends: ['places', 'access', 'catalog', 'parties', 'inventory', 'ledger', 'pricing', 'payments'],
  parts: [returnsAccess, findable(returnNote), exchanges, returns, countsIn('return_line')],
  routes: [returnRoutes],
})
