import { Readable } from 'node:stream'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { escpos, rasterBytes } from '#kit/escpos.ts'
import { query } from '#kit/server/command.ts'
import { Download } from '#kit/server/export.ts'
import { paperPdf } from '#kit/server/paper.ts'
import { printPdf, printRaster } from '#kit/server/print.ts'
import { showSale } from '../sale/sale.queries.ts'
import { countInvoice } from './receipt.commands.ts'
import { invoiceData, printable, receiptData } from './receipt.store.ts'
import { receiptTemplate } from './receipt.typ.ts'

const input = z.object({
  id: z.uuid(),
  locale: localeSchema.optional(),
  copy: z.enum(['true', 'false']).default('false'),
})

/** The receipt as a PDF on an 80 mm roll. */
export const receiptPdf = query({
  name: 'pos.receiptPdf',
  can: 'pos.sale.read',
  input,
  async run({ ctx }, { id, locale, copy }) {
    const data = await receiptData(ctx, id, locale, copy === 'true')
    return new Download(
      Readable.from([await printPdf(receiptTemplate, await printable(data))]),
      `${String(data.number)}.pdf`,
      'application/pdf',
      {
        inline: true,
      },
    )
  },
})

/** The sale as a tax invoice on A4. The first time that it is asked for issues it; every one after that is a copy. */
export const invoicePdf = query({
  name: 'pos.invoicePdf',
  can: 'pos.sale.read',
  input: input.pick({ id: true, locale: true }),
  async run({ ctx }, { id, locale }) {
    // Who may not see the sale issues nothing.
    await showSale(ctx, { id })
    const { copy } = await countInvoice(ctx, { id })
    const paper = await invoiceData(ctx, id, locale, copy)
    return new Download(Readable.from([await paperPdf(paper)]), `${paper.number}.pdf`, 'application/pdf', { inline: true })
  },
})

/** The bytes for a receipt printer: the receipt as a picture, because printers don't join Arabic letters; then the cut. */
export const receiptEscpos = query({
  name: 'pos.receiptEscpos',
  can: 'pos.sale.read',
  input: input.extend({ drawer: z.enum(['true', 'false']).default('false') }),
  async run({ ctx }, { id, locale, copy, drawer }) {
    const picture = await printRaster(receiptTemplate, await printable(await receiptData(ctx, id, locale, copy === 'true')))
    const start = Buffer.from([...escpos.init(), ...(drawer === 'true' ? escpos.drawer() : [])])
    const bytes = Buffer.concat([start, rasterBytes(picture), Buffer.from(escpos.cut())])
    return new Download(Readable.from([bytes]), 'receipt.bin', 'application/octet-stream')
  },
})
