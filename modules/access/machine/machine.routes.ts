import { routes } from '#kit/server/edge/http.ts'
import { connectApp, exchangeCode, makeApiKey, refreshTokens, revokeApiKey } from './machine.commands.ts'
import { listApiKeys, showKeys } from './machine.queries.ts'

export const machineRoutes = routes({
  'GET /api-keys': listApiKeys,
  'POST /api-keys': makeApiKey,
  'DELETE /api-keys/:id': revokeApiKey,
  'GET /tokens/keys': showKeys,
  'POST /tokens/codes': connectApp,
  'POST /tokens': exchangeCode,
  'POST /tokens/refresh': refreshTokens,
})
