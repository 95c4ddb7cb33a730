import { routes } from '#kit/server/edge/http.ts'
import {
  approvePurchase,
  cancelPurchase,
  closePurchase,
  receivePurchase,
  sendPurchaseBack,
  submitPurchase,
} from './purchase.commands.ts'
import { billPurchase, reverseBill } from './bill.commands.ts'
import { findPurchasable } from './purchase.queries.ts'
import { purchaseCrud } from './purchase.crud.ts'
import { mailPurchase, purchasePdf } from './paper.commands.ts'

export const purchaseRoutes = routes({
  ...purchaseCrud,
  'GET /sourcing/goods': findPurchasable,
  'GET /sourcing/purchases/:id/paper.pdf': purchasePdf,
  'POST /sourcing/purchases/:id/mail': mailPurchase,
  'POST /sourcing/purchases/:id/submit': submitPurchase,
  'POST /sourcing/purchases/:id/approve': approvePurchase,
  'POST /sourcing/purchases/:id/sendBack': sendPurchaseBack,
  'POST /sourcing/purchases/:id/receive': receivePurchase,
  'POST /sourcing/purchases/:id/close': closePurchase,
  'POST /sourcing/purchases/:id/cancel': cancelPurchase,
  'POST /sourcing/purchases/:id/bill': billPurchase,
  'POST /sourcing/purchases/:id/bill-reversal': reverseBill,
})
