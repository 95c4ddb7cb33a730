import { routes } from '#kit/server/edge/http.ts'
import { tryPromotion } from './trial.queries.ts'

export const trialRoutes = routes({ 'GET /promotions/:id/trial': tryPromotion })
