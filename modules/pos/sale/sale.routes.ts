import { crud, viewRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { bestSellers } from './best.queries.ts'
import { saleLines } from './line-list.ts'
import { showSale } from './sale.queries.ts'
import { sale } from './sale.ts'

const { list, exported, sums, groups } = crud(sale, {}, { creatable: false })

export const saleRoutes = routes({
  'GET /pos/sales': list,
  'GET /pos/sales/export': exported,
  ...(sums && { 'GET /pos/sales/sums': sums }),
  ...(groups && { 'GET /pos/sales/groups': groups }),
  ...viewRoutes(saleLines),
  'GET /pos/sales/:id': showSale,
  'GET /pos/tills/:id/best-sellers': bestSellers,
})
