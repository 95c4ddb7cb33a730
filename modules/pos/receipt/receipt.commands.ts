import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { attachTo, canLeave, postMessage } from '#kit/server/door/message.ts'
import { printPdf } from '#kit/server/paper/print.ts'
import { seldom } from '#modules/access/index.ts'
import { keepOnPaper } from '#modules/parties/index.ts'
import { writingOf } from '#modules/places/index.ts'
import { BackProblem } from '../back/back.ts'
import { showSale } from '../sale/sale.queries.ts'
import { receiptMessage, ReceiptProblem } from './receipt.ts'
import { printable, receiptData } from './receipt.store.ts'
import { receiptTemplate } from './receipt.typ.ts'

/** One a minute is a busy counter; more is somebody who bothers others in the shop's name. */
const MAILS_HOURLY = 60

/** Sends the receipt of a sale by e-mail, as a PDF. */
export const mailReceipt = command({
  name: 'pos.mailReceipt',
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid(), email: z.email().max(254).toLowerCase(), locale: localeSchema.optional() }),
  async before(ctx, { id, locale }) {
    // Who may not see the sale may not send it either.
    const receipt = await receiptData(ctx, id, locale, false)
    if (!canLeave('mail')) throw ReceiptProblem.noMail()
    if (!(await seldom(ctx, 'receipt', MAILS_HOURLY))) throw ReceiptProblem.tooMany({ most: MAILS_HOURLY })
    return receipt
  },
  async run(tx, { id, email }, { lang, number, total }) {
    await postMessage(tx, receiptMessage, { to: email, locale: lang, facts: { number: String(number), total }, about: id })
    tx.about('pos_sale', id)
    return { queued: true }
  },
})

/** Sends the number and the total of a receipt by SMS. */
export const textReceipt = command({
  name: 'pos.textReceipt',
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid(), phone: z.e164(), locale: localeSchema.optional() }),
  async before(ctx, { id, locale }) {
    const receipt = await receiptData(ctx, id, locale, false)
    if (!canLeave('sms')) throw ReceiptProblem.noSms()
    if (!(await seldom(ctx, 'receipt', MAILS_HOURLY))) throw ReceiptProblem.tooMany({ most: MAILS_HOURLY })
    return receipt
  },
  async run(tx, { id, phone }, { lang, number, total }) {
    const facts = { number: String(number), total }
    await postMessage(tx, receiptMessage, { to: phone, channel: 'sms', locale: lang, facts, about: id })
    tx.about('pos_sale', id)
    return { queued: true }
  },
})

/** Issues the tax invoice of a sale, so that it can be printed; where something is missing it says what. */
export const issueInvoice = command({
  name: 'pos.issueInvoice',
  can: 'pos.invoice.issue',
  input: z.object({ id: z.uuid() }),
  // Who may not see the sale issues nothing.
  before: (ctx, { id }) => showSale(ctx, { id }),
  async run(tx, { id }, { row }) {
    tx.mayAt('pos.invoice.issue', String(row.place))
    await issue(tx, id)
    return { issued: true }
  },
})

/** With both parties as they are now. Where tax was charged the seller's tax number has to stand on it. */
async function issue(tx: Tx, id: string): Promise<void> {
  const sale = await tx.db
    .selectFrom('posSale as s')
    .leftJoin('posInvoice as i', 'i.sale', 's.id')
    .select(['s.place', 's.customer', 's.tax', 's.state', 'i.issuedAt'])
    .where('s.id', '=', id)
    // Nobody voids it meanwhile.
    .forShare('s')
    .executeTakeFirstOrThrow()
  tx.about('pos_sale', id, sale.place)
  if (sale.issuedAt) return
  if (sale.state === 'voided') throw BackProblem.voided()
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

export const receiptAttached = attachTo(receiptMessage, async (ctx, sale, locale) => {
  const data = await receiptData(ctx, sale, locale, false)
  return [
    {
      filename: `${data.number}.pdf`,
      content: await printPdf(receiptTemplate, await printable(data)),
      contentType: 'application/pdf',
    },
  ]
})
