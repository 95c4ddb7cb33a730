import { Readable } from 'node:stream'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { command, query } from '#kit/server/door/command.ts'
import { attachTo, canLeave, postMessage } from '#kit/server/door/message.ts'
import { serverWords } from '#kit/server/host/words.ts'
import { Download } from '#kit/server/list/export.ts'
import { lockRow } from '#kit/server/list/crud.ts'
import { paperPdf, type Paper } from '#kit/server/paper/paper.ts'
import { CommonProblem } from '#kit/problem.ts'
import { formatDay, languageOf } from '#kit/words.ts'
import { seldom } from '#modules/access/index.ts'
import { partyFacts } from '#modules/parties/index.ts'
import { theCompany, writingOf } from '#modules/places/index.ts'
import { purchaseMessage } from './purchase-message.ts'
import { issuedOf, paperOf } from './paper.store.ts'
import { purchase, PurchaseProblem } from './purchase.ts'
import { showPurchase } from './purchase.crud.ts'

/** In the language of its supplier, where we write that one; else in the company's. */
async function write(ctx: Ctx, id: string, locale?: string): Promise<Paper> {
  const shown = await showPurchase(ctx, { id })
  const { db } = ctx.database
  const [issued, supplier] = [await issuedOf(db, id), await partyFacts(db, String(shown.row.supplier))]
  const wanted = locale ?? knownLanguage(supplier.language)
  const writing = await writingOf(db, String(shown.row.place), wanted, issued.letterhead)
  return paperOf(db, shown as never, issued.partner, writing)
}

const knownLanguage = (language: string | null): string | undefined =>
  language && languageOf(language) in serverWords() ? languageOf(language) : undefined

/** The order on A4. */
export const purchasePdf = query({
  name: 'sourcing.purchasePdf',
  can: 'sourcing.purchase.read',
  input: z.object({ id: z.uuid(), locale: localeSchema.optional() }),
  async run({ ctx }, { id, locale }) {
    const paper = await write(ctx, id, locale)
    return new Download(Readable.from([await paperPdf(paper)]), `${paper.number}.pdf`, 'application/pdf', { inline: true })
  },
})

/** More in an hour is somebody who bothers others in the shop's name. */
const MAILS_HOURLY = 60

/** Sends an order that was approved to its supplier, in their language. */
export const mailPurchase = command({
  name: 'sourcing.purchase.mail',
  can: 'sourcing.purchase.edit',
  input: z.object({ id: z.uuid(), email: z.email().max(254).toLowerCase() }),
  async before(ctx) {
    if (!canLeave('mail')) throw PurchaseProblem.noMail()
    if (!(await seldom(ctx, 'purchase', MAILS_HOURLY))) throw PurchaseProblem.tooManyMails({ most: MAILS_HOURLY })
  },
  async run(tx, { id, email }) {
    const row = await lockRow(tx, purchase, id)
    if (!row.decidedAt || row.state === 'cancelled') throw CommonProblem.wrongStep({ state: row.state })
    const company = await theCompany(tx.db)
    const { language } = await partyFacts(tx.db, row.supplier)
    const locale = knownLanguage(language) ?? languageOf(company.locale)
    const expected = row.expectedOn ? formatDay(row.expectedOn, { locale, digits: 'latn' }) : '–'
    await postMessage(tx, purchaseMessage, {
      to: email,
      locale,
      facts: { number: row.number, expected },
      about: id,
    })
    tx.about(purchase.table, id, row.place)
    return { queued: true }
  },
})

export const purchaseAttached = attachTo(purchaseMessage, async (ctx, id, locale) => {
  const paper = await write(ctx, id, locale)
  return [{ filename: `${paper.number}.pdf`, content: await paperPdf(paper), contentType: 'application/pdf' }]
})
