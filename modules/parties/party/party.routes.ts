import { crudRoutes } from '#kit/server/list/crud.ts'
import { routes } from '#kit/server/edge/http.ts'
import { eraseParty } from './erase.commands.ts'
import { findDuplicates, findParties, partyVerbs } from './party.crud.ts'
import { party } from './party.ts'

export const findRoutes = routes({
  'GET /parties/duplicates': findDuplicates,
  'GET /parties/find': findParties,
})

export const partyRoutes = routes({ ...crudRoutes(party, partyVerbs), 'POST /parties/:id/erasure': eraseParty })
