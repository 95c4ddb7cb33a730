import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  {
    name: 'promotions',
    pages: ['/promotions', '/promotions/new', '/promotions/$id', '/promotions/$id/edit', '/promotions/coupons'],
    leads: ['/promotions/new', '/promotions', '/promotions', '/promotions/coupons', '/promotions/uses'],
  },
]
