import { routes } from '#kit/server/edge/http.ts'
import { askForReset, resetPassword, showReset } from './reset.commands.ts'

export const resetRoutes = routes({
  'POST /reset': askForReset,
  'GET /reset/:token': showReset,
  'POST /reset/password': resetPassword,
})
