export { partyVerbs, tidyPhones } from './party/party.crud.ts'
export { bankAccount } from './party/bank.rules.ts'
export { addSeller, customerRead, keepOnPaper, lockParty, onPaper, partyFacts } from './party/party.store.ts'
