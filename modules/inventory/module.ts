import { module } from '#kit/server/edge/module.ts'
import { findable } from '#kit/server/list/search.ts'
import { stockDocument } from './document/document.ts'
import { importEntity } from '#kit/server/import/entity.ts'
import { theCompany } from '#modules/places/index.ts'
import { countsIn, skuBeside } from '#modules/catalog/index.ts'
import { lotsByCode } from './lot/found.store.ts'
import { lot } from './lot/lot.ts'
import { reorder } from './reorder/reorder.ts'
import { stockPaperRoutes } from './document/document.routes.ts'
import { papers } from './document/document.store.ts'
import { openingStock } from './document/opening.store.ts'
import { inventoryAccess } from './inventory.access.ts'
import { lotRoutes } from './lot/lot.routes.ts'
import { placeGetsFloor } from './location/location.store.ts'
import { locationRoutes } from './location/location.crud.ts'
import { transfer } from './transfer/transfer.ts'
import { transferRoutes } from './transfer/transfer.routes.ts'
import { transferProposalRoutes } from './transfer-proposal/transfer-proposal.routes.ts'
import { stockCount } from './stock-count/stock-count.ts'
import { stockCountRoutes } from './stock-count/stock-count.routes.ts'
import { reorderImport } from './reorder/reorder-import.crud.ts'
import { reorderRoutes } from './reorder/reorder.crud.ts'
import { stockHeld } from './stock/check.store.ts'
import { goods } from './stock/stock.chart.ts'
import { stockByCode } from './stock/found.store.ts'
import { releaseExpiredJob } from './stock/stock.jobs.ts'
import { productStock } from './stock/beside.store.ts'
import { stockRoutes } from './stock/stock.routes.ts'
import { warehouseWaits } from './waiting/waiting.store.ts'

const COUNTING = [
  'inventory_move',
  'inventory_document_line',
  'inventory_transfer_line',
  'inventory_stock_count_line',
  'inventory_reservation',
]

// The books stand beside the goods: every paper that moves goods posts its value in the same transaction.
export default module({
  name: 'inventory',
  depends: ['places', 'access', 'catalog', 'parties', 'ledger'],
  parts: [
    inventoryAccess,
    placeGetsFloor,
    productStock,
    findable(stockDocument),
    findable(transfer),
    transfer.series,
    findable(stockCount),
    stockCount.series,
    ...Object.values(goods),
    ...Object.values(papers),
    importEntity(reorder, async (tx) => (await theCompany(tx.db)).currency, reorderImport),
    openingStock,
    stockByCode,
    lotsByCode,
    skuBeside(reorder),
    skuBeside(lot),
    stockHeld,
    ...COUNTING.map(countsIn),
    releaseExpiredJob,
    ...warehouseWaits,
  ],
  routes: [
    transferRoutes,
    transferProposalRoutes,
    stockCountRoutes,
    stockRoutes,
    stockPaperRoutes,
    lotRoutes,
    locationRoutes,
    reorderRoutes,
  ],
})
