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
    seller: ['parties.party.read@seller'],
    stockKeeper: ['parties.party.read'],
    accountant: ['parties.party.read'],
    callAgent: ['parties.party.read', 'parties.party.edit'],
    callManager: ['parties.party.read', 'parties.party.edit', 'parties.party.group'],
    deliveryManager: ['parties.party.read'],
    rider: ['parties.party.read'],
    buyer: ['parties.party.read', 'parties.party.edit'],
    salesRep: ['parties.party.read', 'parties.party.edit'],
    marketer: ['parties.party.read', 'parties.party.group'],
    dispatcher: ['parties.party.read'],
    vanSalesman: ['parties.party.read', 'parties.party.edit'],
  },
)
