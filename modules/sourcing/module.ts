import { importEntity } from '#kit/server/import/entity.ts'
import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import { countsIn } from '#modules/catalog/index.ts'
import { theCompany } from '#modules/places/index.ts'
import { offerImport } from './offer/offer-import.crud.ts'
import { offerRoutes } from './offer/offer.crud.ts'
import { offer } from './offer/offer.ts'
import { filters } from './lists.ts'
import { proposalRoutes } from './proposal/proposal.routes.ts'
import { purchaseAttached } from './purchase/paper.commands.ts'
import { payable } from './purchase/purchase.chart.ts'
import { purchaseRoutes } from './purchase/purchase.routes.ts'
import { purchase } from './purchase/purchase.ts'
import { purchasesWait } from './purchase/waiting.store.ts'
import { sourcingAccess } from './sourcing.access.ts'

export default module({
  name: 'sourcing',
  depends: ['places', 'access', 'catalog', 'parties', 'ledger', 'inventory'],
  parts: [
    sourcingAccess,
    findable(purchase),
    purchase.series,
    payable,
    countsIn('sourcing_purchase_line'),
    purchaseAttached,
    ...purchasesWait,
    ...filters,
    importEntity(offer, async (tx) => (await theCompany(tx.db)).currency, offerImport),
  ],
  routes: [purchaseRoutes, proposalRoutes, offerRoutes],
})
