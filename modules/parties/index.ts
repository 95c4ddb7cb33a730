export { partyVerbs, tidyPhones } from './party/party.crud.ts'
export { buyerOf, customerGroupOf, lockParty } from './party/party.store.ts'
