import { access } from '#kit/access.ts'

export const partiesAccess = access(
  'parties',
  {
    'parties.party.read': 'See customers and suppliers',
    'parties.party.contact': 'See telephone numbers, e-mail and postal addresses of customers and suppliers',
    'parties.party.edit': 'Add and change customers and suppliers',
    'parties.party.group': 'Put customers into price groups',
    'parties.party.bank': 'See and change the bank accounts of suppliers and sellers',
    'parties.party.erase': 'Erase what is known about a person, for good',
    'parties.party.export': 'Export customers and suppliers with their personal data',
  },
  {
    manager: ['parties.party.read', 'parties.party.edit', 'parties.party.group', 'parties.party.export', 'parties.party.contact'],
    cashier: ['parties.party.read', 'parties.party.edit', 'parties.party.contact'],
    seller: ['parties.party.read@seller', 'parties.party.contact@seller'],
    stockKeeper: ['parties.party.read'],
    accountant: ['parties.party.read', 'parties.party.contact', 'parties.party.bank'],
    callAgent: ['parties.party.read', 'parties.party.edit', 'parties.party.contact'],
    callManager: ['parties.party.read', 'parties.party.edit', 'parties.party.group', 'parties.party.contact'],
    deliveryManager: ['parties.party.read', 'parties.party.contact'],
    rider: ['parties.party.read', 'parties.party.contact'],
    buyer: ['parties.party.read', 'parties.party.edit', 'parties.party.contact'],
    salesRep: ['parties.party.read', 'parties.party.edit', 'parties.party.contact'],
    marketer: ['parties.party.read', 'parties.party.group'],
    dispatcher: ['parties.party.read', 'parties.party.contact'],
    vanSalesman: ['parties.party.read', 'parties.party.edit', 'parties.party.contact'],
  },
)
