import { module } from '#kit/server/module.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import './parties.access.ts'
import { party } from './party/party.ts'
import { partyImport } from './party/party-import.crud.ts'
import { findRoutes, partyRoutes } from './party/party.routes.ts'

importEntity(party, async (tx) => (await theCompany(tx.db)).currency, partyImport)

export default module({ name: 'parties', depends: ['places'], routes: [findRoutes, partyRoutes] })
