import { routes } from '#kit/server/edge/http.ts'
import { completeSale } from './checkout.commands.ts'

export const checkoutRoutes = routes({
  'POST /pos/sales': completeSale,
})
