import { Readable } from 'node:stream'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { may } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { latestCheckpoint } from '#kit/server/audit-seal.ts'
import { query } from '#kit/server/command.ts'
import { getRow } from '#kit/server/crud.ts'
import { Download } from '#kit/server/export.ts'
import { rollPdf } from '#kit/server/paper.ts'
import { formatDay, formatInstant, formatMoney, formatRate } from '#kit/words.ts'
import { loadMethods } from '#modules/payments/index.ts'
import { theCompany, writingOf } from '#modules/places/index.ts'
import { posSettings, reportOf, type ShiftReport } from './shift.store.ts'
import { shift } from './shift.ts'

/** A shift with its report. While it is open, what the drawer should hold is for those only who don't count it. */
export const showShift = query({
  name: 'pos.showShift',
  can: 'pos.shift.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, shift, id)
    const isOpen = found.row['state'] === 'open'
    const blind = isOpen && !may(reading.actor, 'pos.shift.count', String(found.row.place))
    const report = isOpen ? await reportOf(reading.db, id) : found.row['report']
    const moves = await reading.db
      .selectFrom('posCashMove as m')
      .innerJoin('accessUserName as u', 'u.id', 'm.movedBy')
      .select(['m.id', 'm.kind', 'm.amount', 'm.reason', 'm.at', 'u.name as movedByName'])
      .where('m.shift', '=', id)
      .orderBy('m.at')
      .execute()
    return { ...found, report: blind ? null : report, moves }
  },
})

/** Everything that the till screen needs to start: the till, its open shift, ways to pay, limits. */
export const startTill = query({
  name: 'pos.startTill',
  can: 'pos.sale.complete',
  input: z.object({ id: z.uuid() }),
  async run({ db, actor }, { id }) {
    const till = await db
      .selectFrom('posTill as t')
      .innerJoin('placeFact as p', 'p.id', 't.place')
      .select(['t.id', 't.name', 't.code', 't.place', 'p.name as placeName', 'p.timeZone', 'p.receiptNote'])
      .where('t.id', '=', id)
      .where('t.archivedAt', 'is', null)
      .executeTakeFirst()
    if (!till || !may(actor, 'pos.sale.complete', till.place)) throw CommonProblem.notFound()
    const [open, methods, company, settings] = await Promise.all([
      db
        .selectFrom('posShift')
        .select(['id', 'number', 'openedAt', 'float', 'businessDay'])
        .where('till', '=', id)
        .where('state', '=', 'open')
        .executeTakeFirst(),
      loadMethods(db),
      theCompany(db),
      posSettings(db),
    ])
    return {
      till,
      shift: open ?? null,
      methods,
      currency: company.currency,
      pricesIncludeTax: company.pricesIncludeTax,
      discountLimit: settings.discountLimit,
    }
  },
})

/** The report of a shift on an 80 mm roll: X while it is open, Z when it was closed. Who counts blind gets none before. */
export const shiftReportPdf = query({
  name: 'pos.shiftReportPdf',
  can: 'pos.shift.read',
  input: z.object({ id: z.uuid(), locale: localeSchema.optional() }),
  async run({ ctx, db }, { id, locale }) {
    const { row, refs, report } = await showShift(ctx, { id })
    if (!report) throw CommonProblem.forbidden()
    const { letterhead, t, language, company, timeZone } = await writingOf(db, String(row.place), locale)
    const facts = report as ShiftReport
    const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
    const less = (minor: unknown) => (BigInt(String(minor)) === 0n ? money(0) : `-${money(minor)}`)
    const time = (at: unknown) => formatInstant(String(at), { locale: language, digits: 'latn', timeZone })
    const isOpen = row.state === 'open'
    // On paper the newest seal of the trail is out of reach of whoever owns the database.
    const seal = isOpen ? undefined : await latestCheckpoint(ctx.database)
    const bytes = rollPdf({
      ...letterhead,
      title: t(isOpen ? 'paper.xReport' : 'paper.zReport'),
      number: String(row.number),
      facts: [
        [t('paper.day'), formatDay(String(row.businessDay), { locale: language, digits: 'latn', timeZone })],
        [t('field.till'), refs[String(row.till)] ?? ''],
        [t('field.openedAt'), time(row.openedAt)],
        ...(row.closedAt ? [[t('field.closedAt'), time(row.closedAt)] as const] : []),
        [t('field.openedBy'), refs[String(row.openedBy)] ?? ''],
        ...(seal ? [[t('paper.seal'), `${seal.seq}:${seal.hash.slice(0, 24)}`] as const] : []),
      ],
      sections: [
        {
          title: t('shift.sales'),
          pairs: [
            [t('paper.count'), String(facts.sales)],
            [t('receipt.discount'), less(facts.discount)],
            [t('receipt.net'), money(facts.net)],
            ...facts.taxes.map(
              (one) => [`${t('receipt.tax')} ${formatRate(String(one.taxRate), language, 'latn')}`, money(one.tax)] as const,
            ),
            [t('receipt.rounding'), money(facts.rounding)],
            [t('receipt.total'), money(facts.total)],
          ],
        },
        {
          title: t('shift.methods'),
          pairs: facts.methods.map((one) => [`${one.name} × ${one.count}`, money(one.amount)] as const),
        },
        {
          title: t('shift.drawer'),
          pairs: [
            [t('field.float'), money(facts.float)],
            [t('shift.cashSales'), money(facts.cashSales)],
            [t('till.cash.in'), money(facts.cashIn)],
            [t('till.cash.out'), less(facts.cashOut)],
            [t('till.cash.drop'), less(facts.drops)],
            [t('field.expected'), money(facts.expected)],
            ...(row.counted === null
              ? []
              : ([
                  [t('field.counted'), money(row.counted)],
                  [t('field.variance'), money(row.variance)],
                ] as const)),
          ],
        },
      ],
      note: (row.note as string | null) ?? null,
    })
    return new Download(Readable.from([bytes]), `${String(row.number)}.pdf`, 'application/pdf', { inline: true })
  },
})
