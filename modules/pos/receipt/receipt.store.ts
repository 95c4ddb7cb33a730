import { direction, formatInstant, formatMoney, formatQuantity, formatRate, languageOf, translate } from '#kit/words.ts'
import type { Ctx } from '#kit/server/context.ts'
import { serverWords } from '#kit/server/words.ts'
import { theCompany } from '#modules/places/index.ts'
import { showSale } from '../sale/sale.queries.ts'

/** What a receipt says, in the language of the company unless another is asked for. */
export async function receiptData(ctx: Ctx, id: string, locale: string | undefined, isCopy: boolean) {
  const { row, refs, lines, tenders, taxes } = await showSale(ctx, { id })
  const company = await theCompany(ctx.database.db)
  const place = await ctx.database.db
    .selectFrom('placeFact')
    .select(['name', 'timeZone', 'address', 'phone', 'taxNumber', 'receiptNote'])
    .where('id', '=', String(row['place']))
    .executeTakeFirstOrThrow()
  const language = languageOf(locale ?? company.locale)
  const t = translate(serverWords(), language)
  const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
  const asRow = row as Record<string, bigint | string | null>
  const sums: [string, string][] = []
  if ((asRow['discount'] as bigint) > 0n) sums.push([t('receipt.discount'), `-${money(asRow['discount'])}`])
  sums.push([t('receipt.net'), money(asRow['net'])], [t('receipt.tax'), money(asRow['tax'])])
  if (asRow['rounding'] !== 0n) sums.push([t('receipt.rounding'), money(asRow['rounding'])])
  const change = asRow['change'] as bigint
  return {
    lang: language,
    rtl: direction(language) === 'rtl',
    company: company.name,
    place: place.name,
    head: [
      place.address,
      place.phone,
      (place.taxNumber ?? company.taxNumber) ? `${t('receipt.taxNumber')} ${place.taxNumber ?? company.taxNumber}` : null,
    ].filter((line): line is string => Boolean(line)),
    copy: isCopy ? t('receipt.copy') : null,
    number: asRow['number'],
    at: formatInstant(String(asRow['completedAt']), { locale: language, digits: 'latn', timeZone: place.timeZone }),
    cashier: asRow['cashierName'],
    customer: asRow['customer'] ? (refs[String(asRow['customer'])] ?? null) : null,
    lines: lines.map((line) => ({
      name: line.name,
      quantity: formatQuantity(String(line.quantity), language, 'latn'),
      price: money(line.unitPrice),
      total: money(line.net + line.tax),
      discount: line.discount > 0n ? `-${money(line.discount)}` : null,
    })),
    sums,
    total: formatMoney(String(asRow['total']), company.currency, language, 'latn'),
    tenders: [
      ...tenders.map((one): [string, string] => [one.reference ? `${one.name} ${one.reference}` : one.name, money(one.given)]),
      ...(change > 0n ? [[t('receipt.change'), money(change)] as [string, string]] : []),
    ],
    taxes: taxes
      .filter((one) => one.taxRate > 0n)
      .map((one) => [`${t('receipt.tax')} ${formatRate(String(one.taxRate), language, 'latn')}`, money(one.net), money(one.tax)]),
    note: place.receiptNote,
    words: {
      cashier: t('receipt.cashier'),
      customer: t('receipt.customer'),
      discount: t('receipt.discount'),
      total: t('receipt.total'),
      thanks: t('receipt.thanks'),
    },
  }
}
