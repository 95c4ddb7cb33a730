import { sql } from 'kysely'
import { may } from '#kit/access.ts'
import { minor, sum, type Minor } from '#kit/money.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import { command } from '#kit/server/door/command.ts'
import { step } from '#kit/server/door/step.ts'
import { goods } from '#modules/inventory/stock/stock.chart.ts'
import { accountFor, post, takeBack } from '#modules/ledger/index.ts'
import { theCompany } from '#modules/places/index.ts'
import { putBack } from '#modules/returns/index.ts'
import { sale, saleLife, sold } from '../sale/sale.ts'
import { BackProblem, voiding, voidInput } from './back.ts'
import { lockSold, refuseEmptyDrawer } from './back.store.ts'

/**
 * Strikes a sale of the open shift out: its goods lie on the shelf again, its entries stand reversed, its money goes back the way it
 * came. It keeps its number. Whoever may not do it alone needs somebody who may.
 */
export const voidSale = command({
  name: 'pos.voidSale',
  can: saleLife.steps.void.can,
  takes: ['pos.sale:void'],
  input: voidInput,
  async run(tx, { id, reason }) {
    const shift = await heldShift(tx.db, id)
    const row = await lockSold(tx, saleLife.steps.void.can, id)
    if (!shift?.isOpen) throw BackProblem.notOpen()
    const { rows: came } = await sql`select 1 from return_fact where sold = ${id} or exchange = ${id} limit 1`.execute(tx.db)
    if (came.length > 0) throw BackProblem.cameBack()
    const cash = sum(row.tenders.filter((one) => one.kind === 'cash').map((one) => one.amount))
    await refuseEmptyDrawer(tx, shift.drawer, cash)
    const total = sum(row.lines.map((one) => one.net + one.tax)) as Minor
    const isAlone = may(tx.actor, voiding.permission, row.place)
    const facts = { number: row.number, total, reason }
    const agreedBy = isAlone ? null : await secondPerson(tx, voiding, { place: row.place, facts })

    await step(tx, sale, { ...shift.row, state: 'completed' }, 'void', {}, { told: { reason } })
    const { shift: at, location, businessDay, place } = shift
    await tx.db
      .insertInto('posVoid')
      .values({ sale: id, shift: at, place, reason, voidedBy: tx.actor.id!, agreedBy, voidedAt: tx.now })
      .execute()
    await tx.db.updateTable('posTender').set({ isVoid: true }).where('sale', '=', id).execute()
    const stocked = row.lines.filter((one) => one.isStocked)
    const { covered } = await putBack(
      tx,
      stocked.map(({ variant, quantity, cost }) => ({ variant, quantity, cost, disposition: 'shelf' as const })),
      {
        documentKind: sold.name,
        document: id,
        businessDay,
        place,
        location,
        costing: (await theCompany(tx.db)).costing,
        sold: id,
        before: new Map(),
      },
    )
    await takeBack(tx, { documentKind: sold.name, document: id, businessDay, number: row.number, memo: reason })
    // Goods that had been sold before they came cost what those cost that came.
    post(tx, {
      businessDay,
      place,
      documentKind: sold.name,
      document: id,
      purpose: 'cover',
      number: row.number,
      lines: [
        { account: await accountFor(tx, goods.costOfSales), amount: covered },
        { account: await accountFor(tx, goods.stock), amount: minor(-covered) },
      ],
    })
    return { id }
  },
})

interface Held {
  readonly shift: string
  readonly isOpen: boolean
  readonly place: string
  readonly location: string
  readonly drawer: string
  readonly businessDay: string
  readonly row: { readonly id: string; readonly place: string }
}

/** The shift in which it was sold, held as it is; it is locked before the sale, as selling does. */
async function heldShift(db: Parameters<typeof theCompany>[0], id: string): Promise<Held | undefined> {
  const { rows } = await sql<Omit<Held, 'row'>>`
    select s.id as shift, s.state = 'open' as is_open, s.place, t.location, t.drawer, s.business_day
    from pos_sale x join pos_shift s on s.id = x.shift join pos_till t on t.id = x.till where x.id = ${id} for share of s`.execute(
    db,
  )
  return rows[0] && { ...rows[0], row: { id, place: rows[0].place } }
}
