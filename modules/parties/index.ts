export { partyVerbs, tidyPhones } from './party/party.crud.ts'
export { bankAccount } from './party/bank.rules.ts'
export { addSeller, buyerOf, customerRead, lockParty } from './party/party.store.ts'
