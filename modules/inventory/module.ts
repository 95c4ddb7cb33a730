import { module } from '#kit/server/module.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import { reorder } from './reorder/reorder.ts'
import { documentRoutes } from './document/document.routes.ts'
import './document/opening.store.ts'
import './inventory.access.ts'
import { lotRoutes } from './lot/lot.routes.ts'
import { locationRoutes } from './location/location.crud.ts'
import { reorderRoutes } from './reorder/reorder.crud.ts'
import { stockRoutes } from './stock/stock.routes.ts'

importEntity(reorder, async (tx) => (await theCompany(tx.db)).currency)

// The books stand beside the goods: every paper that moves goods posts its value in the same transaction.
export default module({
  name: 'inventory',
  depends: ['places', 'access', 'catalog', 'parties', 'ledger'],
  routes: [stockRoutes, documentRoutes, lotRoutes, locationRoutes, reorderRoutes],
})
