import { crud } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { closeShift, moveDrawerCash, openShift, takeOverShift } from './shift.commands.ts'
import { shiftReportPdf, showShift, startTill, tillStock } from './shift.queries.ts'
import { shift } from './shift.ts'

const { list, exported, history } = crud(shift, {}, { creatable: false })

export const shiftRoutes = routes({
  'GET /pos/shifts': list,
  'GET /pos/shifts/export': exported,
  'GET /pos/shifts/:id': showShift,
  'GET /pos/shifts/:id/report.pdf': shiftReportPdf,
  'GET /pos/shifts/:id/history': history,
  'POST /pos/shifts': openShift,
  'POST /pos/shifts/:id/cash': moveDrawerCash,
  'POST /pos/shifts/:id/takeover': takeOverShift,
  'POST /pos/shifts/:id/close': closeShift,
  'GET /pos/tills/:id/start': startTill,
  'GET /pos/tills/:id/stock': tillStock,
})
