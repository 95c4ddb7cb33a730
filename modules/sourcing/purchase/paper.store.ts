import type { PriceUnit } from '#kit/quantity.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Paper } from '#kit/server/paper/paper.ts'
import { formatDay, formatMoney, formatPer, formatQuantity, formatRate } from '#kit/words.ts'
import { onPaper } from '#modules/parties/index.ts'
import type { Writing } from '#modules/places/index.ts'

interface Shown {
  readonly row: Readonly<Record<string, unknown>>
  readonly refs: Readonly<Record<string, string>>
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

/** With which letterhead and to whom an order was issued; nothing before somebody has approved it. */
export async function issuedOf(db: Db, id: string): Promise<{ letterhead: string | null; partner: string | null }> {
  return db.selectFrom('sourcingPurchase').select(['letterhead', 'partner']).where('id', '=', id).executeTakeFirstOrThrow()
}

/** The order as its supplier reads it. */
export async function paperOf(db: Db, { row, refs, lines }: Shown, partner: string | null, writing: Writing): Promise<Paper> {
  const { letterhead, t, language, company } = writing
  const supplier = await onPaper(db, partner, String(row['supplier']))
  const money = (value: unknown) => formatMoney(String(value), company.currency, language, 'latn', { plain: true })
  const day = (value: unknown) => formatDay(String(value), { locale: language, digits: 'latn' })
  const showsCost = row['total'] !== undefined
  const facts: [string, string][] = [
    [t('field.supplier'), [supplier.name, ...supplier.below].join('\n')],
    [t('paper.date'), day(row['businessDay'])],
    [t('purchase.deliverTo'), refs[String(row['location'])] ?? ''],
  ]
  if (row['expectedOn']) facts.push([t('field.sourcing.purchase.expectedOn'), day(row['expectedOn'])])
  if (row['reference']) facts.push([t('field.reference'), String(row['reference'])])
  return {
    ...letterhead,
    title: t('paper.purchase'),
    number: String(row['number']),
    facts,
    columns: [
      { title: t('field.name') },
      { title: t('field.code') },
      { title: t('field.quantity'), end: true },
      ...(showsCost
        ? [
            { title: t('field.price'), end: true },
            { title: t('field.taxRate'), end: true },
            { title: t('field.net'), end: true },
          ]
        : []),
    ],
    rows: lines.map((line) => [
      String(line['name']),
      String(line['code'] ?? line['sku'] ?? ''),
      [formatQuantity(String(line['quantity']), language, 'latn'), line['unit']].filter(Boolean).join(' '),
      ...(showsCost
        ? [
            `${money(line['price'])} ${formatPer((line['priceUnit'] ?? '1') as PriceUnit, line['unit'] as string | null, language)}`.trim(),
            formatRate(String(line['taxRate']), language, 'latn'),
            money(line['net']),
          ]
        : []),
    ]),
    sums: showsCost
      ? [
          [t('field.net'), money(row['net'])],
          [t('field.tax'), money(row['tax'])],
          [t('field.total'), formatMoney(String(row['total']), company.currency, language, 'latn')],
        ]
      : [],
    note: (row['note'] as string | null) ?? null,
    signatures: [t('purchase.ordered')],
  }
}
