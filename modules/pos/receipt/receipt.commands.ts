import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { command } from '#kit/server/command.ts'
import { enqueue, job } from '#kit/server/job.ts'
import { requireMail, sendMail } from '#kit/server/mail.ts'
import { printPdf } from '#kit/server/print.ts'
import { serverWords } from '#kit/server/words.ts'
import { translate } from '#kit/words.ts'
import { showSale } from '../sale/sale.queries.ts'
import { receiptData } from './receipt.store.ts'
import { receiptTemplate } from './receipt.typ.ts'

/** Puts the receipt of a sale into the queue of outgoing mail. */
export const mailReceipt = command({
  name: 'pos.mailReceipt',
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid(), email: z.email().max(254).toLowerCase(), locale: localeSchema.optional() }),
  async run(tx, { id, email, locale }) {
    requireMail()
    // Who may not see the sale may not send it either.
    const { row } = await showSale(tx.ctx, { id })
    await enqueue(tx.client, mailReceiptJob, { sale: id, email, locale: locale ?? null })
    tx.about('pos_sale', id, String(row['place']))
    return { queued: true }
  },
})

/** Sends a receipt; a mail server that does not answer is tried again for some hours. */
const mailReceiptJob = job<{ sale: string; email: string; locale: string | null }>({
  name: 'pos.mailReceipt',
  async run(ctx, { sale, email, locale }) {
    const data = await receiptData(ctx, sale, locale ?? undefined, false)
    const t = translate(serverWords(), data.lang)
    const facts = { company: data.company, number: String(data.number), total: data.total }
    const pdf = { filename: `${facts.number}.pdf`, content: printPdf(receiptTemplate, data), contentType: 'application/pdf' }
    await sendMail({
      to: email,
      subject: t('receipt.mailSubject', facts),
      text: t('receipt.mailText', facts),
      attachments: [pdf],
    })
  },
})
