import { module } from '#kit/server/edge/module.ts'
import { analyticsAccess } from './analytics.access.ts'
import { boardRoutes } from './board/board.routes.ts'
import { sumDaysThatAreOver } from './daily/daily.jobs.ts'
import { dayRoutes } from './day/day.routes.ts'
import { planRoutes } from './plan/plan.crud.ts'
import { planAttached, sendReports } from './plan/plan.jobs.ts'
import { reportRoutes } from './report/report.routes.ts'

export default module({
  name: 'analytics',
  depends: ['places', 'access', 'catalog', 'inventory', 'ledger', 'payments', 'pos'],
  parts: [analyticsAccess, sendReports, planAttached, sumDaysThatAreOver],
  routes: [boardRoutes, dayRoutes, planRoutes, reportRoutes],
})
