import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import { partiesAccess } from './parties.access.ts'
import { party } from './party/party.ts'
import { partyImport } from './party/party-import.crud.ts'
import { receiptsForget } from './party/party.store.ts'
import { findRoutes, partyRoutes } from './party/party.routes.ts'

export default module({
  name: 'parties',
  depends: ['places'],
  parts: [
    partiesAccess,
    findable(party),
    importEntity(party, async (tx) => (await theCompany(tx.db)).currency, partyImport),
    receiptsForget,
  ],
  routes: [findRoutes, partyRoutes],
})
