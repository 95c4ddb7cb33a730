import { module } from '#kit/server/edge/module.ts'
import { connectionRoutes } from './connection/connection.routes.ts'
import { scheduledRoutes } from './scheduled/scheduled.routes.ts'
import { setupRoutes } from './company/setup.routes.ts'
import { customFieldRoutes, ownFields } from './field/custom-field.crud.ts'
import { numbersRoutes } from './numbers/numbers.routes.ts'
import { setupAccess } from './setup.access.ts'

// Stands above all others, because the first run sets each of them up.
export default module({
  name: 'setup',
  depends: ['places', 'access', 'catalog', 'parties', 'inventory', 'ledger', 'payments', 'pos'],
  parts: [setupAccess, ownFields],
  routes: [setupRoutes, numbersRoutes, customFieldRoutes, connectionRoutes, scheduledRoutes],
})
