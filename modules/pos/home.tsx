import type { Home } from '#kit/web/home/home.ts'
import { Recent } from '#kit/web/home/Recent.tsx'
import { sale } from './sale/sale.ts'
import { TillCard } from './selling/TillCard.tsx'

export const home: Home = {
  cards: [
    {
      name: 'sell',
      can: 'pos.sale.complete',
      area: 'company',
      roles: ['owner', 'administrator', 'manager'],
      leadsTo: { to: '/pos/sell', words: 'page.sell' },
    },
    {
      name: 'till',
      can: 'pos.sale.complete',
      area: 'counter',
      roles: ['cashier', 'vanSalesman'],
      Show: TillCard,
    },
    {
      name: 'sales',
      can: 'pos.sale.read',
      area: 'counter',
      roles: ['cashier', 'callAgent', 'callManager', 'salesRep', 'marketer', 'vanSalesman', 'viewer'],
      Show: () => <Recent of={sale} columns={['completedAt', 'total']} />,
    },
  ],
  steps: [{ name: 'till', can: 'pos.shift.open', order: 3, at: ['/pos/sell'], done: [{ list: '/pos/shifts?limit=1' }] }],
}
