import { CommonProblem } from '#kit/problem.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import {
  seededName as named,
  formatInstant,
  formatMeasured,
  formatMoney,
  formatPer,
  formatRate,
  type Translate,
} from '#kit/words.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import type { Paper } from '#kit/server/paper/paper.ts'
import { withLogo } from '#kit/server/files/logo.ts'
import { inTurns } from '#kit/server/host/turns.ts'
import { onPaper } from '#modules/parties/index.ts'
import { writingOf } from '#modules/places/index.ts'
import { showSale } from '../sale/sale.queries.ts'

/** What a receipt says, in the language of the company unless another is asked for. */
export async function receiptData(ctx: Ctx, id: string, locale: string | undefined, isCopy: boolean) {
  const { row, lines, basketDiscount, tenders, taxes, returns } = await showSale(ctx, { id })
  const { db } = ctx.database
  const issued = await db.selectFrom('posSale').select(['letterhead', 'buyer']).where('id', '=', id).executeTakeFirstOrThrow()
  const writing = await writingOf(db, String(row.place), locale, issued.letterhead)
  const { letterhead, t, language, company, timeZone, receiptHead, receiptNote } = writing
  const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
  const price = priceOf(money, language)
  const sums: [string, string][] = []
  if (basketDiscount > 0n) sums.push([t('till.basketDiscount'), money(-basketDiscount)])
  sums.push([t('receipt.net'), money(row.net)], [t('receipt.tax'), money(row.tax)])
  if (row.rounding !== 0n) sums.push([t('receipt.rounding'), money(row.rounding)])
  const change = row.change
  return {
    ...letterhead,
    top: receiptHead,
    copy: marked(t, row, isCopy),
    number: row.number,
    at: formatInstant(String(row.completedAt), { locale: language, digits: 'latn', timeZone }),
    cashier: row.cashierName,
    customer: row.customer ? (await onPaper(db, issued.buyer, String(row.customer))).name : null,
    lines: await inTurns(lines, (line) => ({
      name: line.name,
      quantity: formatMeasured(String(line.quantity), line.unit, language),
      price: price(line),
      gross: money(line.gross),
      discount: line.off > 0n ? money(-line.off) : null,
      total: money(line.rest),
    })),
    sums,
    total: formatMoney(String(row.total), company.currency, language, 'latn'),
    tenders: [
      ...exchangedFor(t, row, returns, money),
      ...tenders.map((one): [string, string] => [[named(t, one), one.reference].filter(Boolean).join(' '), money(one.given)]),
      ...(change > 0n ? [[t('receipt.change'), money(change)] as [string, string]] : []),
    ],
    taxes: taxes
      .filter((one) => one.taxRate > 0n)
      .map((one) => [`${t('receipt.tax')} ${formatRate(String(one.taxRate), language, 'latn')}`, money(one.net), money(one.tax)]),
    note: receiptNote,
    words: {
      cashier: t('receipt.cashier'),
      customer: t('receipt.customer'),
      discount: t('receipt.discount'),
      total: t('receipt.total'),
      thanks: t('receipt.thanks'),
    },
  }
}

/** What is printed across it: that it was struck out, or that it is a copy. */
const marked = (t: Translate, row: { readonly state: unknown }, isCopy: boolean): string | null =>
  row.state === 'voided' ? t('state.pos.sale.state.voided') : isCopy ? t('receipt.copy') : null

/** What came back for it, as a way to pay: with the number of its return. */
function exchangedFor(
  t: Translate,
  { exchanged }: { readonly exchanged: bigint },
  returns: readonly { readonly number: string; readonly isExchange: boolean }[],
  money: (minor: unknown) => string,
): [string, string][] {
  if (exchanged === 0n) return []
  const numbers = returns.flatMap((one) => (one.isExchange ? [one.number] : []))
  return [[[t('field.pos.sale.exchanged'), ...numbers].join(' '), money(exchanged)]]
}

interface PricedLine {
  readonly unitPrice: unknown
  readonly priceUnit: string
  readonly unit: string | null
}

/** "5.67 / 100 g": a line's price and what it was for, as it was sold. */
const priceOf =
  (money: (minor: unknown) => string, language: string) =>
  ({ unitPrice, priceUnit, unit }: PricedLine): string =>
    [money(unitPrice), formatPer(priceUnit as PriceUnit, unit, language)].filter(Boolean).join('\u00a0')

/** A receipt as it is set: with its logo in black and white. */
export const printable = (data: Awaited<ReturnType<typeof receiptData>>) => withLogo(data, 'roll')

/**
 * The same sale as an invoice on A4: each line with its tax, the taxes by rate, how it was paid. It is a tax invoice where the
 * seller has a tax number.
 */
export async function invoiceData(ctx: Ctx, id: string, locale: string | undefined, isCopy: boolean): Promise<Paper> {
  const { row, lines, basketDiscount, tenders, taxes, returns } = await showSale(ctx, { id })
  const { db } = ctx.database
  const issued = await db
    .selectFrom('posInvoice')
    .select(['letterhead', 'buyer', 'issuedAt'])
    .where('sale', '=', id)
    .executeTakeFirst()
  if (!issued) throw CommonProblem.notFound()
  const writing = await writingOf(db, String(row.place), locale, issued.letterhead)
  const { letterhead, t, language, company, timeZone, receiptNote } = writing
  const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
  const price = priceOf(money, language)
  const hasDiscounts = lines.some((line) => line.off > 0n)
  const percent = (rate: unknown) => formatRate(String(rate), language, 'latn')
  const time = (at: unknown) => formatInstant(String(at), { locale: language, digits: 'latn', timeZone })
  const buyer = row.customer ? await onPaper(db, issued.buyer, String(row.customer)) : undefined
  return {
    ...letterhead,
    title: t(writing.taxNumber ? 'paper.invoice' : 'paper.plainInvoice'),
    copy: marked(t, row, isCopy),
    number: String(row.number),
    facts: [
      [t('paper.date'), time(row.completedAt)],
      ...(time(issued.issuedAt) === time(row.completedAt) ? [] : [[t('paper.issuedAt'), time(issued.issuedAt)] as const]),
      [t('receipt.cashier'), String(row.cashierName)],
      ...(buyer ? [[t('receipt.customer'), [buyer.name, ...buyer.below].join('\n')] as const] : []),
      [
        t('paper.paid'),
        [
          ...exchangedFor(t, row, returns, money).map((one) => one.join(' ')),
          ...tenders.map((one) => `${named(t, one)} ${money(one.amount)}`),
        ].join('\n'),
      ],
    ],
    columns: [
      { title: t('field.name') },
      { title: t('field.sku') },
      { title: t('field.quantity'), end: true },
      { title: t('field.price'), end: true },
      ...(hasDiscounts ? [{ title: t('receipt.discount'), end: true }] : []),
      { title: t('receipt.tax'), end: true },
      { title: t('receipt.total'), end: true },
    ],
    rows: await inTurns(lines, (line) => [
      line.name,
      line.sku,
      formatMeasured(String(line.quantity), line.unit, language),
      price(line),
      ...(hasDiscounts ? [line.off > 0n ? money(-line.off) : ''] : []),
      percent(line.taxRate),
      money(line.rest),
    ]),
    sums: [
      ...(basketDiscount > 0n ? [[t('till.basketDiscount'), money(-basketDiscount)] as const] : []),
      [t('receipt.net'), money(row.net)],
      ...taxes.map((one) => [`${t('receipt.tax')} ${percent(one.taxRate)}`, money(one.tax)] as const),
      ...(row.rounding === 0n ? [] : [[t('receipt.rounding'), money(row.rounding)] as const]),
      [t('receipt.total'), formatMoney(String(row.total), company.currency, language, 'latn')],
    ],
    note: receiptNote,
  }
}
