import { module } from '#kit/server/module.ts'
import { accountRoutes } from './account/account.crud.ts'
import { entryRoutes } from './entry/entry.routes.ts'
import './ledger.access.ts'
import { periodRoutes } from './period/period.routes.ts'

export default module({ name: 'ledger', depends: ['places', 'access', 'parties'], routes: [accountRoutes, entryRoutes, periodRoutes] })
