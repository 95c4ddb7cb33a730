import { routes } from '#kit/server/edge/http.ts'
import { issueInvoice, mailReceipt, textReceipt } from './receipt.commands.ts'
import { invoicePdf, receiptEscpos, receiptPdf } from './receipt.queries.ts'

export const receiptRoutes = routes({
  'POST /pos/sales/:id/mail': mailReceipt,
  'POST /pos/sales/:id/sms': textReceipt,
  'POST /pos/sales/:id/invoice': issueInvoice,
  'GET /pos/sales/:id/receipt.pdf': receiptPdf,
  'GET /pos/sales/:id/invoice.pdf': invoicePdf,
  'GET /pos/sales/:id/receipt.bin': receiptEscpos,
})
