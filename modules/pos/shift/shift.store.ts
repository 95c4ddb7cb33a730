import { series } from '#kit/number.ts'
import { sql } from 'kysely'
import { minor, sum, type Minor } from '#kit/money.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Read } from '#kit/server/data/read.ts'
import { readSetting } from '#kit/server/door/setting.ts'
import { posSettingsSchema, type cashMoveKinds } from './shift.ts'

export const shifts = series('shift', 'SH-{CODE}-{YYYYMMDD}-{NN}', { isCoded: true })

export const posSettings = (db: Db) => readSetting(db, 'pos', posSettingsSchema)

/** Up to where whoever may give a small discount needs nobody, in millionths. */
export const discountLimit = async (db: Db): Promise<bigint> => BigInt((await posSettings(db)).discountLimit)

export interface OpenTill {
  readonly id: string
  readonly code: string
  readonly place: string
  readonly location: string
  readonly drawer: string
  readonly shift: string
  readonly businessDay: string
}

const OPEN = `select t.id, t.code, t.place, t.location, t.drawer, s.id as shift, s.business_day as "businessDay"
  from pos_till t join pos_shift s on s.till = t.id and s.state = 'open' where t.id = $1 and t.archived_at is null for share of s`

/** The till with its open shift, held open until this transaction ends: a part of what is read together. */
export const openTillRead = (till: string): Read<OpenTill> => ({ name: 'till', text: OPEN, values: [till] })

/** The earliest business day of a till that is open: sales may still be added to it. */
export async function firstOpenDay(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('posShift')
    .select('businessDay')
    .where('state', '=', 'open')
    .orderBy('businessDay')
    .limit(1)
    .executeTakeFirst()
  return row?.businessDay ?? null
}

export interface ShiftReport {
  readonly sales: number
  readonly items: string
  readonly net: Minor
  readonly tax: Minor
  readonly discount: Minor
  readonly rounding: Minor
  readonly total: Minor
  readonly float: Minor
  readonly cashSales: Minor
  /** What was struck out, and what came back: a report of before knows of neither. */
  readonly voids?: { readonly count: number; readonly total: Minor }
  readonly returns?: {
    readonly count: number
    readonly net: Minor
    readonly tax: Minor
    readonly total: Minor
    readonly exchanged: Minor
  }
  readonly cashRefunds?: Minor
  /** Who opened the drawer without a sale, and why; a report of before does not tell. */
  readonly noSales?: readonly { reason: string; by: string; at: string }[]
  readonly cashIn: Minor
  readonly cashOut: Minor
  readonly drops: Minor
  readonly expected: Minor
  /** Who put cash in or took it out, the first on top; a report of before does not tell. */
  readonly moves?: readonly { kind: (typeof cashMoveKinds)[number]; amount: Minor; reason: string; by: string }[]
  /** Ways to pay, each with the number of sales that were paid with it, in however many parts. */
  readonly methods: { method: string; name: string; kind: string; count: number; amount: Minor; refunded?: Minor }[]
  readonly taxes: { taxCode: string; taxRate: string; net: Minor; tax: Minor }[]
}

/** What happened in a shift so far: an X report while it is open, the Z report when it closes. */
export async function reportOf(db: Db, shift: string): Promise<ShiftReport> {
  const [head, sales, lines, methods, taxes, moves, noSales, voids, returns] = await Promise.all([
    db.selectFrom('posShift').select('float').where('id', '=', shift).executeTakeFirstOrThrow(),
    sql<{ sales: number; net: Minor; tax: Minor; discount: Minor; rounding: Minor; total: Minor }>`
      select count(*)::int as sales, coalesce(sum(net), 0)::bigint as net, coalesce(sum(tax), 0)::bigint as tax, coalesce(sum(discount), 0)::bigint as discount,
        coalesce(sum(rounding), 0)::bigint as rounding, coalesce(sum(total), 0)::bigint as total from pos_sale where shift = ${shift} and state = 'completed'`.execute(
      db,
    ),
    sql<{
      items: string
    }>`select coalesce(sum(l.quantity), 0)::text as items from pos_sale_line l join pos_sale s on s.id = l.sale
      where s.shift = ${shift} and s.state = 'completed'`.execute(db),
    sql<{ method: string; name: string; kind: string; count: number; amount: Minor; refunded: Minor }>`
      select p.method, m.name, m.kind, count(distinct p.sale)::int as count, sum(p.amount)::bigint as amount, sum(p.refunded)::bigint as refunded
      from (select method, sale, amount, 0 as refunded from pos_tender where shift = ${shift} and not is_void
        union all select r.method, null, 0, r.amount from return_fact n join return_refund_fact r on r.return = n.id where n.shift = ${shift}) p
        join payment_method_name m on m.id = p.method group by 1, 2, 3 order by 2`.execute(db),
    sql<{ taxCode: string; taxRate: string; net: Minor; tax: Minor }>`
      select l.tax_code, l.tax_rate::text as tax_rate, sum(l.net)::bigint as net, sum(l.tax)::bigint as tax
      from pos_sale_line l join pos_sale s on s.id = l.sale where s.shift = ${shift} and s.state = 'completed'
      group by 1, 2 order by 1, 2`.execute(db),
    db
      .selectFrom('posCashMove as m')
      .innerJoin('accessUserName as u', 'u.id', 'm.movedBy')
      .select(['m.kind', 'm.amount', 'm.reason', 'u.name as by'])
      .where('m.shift', '=', shift)
      .orderBy('m.at')
      .execute(),
    noSalesOf(db, shift),
    sql<{ count: number; total: Minor }>`select count(*)::int as count, coalesce(sum(total), 0)::bigint as total
      from pos_sale where shift = ${shift} and state = 'voided'`.execute(db),
    sql<NonNullable<ShiftReport['returns']>>`select count(*)::int as count, coalesce(sum(net), 0)::bigint as net,
        coalesce(sum(tax), 0)::bigint as tax, coalesce(sum(total), 0)::bigint as total, coalesce(sum(exchanged), 0)::bigint as exchanged
      from return_fact where shift = ${shift}`.execute(db),
  ])
  const moved = (kind: string) => sum(moves.filter((one) => one.kind === kind).map((one) => one.amount))
  const cashSales = minor(methods.rows.filter((row) => row.kind === 'cash').reduce((all, row) => all + row.amount, 0n))
  const cashRefunds = sum(methods.rows.filter((row) => row.kind === 'cash').map((row) => row.refunded))
  const expected = minor(head.float + cashSales - cashRefunds + moved('in') - moved('out') - moved('drop'))
  return {
    ...sales.rows[0]!,
    items: lines.rows[0]!.items,
    float: head.float,
    cashSales,
    voids: voids.rows[0]!,
    returns: returns.rows[0]!,
    cashRefunds,
    cashIn: moved('in'),
    cashOut: moved('out'),
    drops: moved('drop'),
    expected,
    noSales: noSales.map(({ reason, by, at }) => ({ reason, by, at: String(at) })),
    moves: moves as NonNullable<ShiftReport['moves']>,
    methods: methods.rows,
    taxes: taxes.rows,
  }
}

/** Who opened the drawer of a shift without a sale, the first on top. */
export const noSalesOf = (db: Db, shift: string) =>
  db
    .selectFrom('posNoSale as n')
    .innerJoin('accessUserName as u', 'u.id', 'n.openedBy')
    .select(['n.id', 'n.reason', 'n.at', 'u.name as by'])
    .where('n.shift', '=', shift)
    .orderBy('n.at')
    .execute()
