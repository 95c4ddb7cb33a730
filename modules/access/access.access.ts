import { access } from '#kit/access.ts'
import { NOTE } from '#kit/notice.ts'

export const accessAccess = access(
  'access',
  {
    'access.user.read': 'See the people who work here and their roles',
    'access.user.export': 'Export people and roles to a file',
    'access.user.edit': 'Invite people, change their roles, disable them',
    'access.registration.decide': 'See who asks to join, with their data, and let them in or refuse them',
    'access.user.erase': 'Erase what is known about somebody who no longer works here, for good',
    'access.user.viewAs': 'Look through somebody else’s eyes, without changing anything',
    'access.role.edit': 'Make roles and change what they may do',
    'access.security.edit': 'Change how people sign in: passwords, second proofs, how long a session lives',
    'access.apiKey.use': 'Make keys with which programs of one’s own call the API',
  },
  {
    manager: ['access.user.read'],
    callManager: ['access.user.read'],
    deliveryManager: ['access.user.read'],
  },
  {
    companyWide: ['access.user.viewAs', 'access.registration.decide', 'access.role.edit', 'access.security.edit'],
  },
)

const WRITE = [NOTE] as const
/** Whoever works with what they see writes on it; who only looks on, or looks after their own goods from outside, does not. */
export const noteAccess = access(
  'kit',
  { [NOTE]: 'Write notes and attach files on what one sees' },
  {
    manager: WRITE,
    cashier: WRITE,
    callAgent: WRITE,
    callManager: WRITE,
    stockKeeper: WRITE,
    packer: WRITE,
    deliveryManager: WRITE,
    rider: WRITE,
    buyer: WRITE,
    accountant: WRITE,
    salesRep: WRITE,
    marketer: WRITE,
    productionManager: WRITE,
    dispatcher: WRITE,
    vanSalesman: WRITE,
    guard: WRITE,
  },
)
