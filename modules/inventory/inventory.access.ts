import { access } from '#kit/access.ts'

export const inventoryAccess = access(
  'inventory',
  {
    'inventory.stock.read': 'See stock and its moves',
    'inventory.stock.receive': 'Take goods in',
    'inventory.stock.adjust': 'Correct stock with a reason, count it, move it',
    'inventory.stock.reserve': 'Put goods aside and release them',
    'inventory.location.edit': 'Add and change stock locations',
    'inventory.reorder.edit': 'Set reorder levels',
  },
  {
    manager: [
      'inventory.stock.read',
      'inventory.stock.receive',
      'inventory.stock.adjust',
      'inventory.stock.reserve',
      'inventory.location.edit',
      'inventory.reorder.edit',
    ],
    cashier: ['inventory.stock.read', 'inventory.stock.reserve'],
    stockKeeper: [
      'inventory.stock.read',
      'inventory.stock.receive',
      'inventory.stock.adjust',
      'inventory.stock.reserve',
      'inventory.reorder.edit',
    ],
    accountant: ['inventory.stock.read'],
  },
)
