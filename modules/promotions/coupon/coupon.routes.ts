import { listing, listRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { makeCoupons } from './coupon.commands.ts'
import { coupon } from './coupon.ts'

export const couponVerbs = listing(coupon)

export const couponRoutes = routes({
  ...listRoutes(coupon, couponVerbs),
  'POST /promotions/:id/coupons': makeCoupons,
})
