import type { HelpTopic } from '#kit/help.ts'

/** Its part of the help; the words stand in `help/`, by language. */
export const topics: readonly HelpTopic[] = [
  { name: 'sell', pages: ['/pos/sell'], leads: ['/pos/sell'] },
  { name: 'split', pages: ['/pos/sell'], leads: ['/pos/sell'] },
  { name: 'park', pages: ['/pos/sell'], leads: ['/pos/sell'] },
  { name: 'close', pages: ['/pos/shifts', '/pos/shifts/$id', '/pos/shifts/$id/close'], leads: ['/pos/shifts'] },
  { name: 'receipt', pages: ['/pos/sales', '/pos/sales/$id'], leads: ['/pos/sales'] },
  { name: 'back', pages: ['/pos/return', '/pos/sell', '/returns', '/returns/$id'], leads: ['/pos/return'] },
  { name: 'exchange', pages: ['/pos/return', '/pos/sell'], leads: ['/pos/return'] },
  { name: 'void', pages: ['/pos/sales', '/pos/sales/$id'], leads: ['/pos/sales'] },
  { name: 'quick', pages: ['/pos/sell'], leads: ['/pos/sell'] },
]
