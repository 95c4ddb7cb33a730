import { access } from '#kit/access.ts'

export const trailAccess = access(
  'trail',
  {
    'access.audit.read': 'See the audit trail',
    'access.audit.export': 'Export the audit trail to a file',
    'access.keeping.edit': 'Decide how long data is kept, and hold records that must stay',
  },
  { accountant: ['access.audit.read', 'access.audit.export'] },
  { companyWide: ['access.keeping.edit'] },
)
