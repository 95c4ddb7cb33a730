import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import { account } from './account/account.ts'
import { accountImport } from './account/account-import.crud.ts'
import { accountRoutes, chartRoutes } from './account/account.routes.ts'
import { general } from './account/chart.ts'
import { memosTold } from './entry/export.store.ts'
import { entryRoutes } from './entry/entry.routes.ts'
import { journalRoutes } from './journal/journal.routes.ts'
import { journal } from './journal/journal.ts'
import { ledgerAccess } from './ledger.access.ts'
import { periodsWait } from './period/waiting.store.ts'
import { periodRoutes } from './period/period.routes.ts'

export default module({
  name: 'ledger',
  depends: ['places', 'access', 'parties'],
  parts: [
    ledgerAccess,
    findable(account),
    ...Object.values(general),
    journal.series,
    periodsWait,
    memosTold,
    importEntity(account, async (tx) => (await theCompany(tx.db)).currency, accountImport),
  ],
  routes: [accountRoutes, chartRoutes, entryRoutes, journalRoutes, periodRoutes],
})
