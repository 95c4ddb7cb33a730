import { routes } from '#kit/server/edge/http.ts'
import { listParked, parkBasket, resumeBasket } from './parked.commands.ts'

export const parkedRoutes = routes({
  'GET /pos/parked': listParked,
  'POST /pos/parked': parkBasket,
  'POST /pos/parked/:id/resumption': resumeBasket,
})
