import { z } from 'zod'
import { may } from '#kit/access.ts'
import type { Entity } from '#kit/entity.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/command.ts'
import { getRow } from '#kit/server/crud.ts'
import { loadMethods } from '#modules/payments/index.ts'
import { theCompany } from '#modules/places/index.ts'
import { posSettings, reportOf } from './shift.store.ts'
import { shift } from './shift.ts'

/** A shift with its report. While it is open, what the drawer should hold is for those only who don't count it. */
export const showShift = query({
  name: 'pos.showShift',
  can: 'pos.shift.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, shift as unknown as Entity, id)
    const isOpen = found.row['state'] === 'open'
    const blind = isOpen && !may(reading.actor, 'pos.shift.count', String(found.row['place']))
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
