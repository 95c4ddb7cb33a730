import { routes } from '#kit/server/edge/http.ts'
import { showBoard } from './board.queries.ts'

export const boardRoutes = routes({ 'GET /board': showBoard })
