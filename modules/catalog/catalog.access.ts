import { access } from '#kit/access.ts'

export const catalogAccess = access(
  'catalog',
  {
    'catalog.product.read': 'See products and prices',
    'catalog.product.edit': 'Add and change products, barcodes and categories',
    'catalog.product.import': 'Import products from a file',
    'catalog.price.edit': 'Change prices and price lists',
    'catalog.tax.edit': 'Change tax classes and their rates',
    'catalog.cost.read': 'See what products cost and earn',
  },
  {
    manager: [
      'catalog.product.read',
      'catalog.product.edit',
      'catalog.product.import',
      'catalog.price.edit',
      'catalog.tax.edit',
      'catalog.cost.read',
    ],
    cashier: ['catalog.product.read'],
    stockKeeper: ['catalog.product.read', 'catalog.product.edit'],
    accountant: ['catalog.product.read', 'catalog.tax.edit', 'catalog.cost.read'],
  },
  { companyWide: ['catalog.tax.edit'] },
)
