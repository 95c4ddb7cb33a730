import { formatInstant, formatMoney, formatQuantity, formatRate } from '#kit/words.ts'
import type { Ctx } from '#kit/server/context.ts'
import type { Paper } from '#kit/server/paper.ts'
import { buyerOf } from '#modules/parties/index.ts'
import { writingOf } from '#modules/places/index.ts'
import { showSale } from '../sale/sale.queries.ts'

/** What a receipt says, in the language of the company unless another is asked for. */
export async function receiptData(ctx: Ctx, id: string, locale: string | undefined, isCopy: boolean) {
  const { row, refs, lines, tenders, taxes } = await showSale(ctx, { id })
  const { letterhead, t, language, company, timeZone, receiptNote } = await writingOf(ctx.database.db, String(row.place), locale)
  const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
  const sums: [string, string][] = []
  if (row.discount > 0n) sums.push([t('receipt.discount'), `-${money(row.discount)}`])
  sums.push([t('receipt.net'), money(row.net)], [t('receipt.tax'), money(row.tax)])
  if (row.rounding !== 0n) sums.push([t('receipt.rounding'), money(row.rounding)])
  const change = row.change
  return {
    ...letterhead,
    copy: isCopy ? t('receipt.copy') : null,
    number: row.number,
    at: formatInstant(String(row.completedAt), { locale: language, digits: 'latn', timeZone }),
    cashier: row.cashierName,
    customer: row.customer ? (refs[String(row.customer)] ?? null) : null,
    lines: lines.map((line) => ({
      name: line.name,
      quantity: formatQuantity(String(line.quantity), language, 'latn'),
      price: money(line.unitPrice),
      total: money(line.net + line.tax),
      discount: line.discount > 0n ? `-${money(line.discount)}` : null,
    })),
    sums,
    total: formatMoney(String(row.total), company.currency, language, 'latn'),
    tenders: [
      ...tenders.map((one): [string, string] => [one.reference ? `${one.name} ${one.reference}` : one.name, money(one.given)]),
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

/** The same sale as a tax invoice on A4: each line with its tax, the taxes by rate, how it was paid. */
export async function invoiceData(ctx: Ctx, id: string, locale: string | undefined): Promise<Paper> {
  const { row, refs, lines, tenders, taxes } = await showSale(ctx, { id })
  const { letterhead, t, language, company, timeZone, receiptNote } = await writingOf(ctx.database.db, String(row.place), locale)
  const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
  const percent = (rate: unknown) => formatRate(String(rate), language, 'latn')
  const buyer = row.customer ? await buyerOf(ctx.database.db, String(row.customer)) : []
  return {
    ...letterhead,
    title: t('paper.invoice'),
    number: String(row.number),
    facts: [
      [t('paper.date'), formatInstant(String(row.completedAt), { locale: language, digits: 'latn', timeZone })],
      [t('receipt.cashier'), String(row.cashierName)],
      ...(row.customer
        ? [[t('receipt.customer'), [refs[String(row.customer)], ...buyer].filter(Boolean).join('\n')] as const]
        : []),
      [t('paper.paid'), tenders.map((one) => `${one.name} ${money(one.amount)}`).join('\n')],
    ],
    columns: [
      { title: t('field.name') },
      { title: t('field.sku') },
      { title: t('field.quantity'), end: true },
      { title: t('field.price'), end: true },
      { title: t('receipt.tax'), end: true },
      { title: t('receipt.total'), end: true },
    ],
    rows: lines.map((line) => [
      line.name,
      line.sku,
      formatQuantity(String(line.quantity), language, 'latn'),
      money(line.unitPrice),
      percent(line.taxRate),
      money(line.net + line.tax),
    ]),
    sums: [
      ...(row.discount > 0n ? [[t('receipt.discount'), `-${money(row.discount)}`] as const] : []),
      [t('receipt.net'), money(row.net)],
      ...taxes.map((one) => [`${t('receipt.tax')} ${percent(one.taxRate)}`, money(one.tax)] as const),
      ...(row.rounding === 0n ? [] : [[t('receipt.rounding'), money(row.rounding)] as const]),
      [t('receipt.total'), formatMoney(String(row.total), company.currency, language, 'latn')],
    ],
    note: receiptNote,
  }
}
