import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  {
    name: 'openPrice',
    pages: ['/catalog/products', '/catalog/products/new', '/catalog/products/$id', '/catalog/products/$id/edit'],
    leads: ['/catalog/products', '/catalog/products/new'],
  },
  { name: 'importArticles', pages: ['/catalog/products', '/import/$kind'], leads: ['/catalog/products'] },
  { name: 'labels', pages: ['/catalog/labels', '/catalog/products', '/catalog/variants'], leads: ['/catalog/labels'] },
  {
    name: 'prices',
    pages: ['/catalog/price-lists', '/catalog/price-lists/$id', '/catalog/price-lists/new'],
    leads: ['/catalog/price-lists/new', '/catalog/price-lists'],
  },
]
