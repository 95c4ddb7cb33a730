import { routes } from '#kit/server/edge/http.ts'
import { listKeys, rotateKeys } from './key.commands.ts'
import { listSecrets } from './secret.queries.ts'

export const secretRoutes = routes({
  'GET /secrets': listSecrets,
  'GET /keys': listKeys,
  'POST /keys/rotation': rotateKeys,
})
