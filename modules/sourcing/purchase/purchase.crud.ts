import { documentRoutes } from '#kit/server/document/document.ts'
import { purchaseHooks } from './purchase.store.ts'
import { purchase } from './purchase.ts'

/** List, page, draft, history and export, as every document has them. */
export const purchaseCrud = documentRoutes(purchase, purchaseHooks)
export const showPurchase = purchaseCrud['GET /sourcing/purchases/:id']
