import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { command } from '#kit/server/command.ts'
import type { Tx } from '#kit/server/context.ts'
import { attachTo, canLeave, postMessage } from '#kit/server/message.ts'
import { printPdf } from '#kit/server/print.ts'
import { keepOnPaper } from '#modules/parties/index.ts'
import { writingOf } from '#modules/places/index.ts'
import { showSale } from '../sale/sale.queries.ts'
import { receiptMessage, ReceiptProblem } from './receipt.ts'
import { printable, receiptData } from './receipt.store.ts'
import { receiptTemplate } from './receipt.typ.ts'

/** Sends the receipt of a sale by e-mail, as a PDF. */
export const mailReceipt = command({
  name: 'pos.mailReceipt',
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid(), email: z.email().max(254).toLowerCase(), locale: localeSchema.optional() }),
  async run(tx, { id, email, locale }) {
    // Who may not see the sale may not send it either.
    await showSale(tx.ctx, { id })
    if (!canLeave('mail')) throw ReceiptProblem.noMail()
    const { lang, number, total } = await receiptData(tx.ctx, id, locale, false)
    await postMessage(tx, receiptMessage, { to: email, locale: lang, facts: { number: String(number), total }, about: id })
    tx.about('pos_sale', id)
    return { queued: true }
  },
})

/** Issues the tax invoice of a sale, so that it can be printed; where something is missing it says what. */
export const issueInvoice = command({
  name: 'pos.issueInvoice',
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    // Who may not see the sale issues nothing.
    await showSale(tx.ctx, { id })
    await issue(tx, id)
    return { issued: true }
  },
})

/** Counts a print of the invoice, issuing it where that was not done before: every print after the first is a copy. */
export const countInvoice = command({
  name: 'pos.countInvoice',
  internal: true,
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid() }),
  async run(tx, { id }) {
    await issue(tx, id)
    const { prints } = await tx.db
      .updateTable('posInvoice')
      .set((of) => ({ prints: of('prints', '+', 1) }))
      .where('sale', '=', id)
      .returning('prints')
      .executeTakeFirstOrThrow()
    return { copy: prints > 1 }
  },
})

/** With both parties as they are now. Where tax was charged the seller's tax number has to stand on it. */
async function issue(tx: Tx, id: string): Promise<void> {
  const sale = await tx.db
    .selectFrom('posSale as s')
    .leftJoin('posInvoice as i', 'i.sale', 's.id')
    .select(['s.place', 's.customer', 's.tax', 'i.issuedAt'])
    .where('s.id', '=', id)
    .executeTakeFirstOrThrow()
  tx.about('pos_sale', id, sale.place)
  if (sale.issuedAt) return
  const { taxNumber, version } = await writingOf(tx.db, sale.place, undefined)
  if (sale.tax !== 0n && !taxNumber) throw ReceiptProblem.noTaxNumber()
  const buyer = sale.customer ? await keepOnPaper(tx, sale.customer) : null
  const issued = { sale: id, letterhead: version, buyer, issuedAt: tx.now, issuedBy: tx.actor.id! }
  // Two who ask at the same moment get one invoice.
  await tx.db
    .insertInto('posInvoice')
    .values(issued)
    .onConflict((on) => on.doNothing())
    .execute()
}

attachTo(receiptMessage, async (ctx, sale, locale) => {
  const data = await receiptData(ctx, sale, locale, false)
  return [
    {
      filename: `${data.number}.pdf`,
      content: await printPdf(receiptTemplate, await printable(data)),
      contentType: 'application/pdf',
    },
  ]
})
