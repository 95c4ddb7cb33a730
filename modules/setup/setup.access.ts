import { access } from '#kit/access.ts'

export const setupAccess = access(
  'setup',
  {
    'setup.company.read': 'See the company’s settings',
    'setup.company.edit': 'Change the company’s settings',
    'access.connection.edit': 'Connect Duka with services of others: mail, SMS, signing in elsewhere',
    'access.schedule.run': 'See what is done by the clock, and do it now',
  },
  { manager: ['setup.company.read'], accountant: ['setup.company.read'] },
  { companyWide: ['setup.company.edit', 'access.connection.edit', 'access.schedule.run'] },
)
