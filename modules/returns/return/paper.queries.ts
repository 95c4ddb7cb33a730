import { Readable } from 'node:stream'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { query } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { inTurns } from '#kit/server/host/turns.ts'
import { Download } from '#kit/server/list/export.ts'
import { paperPdf, rollPdf } from '#kit/server/paper/paper.ts'
import { countPaper } from '#kit/server/paper/printed.ts'
import { formatInstant, formatMeasured, formatMoney, formatRate, seededName } from '#kit/words.ts'
import { onPaper } from '#modules/parties/index.ts'
import { writingOf } from '#modules/places/index.ts'
import { showReturn } from './return.queries.ts'
import { returnNote } from './return.ts'

const input = z.object({ id: z.uuid(), locale: localeSchema.optional() })

/** What both papers of a return say. */
async function written(ctx: Ctx, id: string, locale: string | undefined, kind: 'paper' | 'invoice') {
  const { row, lines, refunds, issued } = await showReturn(ctx, { id })
  const { db } = ctx.database
  const { letterhead, t, language, company, timeZone } = await writingOf(db, String(row.place), locale, issued.letterhead)
  const { copy } = await countPaper(ctx, { table: returnNote.table, id, kind })
  const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
  const buyer = row.customer ? await onPaper(db, issued.buyer, String(row.customer)) : undefined
  const facts: [string, string][] = [
    [t('paper.date'), formatInstant(String(row.takenAt), { locale: language, digits: 'latn', timeZone })],
    ...(row.soldNumber ? ([[t('return.wasSold'), String(row.soldNumber)]] as [string, string][]) : []),
    [t('field.reason'), t(`state.returns.return.reason.${String(row.reason)}`)],
    [t('field.returns.return.takenByName'), String(row.takenByName)],
    ...(buyer ? ([[t('receipt.customer'), [buyer.name, ...buyer.below].join('\n')]] as [string, string][]) : []),
  ]
  const sums: [string, string][] = [
    [t('receipt.net'), money(row.net)],
    [t('receipt.tax'), money(row.tax)],
    ...(BigInt(String(row.rounding)) === 0n ? [] : ([[t('receipt.rounding'), money(row.rounding)]] as [string, string][])),
    [t('receipt.total'), formatMoney(String(row.total), company.currency, language, 'latn')],
  ]
  const paidBack: [string, string][] = [
    ...(BigInt(String(row.exchanged)) === 0n
      ? []
      : ([[t('field.returns.return.exchanged'), money(row.exchanged)]] as [string, string][])),
    ...refunds.map((one): [string, string] => [seededName(t, one), money(one.amount)]),
  ]
  const common = { ...letterhead, copy: copy ? t('receipt.copy') : null, title: t('return.slip'), number: String(row.number) }
  return { t, language, money, facts, sums, paidBack, lines, common }
}

const download = (bytes: Buffer, number: string) =>
  new Download(Readable.from([bytes]), `${number}.pdf`, 'application/pdf', { inline: true })

/** What the customer takes along: an 80 mm roll. Every print after the first says that it is a copy. */
export const returnSlip = query({
  name: 'returns.slip',
  can: 'returns.return.read',
  input,
  async run({ ctx }, { id, locale }) {
    const { t, language, money, facts, sums, paidBack, lines, common } = await written(ctx, id, locale, 'paper')
    const pairs = await inTurns(lines, (line): [string, string] => [
      `${formatMeasured(String(line.quantity), line.unit, language)} × ${line.name}`,
      money(line.net + line.tax),
    ])
    const bytes = await rollPdf({
      ...common,
      facts,
      sections: [
        { title: t('return.lines'), pairs },
        { title: t('return.money'), pairs: [...sums, ...paidBack] },
      ],
      note: null,
    })
    return download(bytes, common.number)
  },
})

/** The same on A4, line by line with its tax: the note of credit of an invoice. */
export const returnPaper = query({
  name: 'returns.paper',
  can: 'returns.return.read',
  input,
  async run({ ctx }, { id, locale }) {
    const { t, language, money, facts, sums, paidBack, lines, common } = await written(ctx, id, locale, 'invoice')
    const bytes = await paperPdf({
      ...common,
      facts: [
        ...facts,
        ...(paidBack.length > 0
          ? [[t('field.returns.return.refunded'), paidBack.map((one) => one.join(' ')).join('\n')] as const]
          : []),
      ],
      columns: [
        { title: t('field.name') },
        { title: t('field.sku') },
        { title: t('field.quantity'), end: true },
        { title: t('receipt.tax'), end: true },
        { title: t('receipt.total'), end: true },
      ],
      rows: await inTurns(lines, (line) => [
        line.name,
        line.sku,
        formatMeasured(String(line.quantity), line.unit, language),
        formatRate(String(line.taxRate), language, 'latn'),
        money(line.net + line.tax),
      ]),
      sums,
    })
    return download(bytes, common.number)
  },
})
