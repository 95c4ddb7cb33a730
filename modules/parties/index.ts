export { partyVerbs } from './party/party.crud.ts'
