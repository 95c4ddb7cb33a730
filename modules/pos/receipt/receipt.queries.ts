import { Readable } from 'node:stream'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { escpos, rasterStrips } from '#kit/escpos.ts'
import { query } from '#kit/server/door/command.ts'
import { Download } from '#kit/server/list/export.ts'
import { paperPdf } from '#kit/server/paper/paper.ts'
import { printPdf, printRaster } from '#kit/server/paper/print.ts'
import { countPaper } from '#kit/server/paper/printed.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { may } from '#kit/access.ts'
import { notePulse } from '../drawer/drawer.commands.ts'
import { showSale } from '../sale/sale.queries.ts'
import { ReceiptProblem } from './receipt.ts'
import { invoiceData, printable, receiptData } from './receipt.store.ts'
import { receiptTemplate } from './receipt.typ.ts'

const input = z.object({
  id: z.uuid(),
  locale: localeSchema.optional(),
  copy: z.enum(['true', 'false']).default('false'),
})

/** Is this print a copy? Who only looks at sales gets one, and uses up no original. */
async function isCopyFor(ctx: Ctx, { id, copy }: { id: string; copy: string }): Promise<boolean> {
  const { row } = await showSale(ctx, { id })
  if (copy === 'true' || !may(ctx.actor, 'pos.sale.complete', String(row.place))) return true
  return (await countPaper(ctx, { table: 'pos_sale', id })).copy
}

/** The receipt as a PDF on an 80 mm roll; every print after the first says that it is a copy. */
export const receiptPdf = query({
  name: 'pos.receiptPdf',
  can: 'pos.sale.read',
  input,
  async run({ ctx }, { id, locale, copy }) {
    const data = await receiptData(ctx, id, locale, await isCopyFor(ctx, { id, copy }))
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

/** The issued tax invoice of a sale on A4; every print after the first says that it is a copy. */
export const invoicePdf = query({
  name: 'pos.invoicePdf',
  can: 'pos.sale.read',
  input: input.pick({ id: true, locale: true }),
  async run({ ctx }, { id, locale }) {
    const { row, isInvoiced } = await showSale(ctx, { id })
    if (!isInvoiced) throw ReceiptProblem.notIssued()
    const mayIssue = may(ctx.actor, 'pos.invoice.issue', String(row.place))
    const copy = !mayIssue || (await countPaper(ctx, { table: 'pos_sale', id, kind: 'invoice' })).copy
    const paper = await invoiceData(ctx, id, locale, copy)
    return new Download(Readable.from([await paperPdf(paper)]), `${paper.number}.pdf`, 'application/pdf', { inline: true })
  },
})

/**
 * The bytes for a receipt printer: the receipt as a picture, because printers don't join Arabic letters; then the cut. The drawer
 * opens with the first of a sale that was paid in cash.
 */
export const receiptEscpos = query({
  name: 'pos.receiptEscpos',
  can: 'pos.sale.read',
  input: input.extend({ drawer: z.enum(['true', 'false']).default('false') }),
  async run({ ctx }, { id, locale, copy, drawer }) {
    const picture = await printRaster(
      receiptTemplate,
      await printable(await receiptData(ctx, id, locale, await isCopyFor(ctx, { id, copy }))),
    )
    const opens = drawer === 'true' && (await notePulse(ctx, { document: id })).opens
    const start = Buffer.from([...escpos.init(), ...(opens ? escpos.drawer() : [])])
    const all = [start, ...rasterStrips(picture), Buffer.from(escpos.cut())]
    return new Download(Readable.from(all, { objectMode: false }), 'receipt.bin', 'application/octet-stream')
  },
})
