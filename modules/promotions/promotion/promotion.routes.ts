import { documentRoutes } from '#kit/server/document/document.ts'
import { routes } from '#kit/server/edge/http.ts'
import { endPromotion, pausePromotion, resumePromotion, schedulePromotion } from './promotion.commands.ts'
import { promotionHooks } from './promotion.store.ts'
import { promotion } from './promotion.ts'

/** List, page, draft, history and export, as every document has them. */
export const promotionCrud = documentRoutes(promotion, promotionHooks)

export const promotionRoutes = routes({
  ...promotionCrud,
  'POST /promotions/:id/schedule': schedulePromotion,
  'POST /promotions/:id/pause': pausePromotion,
  'POST /promotions/:id/resume': resumePromotion,
  'POST /promotions/:id/end': endPromotion,
})
