export { newPassword } from './session/password.store.ts'
export { counted, seldom } from './throttle/throttle.store.ts'
export { openSession } from './sign-in/sign-in.store.ts'
export { securityOf } from './security/security.store.ts'
export { forgetSessions, lifeOfSession, visitorOf } from './session/session.store.ts'
export { judgePinOf } from './device/session.commands.ts'
export {
  actorsById,
  readPolicy,
  holdsRole,
  isRoleHeld,
  policyOf,
  rolesWithLines,
  teamOf,
  writeLines,
  type RoleRow,
} from './role/role.store.ts'
export { addOwner, addressesOf, colleagues, membershipsOf, personOf, profileOf } from './user/user.store.ts'
