import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { z } from 'zod'
import { localeSchema } from '#kit/entity.ts'
import { may } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { latestCheckpoint } from '#kit/server/door/audit-seal.ts'
import { query } from '#kit/server/door/command.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { Download } from '#kit/server/list/export.ts'
import { canLeave } from '#kit/server/door/message.ts'
import { rollPdf } from '#kit/server/paper/paper.ts'
import { countPaper } from '#kit/server/paper/printed.ts'
import { seedKeyOf, shownName, wordsFor } from '#kit/server/host/words.ts'
import { formatDay, formatInstant, formatMoney, formatRate } from '#kit/words.ts'
import { safeHasMoney } from '#modules/ledger/index.ts'
import { loadMethods } from '#modules/payments/index.ts'
import { theCompany, writingOf } from '#modules/places/index.ts'
import { parkedAt, waitingAt } from '../parked/parked.store.ts'
import { noSalesOf, posSettings, reportOf, type ShiftReport } from './shift.store.ts'
import { shift, type MethodCount } from './shift.ts'

/** A shift with its report. While it is open, what the drawer should hold is for those only who don't count it. */
export const showShift = query({
  name: 'pos.showShift',
  can: 'pos.shift.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, shift, id)
    const isOpen = found.row['state'] === 'open'
    const blind = isOpen && !may(reading.actor, 'pos.shift.count', String(found.row.place))
    // What was kept at closing is the same, as JSON holds it.
    const report = isOpen ? await reportOf(reading.db, id) : (found.row.report as ShiftReport | null)
    const moves = await reading.db
      .selectFrom('posCashMove as m')
      .innerJoin('accessUserName as u', 'u.id', 'm.movedBy')
      .select(['m.id', 'm.kind', 'm.amount', 'm.reason', 'm.at', 'u.name as movedByName'])
      .where('m.shift', '=', id)
      .orderBy('m.at')
      .execute()
    const [noSales, parked, methods, holder] = await Promise.all([
      noSalesOf(reading.db, id),
      isOpen ? parkedAt(reading.db, String(found.row['till'])) : [],
      isOpen ? loadMethods(reading.db) : [],
      reading.db.selectFrom('accessUserName').select('name').where('id', '=', String(found.row['heldBy'])).executeTakeFirst(),
    ])
    // What is counted at closing beside the drawer: the ways to pay of which money lies elsewhere.
    const counted = methods
      .filter((one) => one.kind !== 'cash' && one.kind !== 'credit')
      .map(({ id: method, name }) => ({ method, name, seed: seedKeyOf('method', name) ?? null }))
    const t = wordsFor(reading.actor.locale)
    const paidBy = [...(report?.methods ?? []), ...((found.row.counts as MethodCount[] | null) ?? [])]
    const names = paidBy.map(({ method, name }) => [method, shownName(t, 'method', name)])
    const refs: Record<string, string> = { ...found.refs, ...Object.fromEntries(names) }
    return { ...found, refs, report: blind ? null : report, moves, noSales, parked, counted, heldByName: holder?.name ?? '' }
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
    const [open, methods, company, settings, hasMoney, parked] = await Promise.all([
      db
        .selectFrom('posShift as s')
        .innerJoin('accessUserName as u', 'u.id', 's.heldBy')
        .select(['s.id', 's.number', 's.openedAt', 's.businessDay', 's.heldBy', 'u.name as heldByName'])
        .where('till', '=', id)
        .where('state', '=', 'open')
        .executeTakeFirst(),
      loadMethods(db),
      theCompany(db),
      posSettings(db),
      safeHasMoney(db),
      waitingAt(db, till.place),
    ])
    return {
      till,
      shift: open ?? null,
      parked,
      floatFrom: hasMoney ? ('safe' as const) : ('capital' as const),
      methods: methods.map((one) => ({ ...one, seed: seedKeyOf('method', one.name) ?? null })),
      currency: company.currency,
      pricesIncludeTax: company.pricesIncludeTax,
      discountLimit: settings.discountLimit,
      canMail: canLeave('mail'),
      canText: canLeave('sms'),
    }
  },
})

/**
 * What of each article can be sold from the till's shelf: on hand, not put aside for others, not expired. Where stock may
 * fall below zero nothing is short.
 */
export const tillStock = query({
  name: 'pos.tillStock',
  can: 'pos.sale.complete',
  input: z.object({ id: z.uuid() }),
  async run({ db, actor }, { id }) {
    const till = await db
      .selectFrom('posTill as t')
      .innerJoin('posShift as s', (on) => on.onRef('s.till', '=', 't.id').on('s.state', '=', 'open'))
      .innerJoin('inventoryLocationFact as l', 'l.id', 't.location')
      .select(['t.place', 't.location', 's.businessDay', 'l.allowsNegative'])
      .where('t.id', '=', id)
      .executeTakeFirst()
    if (!till || !may(actor, 'pos.sale.complete', till.place)) throw CommonProblem.notFound()
    if (till.allowsNegative) return { free: [], isLimited: false }
    // One value, for there may be as many articles as a till can carry.
    const { rows } = await sql<{ free: (readonly [variant: string, free: string])[] }>`
      select coalesce(jsonb_agg(jsonb_build_array(variant, free)), '[]') as free from (
        select variant, sum(free)::bigint::text as free from inventory_at_location
        where location = ${till.location} and owner is null and (expires_on is null or expires_on >= ${till.businessDay})
        group by variant) as s`.execute(db)
    return { free: rows[0]!.free, isLimited: true }
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
    const issued = await db
      .selectFrom('posShift')
      .select(['letterhead', 'asIssued'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    // An X report is of now; a Z report stays as it was issued.
    const letterheadOf = row.state === 'open' ? undefined : issued.letterhead
    const { letterhead, t, language, company, timeZone } = await writingOf(db, String(row.place), locale, letterheadOf)
    const said = z.object({ till: z.string().nullish(), openedBy: z.string().nullish() }).parse(issued.asIssued ?? {})
    const facts = report as ShiftReport
    const money = (minor: unknown) => formatMoney(String(minor), company.currency, language, 'latn', { plain: true })
    const less = (minor: unknown) => money(-BigInt(String(minor)))
    const time = (at: unknown) => formatInstant(String(at), { locale: language, digits: 'latn', timeZone })
    const isOpen = row.state === 'open'
    // On paper the newest seal of the trail is out of reach of whoever owns the database.
    const seal = isOpen ? undefined : await latestCheckpoint(ctx.database)
    // Who only looks at shifts gets copies, and leaves the original to those who close them.
    const mayClose = may(ctx.actor, 'pos.shift.open', String(row.place))
    const isCopy = !isOpen && (!mayClose || (await countPaper(ctx, { table: shift.table, id })).copy)
    const bytes = await rollPdf({
      ...letterhead,
      copy: isCopy ? t('receipt.copy') : null,
      title: t(isOpen ? 'paper.xReport' : 'paper.zReport'),
      number: String(row.number),
      facts: [
        [t('paper.day'), formatDay(String(row.businessDay), { locale: language, digits: 'latn', timeZone })],
        [t('field.till'), said.till ?? refs[String(row.till)] ?? ''],
        [t('field.openedAt'), time(row.openedAt)],
        ...(row.closedAt ? [[t('field.closedAt'), time(row.closedAt)] as const] : []),
        [t('field.openedBy'), said.openedBy ?? refs[String(row.openedBy)] ?? ''],
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
            ...(facts.voids && facts.voids.count > 0
              ? [[t('shift.voids', { n: facts.voids.count }), money(facts.voids.total)] as const]
              : []),
          ],
        },
        ...(facts.returns && facts.returns.count > 0
          ? [
              {
                title: t('shift.returns', { n: facts.returns.count }),
                pairs: [
                  [t('receipt.net'), less(facts.returns.net)],
                  [t('receipt.tax'), less(facts.returns.tax)],
                  [t('receipt.total'), less(facts.returns.total)],
                  ...(BigInt(facts.returns.exchanged) > 0n
                    ? [[t('shift.exchanged'), money(facts.returns.exchanged)] as const]
                    : []),
                ] as (readonly [string, string])[],
              },
            ]
          : []),
        {
          title: t('shift.methods'),
          pairs: [
            ...facts.methods.flatMap((one) => {
              const name = shownName(t, 'method', one.name)
              return [
                ...(one.count > 0 ? [[`${name} · ${t('shift.inSales', { n: one.count })}`, money(one.amount)] as const] : []),
                ...(BigInt(one.refunded ?? 0) > 0n ? [[`${name} · ${t('shift.refunded')}`, less(one.refunded)] as const] : []),
              ]
            }),
            ...((row['counts'] as MethodCount[] | null) ?? []).flatMap((one) => {
              const name = shownName(t, 'method', one.name)
              return [
                [`${name}: ${t('field.counted')}`, money(one.counted)] as const,
                ...(BigInt(one.variance) === 0n ? [] : [[`${name}: ${t('field.variance')}`, money(one.variance)] as const]),
              ]
            }),
          ],
        },
        {
          title: t('shift.drawer'),
          pairs: [
            [t('field.float'), money(facts.float)],
            [t('shift.cashSales'), money(facts.cashSales)],
            ...(BigInt(facts.cashRefunds ?? 0) > 0n ? [[t('shift.cashRefunds'), less(facts.cashRefunds)] as const] : []),
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
        ...(facts.noSales?.length
          ? [
              {
                title: t('shift.noSales', { n: facts.noSales.length }),
                pairs: facts.noSales.map((one) => [`${one.reason} · ${one.by}`, time(one.at)] as const),
              },
            ]
          : []),
        ...(facts.moves?.length
          ? [
              {
                title: t('till.cash'),
                pairs: facts.moves.map(
                  (one) =>
                    [
                      `${t(`till.cash.${one.kind}`)} · ${one.reason} · ${one.by}`,
                      one.kind === 'in' ? money(one.amount) : less(one.amount),
                    ] as const,
                ),
              },
            ]
          : []),
      ],
      note: (row.note as string | null) ?? null,
    })
    return new Download(Readable.from([bytes]), `${String(row.number)}.pdf`, 'application/pdf', { inline: true })
  },
})
