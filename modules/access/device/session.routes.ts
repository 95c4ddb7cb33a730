import { routes } from '#kit/server/edge/http.ts'
import { proveDevice, showChallenge } from './bound.commands.ts'
import { askAgain, lockDevice, proveAgain, unlockDevice } from './device.commands.ts'
import { changePassword, changePin, changeProfile, endOtherSessions, endOwnSession, signOut } from './session.commands.ts'
import { endBadge, listColleagues, makeBadge, switchUser } from './switch.commands.ts'
import { listOwnSessions } from './session.queries.ts'

export const sessionRoutes = routes({
  'POST /sign-out': signOut,
  'POST /profile': changeProfile,
  'POST /profile/password': changePassword,
  'POST /profile/pin': changePin,
  'GET /profile/sessions': listOwnSessions,
  'DELETE /profile/sessions': endOtherSessions,
  'DELETE /profile/sessions/:id': endOwnSession,
  'POST /session/proof': proveAgain,
  'POST /session/proof/passkey': askAgain,
  'GET /session/device': showChallenge,
  'POST /session/device': proveDevice,
  'POST /session/lock': lockDevice,
  'DELETE /session/lock': unlockDevice,
  'GET /session/colleagues': listColleagues,
  'POST /session/user': switchUser,
  'POST /users/:id/badge': makeBadge,
  'DELETE /users/:id/badge': endBadge,
})
