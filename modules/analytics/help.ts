import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  { name: 'report', pages: ['/reports', '/report-plans'], leads: ['/reports'] },
  { name: 'reportMail', pages: ['/report-plans', '/report-plans/new'], leads: ['/report-plans/new'] },
]
