export { partyVerbs, tidyPhones } from './party/party.crud.ts'
export { bankAccount } from './party/bank.rules.ts'
export { addSeller, buyerOf, customerGroupOf, lockParty } from './party/party.store.ts'
