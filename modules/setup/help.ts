import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  { name: 'ownField', pages: ['/settings/fields', '/settings/fields/new'], leads: ['/settings/fields/new'] },
]
