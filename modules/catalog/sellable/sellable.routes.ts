import { routes } from '#kit/server/edge/http.ts'
import { listSellables } from './sellable.queries.ts'

export const sellableRoutes = routes({ 'GET /catalog/sellables': listSellables })
