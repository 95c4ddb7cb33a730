import type { Home } from '#kit/web/home/home.ts'

export const home: Home = {
  steps: [
    {
      name: 'products',
      can: 'catalog.product.import',
      order: 1,
      at: ['/import/catalog.product', '/catalog/products/new'],
      done: [{ list: '/catalog/products?limit=1' }],
    },
  ],
}
