import { routes } from '#kit/server/edge/http.ts'
import { forgetConnection, saveConnection, tryConnection } from './connection.commands.ts'
import { listConnections, showConnection } from './connection.queries.ts'

export const connectionRoutes = routes({
  'GET /connections': listConnections,
  'GET /connections/:name': showConnection,
  'POST /connections/:name': saveConnection,
  'DELETE /connections/:name': forgetConnection,
  'POST /connections/:name/test': tryConnection,
})
