import { routes } from '#kit/server/edge/http.ts'
import { viewRoutes } from '#kit/server/list/crud.ts'
import { moveList } from './move-list.ts'
import { putAside, release } from './reservation.commands.ts'
import { checkStock, findGoods, showStock } from './stock.queries.ts'
import { stockList } from './stock-list.ts'

export const stockRoutes = routes({
  ...viewRoutes(stockList),
  'GET /inventory/stock/:variant': showStock,
  'POST /inventory/reservations': putAside,
  'POST /inventory/reservations/:id/release': release,
  'GET /inventory/goods': findGoods,
  ...viewRoutes(moveList),
  'GET /inventory/check': checkStock,
})
