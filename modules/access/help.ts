import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  {
    name: 'people',
    pages: ['/users', '/users/$id', '/users/invite', '/roles', '/roles/$id'],
    leads: ['/users/invite', null, '/roles'],
  },
]
