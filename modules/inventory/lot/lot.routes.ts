import { crud, crudRoutes } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { lot } from './lot.ts'
import { listLotStock } from './lot.queries.ts'

export const lotRoutes = routes({
  ...crudRoutes(lot, crud(lot, {}, { creatable: false })),
  'GET /inventory/lot-stock': listLotStock,
})
