import { access } from '#kit/access.ts'

export const accessAccess = access(
  'access',
  {
    'access.user.read': 'See the people who work here and their roles',
    'access.user.export': 'Export people and roles to a file',
    'access.user.edit': 'Invite people, change their roles, disable them',
    'access.registration.decide': 'See who asks to join, with their data, and let them in or refuse them',
    'access.user.erase': 'Erase what is known about somebody who no longer works here, for good',
    'access.keeping.edit': 'Decide how long data is kept, and hold records that must stay',
    'access.user.viewAs': 'Look through somebody else’s eyes, without changing anything',
    'access.role.edit': 'Make roles and change what they may do',
    'access.security.edit': 'Change how people sign in: passwords, second proofs, how long a session lives',
    'access.apiKey.use': 'Make keys with which programs of one’s own call the API',
    'access.audit.read': 'See the audit trail',
    'access.audit.export': 'Export the audit trail to a file',
  },
  {
    manager: ['access.user.read'],
    callManager: ['access.user.read'],
    deliveryManager: ['access.user.read'],
    accountant: ['access.audit.read', 'access.audit.export'],
  },
  {
    companyWide: [
      'access.user.viewAs',
      'access.keeping.edit',
      'access.registration.decide',
      'access.role.edit',
      'access.security.edit',
    ],
  },
)
