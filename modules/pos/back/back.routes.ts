import { routes } from '#kit/server/edge/http.ts'
import { takeReturn } from './back.commands.ts'
import { findReceipts, showReturnable } from './back.queries.ts'
import { voidSale } from './void.commands.ts'
import { takeWithoutReceipt } from './without.commands.ts'
import { findBought } from './without.queries.ts'

export const backRoutes = routes({
  'GET /pos/receipts': findReceipts,
  'GET /pos/sales/:id/returnable': showReturnable,
  'POST /pos/sales/:id/void': voidSale,
  'POST /pos/returns': takeReturn,
  'POST /pos/returns/without-receipt': takeWithoutReceipt,
  'GET /pos/bought': findBought,
})
