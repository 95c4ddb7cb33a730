import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  {
    name: 'mail',
    pages: ['/settings/connections', '/settings/connections/$name', '/messages'],
    leads: ['/settings/connections'],
  },
]
