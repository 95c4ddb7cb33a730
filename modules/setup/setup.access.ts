import { access } from '#kit/access.ts'

export const setupAccess = access(
  'setup',
  {
    'setup.company.read': 'See the company’s settings',
    'setup.company.edit': 'Change the company’s settings',
  },
  { manager: ['setup.company.read'], accountant: ['setup.company.read'] },
  { companyWide: ['setup.company.edit'] },
)
