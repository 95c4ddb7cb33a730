import { access } from '#kit/access.ts'

export const inventoryAccess = access(
  'inventory',
  {
    'inventory.stock.read': 'See stock and its moves',
    'inventory.stock.receive': 'Take goods in',
    'inventory.stock.adjust': 'Correct stock with a reason, count it, move it',
    'inventory.location.edit': 'Add and change stock locations',
    'inventory.reorder.edit': 'Set reorder levels',
  },
  {
    manager: [
      'inventory.stock.read',
      'inventory.stock.receive',
      'inventory.stock.adjust',
      'inventory.location.edit',
      'inventory.reorder.edit',
    ],
    cashier: ['inventory.stock.read'],
    stockKeeper: ['inventory.stock.read', 'inventory.stock.receive', 'inventory.stock.adjust', 'inventory.reorder.edit'],
    accountant: ['inventory.stock.read'],
  },
)
