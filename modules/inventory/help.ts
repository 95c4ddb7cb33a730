import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  { name: 'receive', pages: ['/inventory/receive', '/inventory/stock'], leads: ['/inventory/receive'] },
  {
    name: 'count',
    pages: [
      '/inventory/stock-counts',
      '/inventory/stock-counts/new',
      '/inventory/stock-counts/$id',
      '/inventory/stock-counts/$id/count',
    ],
    leads: ['/inventory/stock-counts/new', '/inventory/stock-counts'],
  },
  {
    name: 'move',
    pages: ['/inventory/transfer', '/inventory/transfers', '/inventory/transfers/new', '/inventory/transfers/$id'],
    leads: ['/inventory/transfer', '/inventory/transfers/new'],
  },
  { name: 'undo', pages: ['/inventory/documents', '/inventory/documents/$id'], leads: ['/inventory/documents'] },
]
