import { module } from '#kit/server/module.ts'
import { setupRoutes } from './company/setup.routes.ts'
import { numbersRoutes } from './numbers/numbers.routes.ts'
import './setup.access.ts'

// Stands above all others, because the first run sets each of them up.
export default module({
  name: 'setup',
  depends: ['places', 'access', 'catalog', 'parties', 'inventory', 'ledger', 'payments', 'pos'],
  routes: [setupRoutes, numbersRoutes],
})
