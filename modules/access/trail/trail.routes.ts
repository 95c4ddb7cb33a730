import { routes } from '#kit/server/http.ts'
import { listTrail, showTrail } from './trail.queries.ts'

export const trailRoutes = routes({
  'GET /audit': listTrail,
  'GET /audit/:id': showTrail,
})
