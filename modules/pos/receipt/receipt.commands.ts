import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { command } from '#kit/server/command.ts'
import { attachTo, canLeave, postMessage } from '#kit/server/message.ts'
import { printPdf } from '#kit/server/print.ts'
import { showSale } from '../sale/sale.queries.ts'
import { receiptMessage, ReceiptProblem } from './receipt.ts'
import { receiptData } from './receipt.store.ts'
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

attachTo(receiptMessage, async (ctx, sale, locale) => {
  const data = await receiptData(ctx, sale, locale, false)
  return [{ filename: `${data.number}.pdf`, content: printPdf(receiptTemplate, data), contentType: 'application/pdf' }]
})
