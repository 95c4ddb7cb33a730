import { access } from '#kit/access.ts'

export const accessAccess = access(
  'access',
  {
    'access.user.read': 'See the people who work here and their roles',
    'access.user.edit': 'Invite people, change their roles, disable them',
    'access.audit.read': 'See the audit trail',
  },
  {
    manager: ['access.user.read'],
    accountant: ['access.audit.read'],
  },
)
