import { routes } from '#kit/server/edge/http.ts'
import { removeLogo, setLogo } from './logo.commands.ts'
import { changeCompany, checkSetupCode, setUp } from './setup.commands.ts'
import { showCompany, showSession } from './setup.queries.ts'

export const setupRoutes = routes({
  'GET /session': showSession,
  'POST /setup': setUp,
  'POST /setup/code': checkSetupCode,
  'GET /company': showCompany,
  'POST /company': changeCompany,
  'POST /company/logo': setLogo,
  'DELETE /company/logo': removeLogo,
})
