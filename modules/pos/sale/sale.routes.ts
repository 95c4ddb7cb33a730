import './export.store.ts'
import { crud } from '#kit/server/crud.ts'
import { routes } from '#kit/server/http.ts'
import { issueInvoice, mailReceipt } from '../receipt/receipt.commands.ts'
import { invoicePdf, receiptEscpos, receiptPdf } from '../receipt/receipt.queries.ts'
import { completeSale, countPrint } from './sale.commands.ts'
import { showSale } from './sale.queries.ts'
import { sale } from './sale.ts'

const { list, exported } = crud(sale, {}, { creatable: false })

export const saleRoutes = routes({
  'GET /pos/sales': list,
  'GET /pos/sales/export': exported,
  'GET /pos/sales/:id': showSale,
  'POST /pos/sales': completeSale,
  'POST /pos/sales/:id/print': countPrint,
  'POST /pos/sales/:id/mail': mailReceipt,
  'POST /pos/sales/:id/invoice': issueInvoice,
  'GET /pos/sales/:id/receipt.pdf': receiptPdf,
  'GET /pos/sales/:id/invoice.pdf': invoicePdf,
  'GET /pos/sales/:id/receipt.bin': receiptEscpos,
})
