import type { Home } from '#kit/web/home/home.ts'
import { Recent } from '#kit/web/home/Recent.tsx'
import { entry } from './entry/entry.ts'
import { OpenPeriods } from './period/OpenPeriods.tsx'

export const home: Home = {
  cards: [
    { name: 'periods', can: 'ledger.account.read', area: 'money', roles: ['accountant', 'auditor'], Show: OpenPeriods },
    {
      name: 'entries',
      can: 'ledger.account.read',
      area: 'money',
      roles: ['accountant', 'auditor'],
      Show: () => <Recent of={entry} columns={['documentKind', 'businessDay']} />,
    },
  ],
}
