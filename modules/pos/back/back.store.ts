import { sql } from 'kysely'
import type { Minor, Rate } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Db } from '#kit/server/data/db.ts'
import { requireReach, type Tx } from '#kit/server/door/context.ts'
import { all, scopeOf } from '#kit/server/door/scope.ts'
import { lockMoney } from '#modules/ledger/index.ts'
import type { Company } from '#modules/places/company.ts'
import { businessDayAt } from '#modules/places/index.ts'
import type { Desk, SoldDocument } from '#modules/returns/index.ts'
import { sale, sold } from '../sale/sale.ts'
import { TillProblem } from '../till/till.ts'
import { BackProblem } from './back.ts'

const TAKE = 'pos.return.take'

/**
 * The open till at which something is taken back, held open until this transaction ends. Whoever takes back only what they sold
 * themselves does so where they sell.
 */
export async function openDesk(tx: Tx, till: string, company: Company): Promise<Desk> {
  const { rows } = await sql<Omit<Desk, 'currency' | 'costing'>>`
    select t.id, t.place, t.location, t.drawer, s.id as shift, s.business_day, p.return_days
    from pos_till t join pos_shift s on s.till = t.id and s.state = 'open' join place_fact p on p.id = t.place
    where t.id = ${till} and t.archived_at is null for share of s`.execute(tx.db)
  const [row] = rows
  if (!row) throw TillProblem.noShift()
  tx.mayAt(requireReach(tx.actor, TAKE).owners.length > 0 ? 'pos.sale.complete' : TAKE, row.place)
  return { ...row, currency: company.currency, costing: company.costing }
}

/** A sale as what was sold, held until this transaction ends: it is voided or comes back, by one at a time. @throws `pos.back.voided` */
export async function lockSold(tx: Tx, permission: string, id: string): Promise<SoldDocument> {
  const mine = scopeOf(sale, requireReach(tx.actor, permission), tx.actor.id, { toWrite: true })
  const { rows } = await sql<{ state: string }>`
    select t.state from pos_sale t where ${all([sql`t.id = ${id}`, ...mine])} for update`.execute(tx.db)
  if (!rows[0]) throw CommonProblem.notFound()
  const found = await soldBy(tx.db, id)
  if (rows[0].state === 'voided') throw BackProblem.voided()
  return found
}

/** What a sale sold, and how it was paid. */
export async function soldBy(db: Db, id: string): Promise<SoldDocument> {
  const [head, { rows: lines }, tenders] = await Promise.all([
    db
      .selectFrom('posSale')
      .select(['id', 'number', 'place', 'customer', 'completedAt'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
    sql<SoldDocument['lines'][number]>`
      select l.id, l.variant, l.name, l.sku, l.quantity::bigint as quantity, l.unit, l.tax_code, l.tax_rate::bigint as tax_rate,
        l.net::bigint as net, l.tax::bigint as tax, l.discount::bigint as discount, l.cost::bigint as cost,
        v.kind = 'stocked' as is_stocked, v.decimals
      from pos_sale_line l join catalog_variant_fact v on v.id = l.variant where l.sale = ${id} order by l.position`.execute(db),
    db
      .selectFrom('posTender as t')
      .innerJoin('paymentMethodName as m', 'm.id', 't.method')
      .select(['t.id', 't.method', 't.kind', 't.amount'])
      // Payments of long ago know their method alone.
      .select(({ fn }) => fn.coalesce('t.name', 'm.name').as('name'))
      .where('t.sale', '=', id)
      .where('t.amount', '>', 0n as Minor)
      .orderBy('t.id')
      .execute(),
  ])
  const { completedAt, ...rest } = head
  return {
    ...rest,
    // A shift that was left open for days is of the day on which it began; the customer came on this one.
    businessDay: await businessDayAt(db, head.place, completedAt),
    kind: sold.name,
    lines: lines.map((one) => ({ ...one, quantity: BigInt(one.quantity) as Qty, taxRate: BigInt(one.taxRate) as Rate })),
    tenders: tenders as unknown as SoldDocument['tenders'],
  }
}

/** Cash that goes back is taken out of the drawer, and nobody else takes it at the same moment. @throws `pos.back.drawerShort` */
export async function refuseEmptyDrawer(tx: Tx, drawer: string, cash: Minor): Promise<void> {
  if (cash > 0n && (await lockMoney(tx, drawer)) < cash) throw BackProblem.drawerShort()
}
