import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  {
    name: 'order',
    pages: [
      '/sourcing/proposals',
      '/sourcing/purchases',
      '/sourcing/purchases/new',
      '/sourcing/purchases/$id',
      '/sourcing/offers',
    ],
    leads: ['/sourcing/proposals', '/sourcing/purchases'],
  },
  { name: 'bill', pages: ['/sourcing/purchases/$id'], leads: ['/sourcing/purchases'] },
]
