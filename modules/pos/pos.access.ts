import { access } from '#kit/access.ts'

export const posAccess = access(
  'pos',
  {
    'pos.till.read': 'See tills',
    'pos.till.edit': 'Add and change tills',
    'pos.sale.read': 'See sales and reprint receipts',
    'pos.sale.complete': 'Sell: take payment and complete a sale',
    'pos.sale.discount': 'Give any discount',
    'pos.sale.smallDiscount': 'Give discounts up to the company’s limit',
    'pos.sale.price': 'Sell at another price, and approve it for others by PIN',
    'pos.shift.read': 'See shifts and their reports',
    'pos.shift.open': 'Open and close a till and move its cash',
    'pos.shift.count': 'See what a drawer should hold before it is counted',
  },
  {
    manager: [
      'pos.till.read',
      'pos.till.edit',
      'pos.sale.read',
      'pos.sale.complete',
      'pos.sale.discount',
      'pos.sale.smallDiscount',
      'pos.sale.price',
      'pos.shift.read',
      'pos.shift.open',
      'pos.shift.count',
    ],
    cashier: [
      'pos.till.read',
      'pos.sale.read',
      'pos.sale.complete',
      'pos.sale.smallDiscount',
      'pos.shift.read',
      'pos.shift.open',
    ],
    accountant: ['pos.till.read', 'pos.sale.read', 'pos.shift.read', 'pos.shift.count'],
  },
)
