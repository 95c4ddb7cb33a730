import { routes } from '#kit/server/edge/http.ts'
import { stopViewing, viewAs } from './view.commands.ts'

export const viewRoutes = routes({
  'POST /users/:id/view': viewAs,
  'DELETE /session/view': stopViewing,
})
