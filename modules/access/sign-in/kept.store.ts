import { keptActivity } from '#kit/server/list/keeping.ts'

export const signInsKept = keptActivity('activity.signIn', 365, () => [
  'access.signedIn',
  'access.signedOut',
  'access.signInFailed',
  'access.unlocked',
  'access.wrongCode',
  'access.wrongPassword',
  'access.wrongPasskey',
  'access.wrongPin',
  'access.tokenReused',
  'access.wrongDevice',
])
