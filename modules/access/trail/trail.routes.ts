import { routes } from '#kit/server/http.ts'
import { exportTrail, listTrail, listTrailChoices, showTrail } from './trail.queries.ts'

export const trailRoutes = routes({
  'GET /audit': listTrail,
  'GET /audit/choices': listTrailChoices,
  'GET /audit/export': exportTrail,
  'GET /audit/:id': showTrail,
})
