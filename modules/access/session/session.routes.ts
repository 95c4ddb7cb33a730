import { routes } from '#kit/server/http.ts'
import { changePassword, changePin, changeProfile, signIn, signOut } from './session.commands.ts'

export const sessionRoutes = routes({
  'POST /sign-in': signIn,
  'POST /sign-out': signOut,
  'POST /profile': changeProfile,
  'POST /profile/password': changePassword,
  'POST /profile/pin': changePin,
})
