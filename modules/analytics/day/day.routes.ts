import { routes } from '#kit/server/edge/http.ts'
import { showMovers, showStanding } from './day.queries.ts'

export const dayRoutes = routes({
  'GET /reports/standing': showStanding,
  'GET /reports/movers': showMovers,
})
