import { routes } from '#kit/server/edge/http.ts'
import { listScheduled, runScheduled } from './scheduled.commands.ts'

export const scheduledRoutes = routes({
  'GET /scheduled': listScheduled,
  'POST /scheduled/:name/run': runScheduled,
})
