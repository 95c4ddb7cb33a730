import { routes } from '#kit/server/http.ts'
import { showBoard } from './board.queries.ts'

export const boardRoutes = routes({ 'GET /board': showBoard })
