import { routes } from '#kit/server/edge/http.ts'
import { addPasskey, addTotp, confirmTotp, removeFactor, renewBackupCodes, resetFactors, wishPasskey } from './factor.commands.ts'
import { listOwnFactors } from './factor.queries.ts'

export const factorRoutes = routes({
  'GET /profile/factors': listOwnFactors,
  'POST /profile/factors/app': addTotp,
  'POST /profile/factors/app/confirmation': confirmTotp,
  'POST /profile/factors/backup-codes': renewBackupCodes,
  'POST /profile/factors/passkey': wishPasskey,
  'POST /profile/factors/passkey/answer': addPasskey,
  'DELETE /profile/factors/:id': removeFactor,
  'POST /users/:id/factors/reset': resetFactors,
})
