export { approveByPin, openSession } from './session/session.commands.ts'
export { visitorOf } from './session/session.store.ts'
export { addOwner, profileOf } from './user/user.store.ts'
