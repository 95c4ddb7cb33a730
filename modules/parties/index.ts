export { partyVerbs } from './party/party.crud.ts'
export { customerGroupOf, lockParty } from './party/party.store.ts'
