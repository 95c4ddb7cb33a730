import { module } from '#kit/server/edge/module.ts'
import { earned } from './revenue/revenue.chart.ts'

export default module({
  name: 'pricing',
  depends: ['places', 'access', 'catalog', 'parties', 'inventory', 'ledger'],
  parts: Object.values(earned),
  routes: [],
})
