import { routes } from '#kit/server/http.ts'
import { explainWhy } from './why.queries.ts'

export const whyRoutes = routes({ 'GET /why': explainWhy })
