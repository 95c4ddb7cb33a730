import type { Home } from '#kit/web/home/home.ts'
import { Recent } from '#kit/web/home/Recent.tsx'
import { stockDocument } from './document/document.ts'
import { LowShelves } from './stock/LowShelves.tsx'

export const home: Home = {
  cards: [
    {
      name: 'low',
      can: 'inventory.stock.read',
      area: 'warehouse',
      roles: [
        'callAgent',
        'stockKeeper',
        'packer',
        'deliveryManager',
        'buyer',
        'seller',
        'salesRep',
        'productionManager',
        'dispatcher',
        'viewer',
      ],
      Show: LowShelves,
    },
    {
      name: 'documents',
      can: 'inventory.stock.read',
      area: 'warehouse',
      roles: ['stockKeeper', 'packer', 'buyer', 'dispatcher', 'guard'],
      Show: () => <Recent of={stockDocument} columns={['kind', 'createdAt']} />,
    },
  ],
  steps: [
    {
      name: 'stock',
      can: 'inventory.stock.receive',
      order: 2,
      at: ['/inventory/receive'],
      done: [{ list: '/inventory/documents?limit=1&kind=receipt&state=posted' }],
    },
  ],
}
