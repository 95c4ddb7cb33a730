import { routes } from '#kit/server/http.ts'
import { changePassword, changePin, changeProfile, endOtherSessions, endOwnSession, signIn, signOut } from './session.commands.ts'
import { listOwnSessions } from './session.queries.ts'

export const sessionRoutes = routes({
  'POST /sign-in': signIn,
  'POST /sign-out': signOut,
  'POST /profile': changeProfile,
  'POST /profile/password': changePassword,
  'POST /profile/pin': changePin,
  'GET /profile/sessions': listOwnSessions,
  'DELETE /profile/sessions': endOtherSessions,
  'DELETE /profile/sessions/:id': endOwnSession,
})
