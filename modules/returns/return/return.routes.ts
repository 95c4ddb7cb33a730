import { crud } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { returnPaper, returnSlip } from './paper.queries.ts'
import { showReturn } from './return.queries.ts'
import { returnNote } from './return.ts'

const { list, exported, sums, groups } = crud(returnNote, {}, { creatable: false })

export const returnRoutes = routes({
  'GET /returns': list,
  'GET /returns/export': exported,
  ...(sums && { 'GET /returns/sums': sums }),
  ...(groups && { 'GET /returns/groups': groups }),
  'GET /returns/:id': showReturn,
  'GET /returns/:id/slip.pdf': returnSlip,
  'GET /returns/:id/note.pdf': returnPaper,
})
