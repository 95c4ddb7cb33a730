import { routes } from '#kit/server/edge/http.ts'
import { changeSecurity, showSecurity } from './security.commands.ts'

export const securityRoutes = routes({
  'GET /security': showSecurity,
  'POST /security': changeSecurity,
})
