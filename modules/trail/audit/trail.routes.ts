import { routes } from '#kit/server/edge/http.ts'
import { saveSealedTrail, showSeal } from './seal.queries.ts'
import { compareRecord, exportTrail, listTrail, listTrailChoices, showTrail } from './trail.queries.ts'

export const trailRoutes = routes({
  'GET /audit': listTrail,
  'GET /audit/compare': compareRecord,
  'GET /audit/choices': listTrailChoices,
  'GET /audit/export': exportTrail,
  'GET /audit/seal': showSeal,
  'GET /audit/sealed': saveSealedTrail,
  'GET /audit/:id': showTrail,
})
