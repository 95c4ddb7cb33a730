import { access } from '#kit/access.ts'

export const sourcingAccess = access(
  'sourcing',
  {
    'sourcing.purchase.read': 'See orders to suppliers',
    'sourcing.purchase.export': 'Export orders to suppliers to a file',
    'sourcing.purchase.edit': 'Write orders to suppliers, close and cancel them',
    'sourcing.purchase.approve': 'Approve orders to suppliers, or send them back',
    'sourcing.bill.enter': 'Enter the invoices of suppliers',
    'sourcing.offer.edit': 'Keep what suppliers call articles and ask for them',
  },
  {
    manager: [
      'sourcing.purchase.read',
      'sourcing.purchase.export',
      'sourcing.purchase.edit',
      'sourcing.purchase.approve',
      'sourcing.bill.enter',
      'sourcing.offer.edit',
    ],
    buyer: ['sourcing.purchase.read', 'sourcing.purchase.export', 'sourcing.purchase.edit', 'sourcing.offer.edit'],
    stockKeeper: ['sourcing.purchase.read'],
    accountant: ['sourcing.purchase.read', 'sourcing.purchase.export', 'sourcing.bill.enter'],
    productionManager: ['sourcing.purchase.read', 'sourcing.purchase.edit'],
    viewer: ['sourcing.purchase.read'],
  },
)
