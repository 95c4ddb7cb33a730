import { routes } from '#kit/server/http.ts'
import { putAside, release } from './reservation.commands.ts'
import './check.store.ts'
import { checkStock, findGoods, listMoves, listStock, showStock } from './stock.queries.ts'
import './stock.jobs.ts'

export const stockRoutes = routes({
  'GET /inventory/stock': listStock,
  'GET /inventory/stock/:variant': showStock,
  'POST /inventory/reservations': putAside,
  'POST /inventory/reservations/:id/release': release,
  'GET /inventory/goods': findGoods,
  'GET /inventory/moves': listMoves,
  'GET /inventory/check': checkStock,
})
