import { routes } from '#kit/server/edge/http.ts'
import { explainWhy } from './why.queries.ts'

export const whyRoutes = routes({ 'GET /why': explainWhy })
