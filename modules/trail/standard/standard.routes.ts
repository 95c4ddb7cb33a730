import { routes } from '#kit/server/edge/http.ts'
import { showStandard } from './standard.queries.ts'

export const standardRoutes = routes({ 'GET /security-standard': showStandard })
