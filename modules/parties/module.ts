import { module } from '#kit/server/module.ts'
import './parties.access.ts'
import { partyRoutes } from './party/party.crud.ts'

export default module({ name: 'parties', depends: ['places'], routes: [partyRoutes] })
