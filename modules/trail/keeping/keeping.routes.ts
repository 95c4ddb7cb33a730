import { routes } from '#kit/server/edge/http.ts'
import { holdRecord, liftRecord, setKeeping, showKeeping } from './keeping.commands.ts'

export const keepingRoutes = routes({
  'GET /keeping': showKeeping,
  'POST /keeping': setKeeping,
  'POST /holds': holdRecord,
  'POST /holds/:id/lift': liftRecord,
})
