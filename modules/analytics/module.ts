import { module } from '#kit/server/module.ts'
import './analytics.access.ts'
import { boardRoutes } from './board/board.routes.ts'

export default module({
  name: 'analytics',
  depends: ['places', 'catalog', 'inventory', 'payments', 'pos'],
  routes: [boardRoutes],
})
