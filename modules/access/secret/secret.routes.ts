import { routes } from '#kit/server/http.ts'
import { listSecrets } from './secret.queries.ts'

export const secretRoutes = routes({
  'GET /secrets': listSecrets,
})
