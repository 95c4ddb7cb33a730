import { documentRoutes } from '#kit/server/document/document.ts'
import { routes } from '#kit/server/edge/http.ts'
import { addToStockCount, settleUncounted, tallyStockCount } from './counting.commands.ts'
import { cancelStockCount, postStockCount, recountStockCount, reviewStockCount, startStockCount } from './stock-count.commands.ts'
import { findForStockCount, stockCountDifferences, stockCountProgress } from './stock-count.queries.ts'
import { stockCountHooks } from './stock-count.store.ts'
import { stockCount } from './stock-count.ts'

export const stockCountRoutes = routes({
  ...documentRoutes(stockCount, stockCountHooks),
  'GET /inventory/stock-counts/:id/progress': stockCountProgress,
  'GET /inventory/stock-counts/:id/goods': findForStockCount,
  'GET /inventory/stock-counts/:id/differences': stockCountDifferences,
  'POST /inventory/stock-counts/:id/tallies': tallyStockCount,
  'POST /inventory/stock-counts/:id/lines': addToStockCount,
  'POST /inventory/stock-counts/:id/uncounted': settleUncounted,
  'POST /inventory/stock-counts/:id/start': startStockCount,
  'POST /inventory/stock-counts/:id/review': reviewStockCount,
  'POST /inventory/stock-counts/:id/recount': recountStockCount,
  'POST /inventory/stock-counts/:id/post': postStockCount,
  'POST /inventory/stock-counts/:id/cancel': cancelStockCount,
})
