import { routes } from '#kit/server/edge/http.ts'
import { exportReport, showReport } from './report.queries.ts'

export const reportRoutes = routes({
  'GET /reports/:name': showReport,
  'GET /reports/:name/export': exportReport,
})
