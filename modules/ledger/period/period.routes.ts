import { routes } from '#kit/server/edge/http.ts'
import { closePeriod, listPeriods, reopenPeriod } from './period.commands.ts'

export const periodRoutes = routes({
  'GET /periods': listPeriods,
  'POST /periods/:firstDay/close': closePeriod,
  'POST /periods/:firstDay/reopen': reopenPeriod,
})
