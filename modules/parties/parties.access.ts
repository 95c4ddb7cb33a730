import { access } from '#kit/access.ts'

export const partiesAccess = access(
  'parties',
  {
    'parties.party.read': 'See customers and suppliers',
    'parties.party.edit': 'Add and change customers and suppliers',
    'parties.party.group': 'Put customers into price groups',
    'parties.party.export': 'Export customers and suppliers with their personal data',
  },
  {
    manager: ['parties.party.read', 'parties.party.edit', 'parties.party.group', 'parties.party.export'],
    cashier: ['parties.party.read', 'parties.party.edit'],
    stockKeeper: ['parties.party.read'],
    accountant: ['parties.party.read'],
  },
)
