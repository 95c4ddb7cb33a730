import { routes } from '#kit/server/edge/http.ts'
import { listRoles } from './role.queries.ts'

export const roleListRoutes = routes({ 'GET /roles': listRoles })
