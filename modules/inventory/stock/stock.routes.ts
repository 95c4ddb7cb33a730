import { routes } from '#kit/server/http.ts'
import { checkStock, listMoves, listStock } from './stock.queries.ts'
import './stock.jobs.ts'

export const stockRoutes = routes({
  'GET /inventory/stock': listStock,
  'GET /inventory/moves': listMoves,
  'GET /inventory/check': checkStock,
})
