import { z } from 'zod'
import type { PriceUnit } from '#kit/quantity.ts'
import { formatInstant, formatMoney, formatPer, formatQuantity } from '#kit/words.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Paper } from '#kit/server/paper/paper.ts'
import { onPaper } from '#modules/parties/index.ts'
import type { Writing } from '#modules/places/index.ts'

interface Shown {
  readonly row: Readonly<Record<string, unknown>>
  readonly refs: Readonly<Record<string, string>>
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

/** What a paper said when it was issued: its letterhead, and what was called what by id. */
export async function issuedOf(db: Db, id: string): Promise<{ letterhead: string | null; names: Record<string, string> }> {
  const row = await db
    .selectFrom('inventoryDocument')
    .select(['letterhead', 'location', 'toLocation', 'supplier', 'partner', 'asIssued'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const said = z.record(z.string(), z.string().nullable()).parse(row.asIssued ?? {})
  const supplier = row.supplier && row.partner ? (await onPaper(db, row.partner, row.supplier)).name : null
  const names = [
    [row.location, said['location']],
    [row.toLocation, said['toLocation']],
    [row.supplier, supplier],
  ] as const
  return {
    letterhead: row.letterhead,
    names: Object.fromEntries(names.flatMap(([of, name]) => (of && name ? [[of, name]] : []))),
  }
}

/** A receipt, adjustment, count or transfer as it is filed. Costs stand on it for those who may see them. */
export function paperOf({ row, refs, lines }: Shown, { letterhead, t, language, company, timeZone }: Writing): Paper {
  const quantity = (value: unknown) => formatQuantity(String(value), language, 'latn')
  const money = (value: unknown) => formatMoney(String(value), company.currency, language, 'latn', { plain: true })
  const per = (line: Shown['lines'][number]) =>
    formatPer((line['priceUnit'] ?? '1') as PriceUnit, line['unit'] as string | null, language)
  const name = (id: unknown) => (typeof id === 'string' ? (refs[id] ?? '') : '')
  const isCount = row['kind'] === 'count'
  const showsCost = lines.some((line) => line['unitCost'] !== null && line['unitCost'] !== undefined)
  const facts: [string, string][] = [
    [t('paper.date'), formatInstant(String(row['createdAt']), { locale: language, digits: 'latn', timeZone })],
    [t('field.location'), name(row['location'])],
  ]
  if (row['toLocation']) facts.push([t('field.toLocation'), name(row['toLocation'])])
  if (row['supplier']) facts.push([t('field.supplier'), name(row['supplier'])])
  if (row['reason']) facts.push([t('field.reason'), t.of('state', `inventory.document.reason.${String(row['reason'])}`)])
  return {
    ...letterhead,
    title: t(isCount ? 'paper.stockCount' : `paper.${String(row['kind'])}`),
    number: String(row['number']),
    facts,
    columns: [
      { title: t('field.name') },
      { title: t('field.sku') },
      ...(isCount ? [{ title: t('field.expected'), end: true }] : []),
      { title: t(isCount ? 'field.counted' : 'field.quantity'), end: true },
      ...(showsCost ? [{ title: t('field.unitCost'), end: true }] : []),
    ],
    rows: lines.map((line) => [
      [line['name'], line['lot']].filter(Boolean).join(' · '),
      String(line['sku']),
      ...(isCount ? [quantity(line['expected'] ?? 0)] : []),
      quantity(line['quantity']),
      ...(showsCost ? [`${money(line['unitCost'] ?? 0)} ${per(line)}`.trim()] : []),
    ]),
    sums:
      row['value'] === undefined
        ? []
        : [[t('field.value'), formatMoney(String(row['value']), company.currency, language, 'latn')]],
    note: (row['note'] as string | null) ?? null,
    signatures: [t('paper.handedOver'), t('paper.takenOver')],
  }
}
