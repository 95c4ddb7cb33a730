import { module } from '#kit/server/module.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import { account } from './account/account.ts'
import { accountRoutes, chartRoutes } from './account/account.routes.ts'
import { entryRoutes } from './entry/entry.routes.ts'
import './ledger.access.ts'
import { periodRoutes } from './period/period.routes.ts'

importEntity(account, async (tx) => (await theCompany(tx.db)).currency)

export default module({
  name: 'ledger',
  depends: ['places', 'access', 'parties'],
  routes: [accountRoutes, chartRoutes, entryRoutes, periodRoutes],
})
