/** The modules of the program, each after those that it stands on. A capability is its folder and its line here. */
export const moduleNames = [
  'places',
  'access',
  'policy',
  'trail',
  'comms',
  'parties',
  'catalog',
  'ledger',
  'inventory',
  'sourcing',
  'pricing',
  'payments',
  'returns',
  'pos',
  'analytics',
  'setup',
] as const
