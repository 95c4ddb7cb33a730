export { approveByPin, openSession } from './session/session.commands.ts'
export { visitorOf } from './session/session.store.ts'
export { addOwner } from './user/user.store.ts'
