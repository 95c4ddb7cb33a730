import { module } from '#kit/server/module.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import './parties.access.ts'
import { party } from './party/party.ts'
import { tidy } from './party/party.crud.ts'
import { findRoutes, partyRoutes } from './party/party.routes.ts'

importEntity(party, async (tx) => (await theCompany(tx.db)).currency, {
  tidy,
  aliases: { phones: ['Phone', 'Mobile', 'Telephone'], emails: ['Email', 'E-mail'], name: ['Full name', 'Customer', 'Company'] },
})

export default module({ name: 'parties', depends: ['places'], routes: [findRoutes, partyRoutes] })
