import { module } from '#kit/server/edge/module.ts'
import { couponRoutes } from './coupon/coupon.routes.ts'
import { keepPromotions } from './promotion/promotion.jobs.ts'
import { promotionRoutes } from './promotion/promotion.routes.ts'
import { promotionsAccess } from './promotions.access.ts'
import { trialRoutes } from './trial/trial.routes.ts'
import { useRoutes } from './use/use.routes.ts'

export default module({
  name: 'promotions',
  depends: ['places', 'access', 'catalog', 'parties'],
  parts: [promotionsAccess, keepPromotions],
  routes: [couponRoutes, useRoutes, trialRoutes, promotionRoutes],
})
