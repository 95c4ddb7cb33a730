import { listing, listRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { showUsed } from './use.queries.ts'
import { use } from './use.ts'

export const useRoutes = routes({ ...listRoutes(use, listing(use)), 'GET /promotions/:id/used': showUsed })
