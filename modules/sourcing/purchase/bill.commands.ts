import { sql } from 'kysely'
import { minor } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { announce } from '#kit/server/document/document.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import { command } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { lockRow } from '#kit/server/list/crud.ts'
import { goods } from '#modules/inventory/stock/stock.chart.ts'
import { general } from '#modules/ledger/account/chart.ts'
import { accountFor, post, takeBack } from '#modules/ledger/index.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { payable } from './purchase.chart.ts'
import { billInput, billReversalInput, largePurchase, purchase, PurchaseProblem } from './purchase.ts'

const CAME: ReadonlySet<string> = new Set(['partlyReceived', 'received', 'closed'])

/**
 * The supplier's invoice: what was received without one becomes a debt, with its tax beside it. Its number counts once for a
 * supplier.
 */
export const billPurchase = command({
  name: 'sourcing.purchase.bill',
  can: 'sourcing.bill.enter',
  reviewed: true,
  input: billInput,
  async run(tx, { id, bill, ...input }) {
    const row = await lockRow(tx, purchase, id, 'sourcing.bill.enter')
    // Nothing is owed for what has not come.
    if (!CAME.has(row.state)) throw CommonProblem.wrongStep({ state: row.state })
    if (input.net + input.tax === 0n) throw PurchaseProblem.billEmpty()
    const day = await businessDayAt(tx.db, row.place, tx.now)
    // A calendar further east may be a day ahead.
    const tomorrow = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
    if (input.dated > tomorrow || (input.dueOn && input.dueOn < input.dated)) throw PurchaseProblem.billDays()
    await agreeToMore(tx, row, input.net)
    const again = await timesTakenBack(tx, row.supplier, input.number)
    await tx.db
      .insertInto('sourcingBill')
      .values({
        id: bill,
        purchase: id,
        supplier: row.supplier,
        ...input,
        dueOn: input.dueOn ?? null,
        businessDay: day,
        again,
        enteredBy: tx.actor.id!,
        enteredAt: tx.now,
      })
      .execute()
    post(tx, {
      businessDay: day,
      place: row.place,
      documentKind: purchase.kind.name,
      document: id,
      purpose: purposeOf(bill),
      number: row.number,
      memo: input.number,
      lines: [
        { account: await accountFor(tx, goods.goodsReceived), amount: input.net },
        { account: await accountFor(tx, general.taxInput), amount: input.tax },
        { account: await accountFor(tx, payable), amount: minor(-(input.net + input.tax)), party: row.supplier },
      ],
    })
    tx.about(purchase.table, id, row.place)
    tx.changed({ table: purchase.table, record: id, after: { bill: input.number, net: input.net, tax: input.tax } })
    announce(tx, purchase, { ...row })
    return { id }
  },
})

/** An invoice of more than came needs somebody's yes, as an order of that much does. */
async function agreeToMore(
  tx: Tx,
  row: { id: string; number: string; supplier: string; place: string },
  net: bigint,
): Promise<void> {
  const { rows } = await sql<{ left: bigint }>`
    select (coalesce((select sum(l.net * (l.received::numeric / l.quantity)) from sourcing_purchase_line l where l.document = ${row.id}), 0)
      - coalesce((select sum(b.net) from sourcing_bill b where b.purchase = ${row.id}
          and not exists (select from sourcing_bill_reversal r where r.bill = b.id)), 0))::bigint as left`.execute(tx.db)
  const more = net - rows[0]!.left
  const facts = { number: row.number, supplier: row.supplier, value: net }
  if (more > 0n) await secondPerson(tx, largePurchase, { place: row.place, amount: more, facts })
}

const purposeOf = (bill: string) => `bill:${bill}`

/** How often an invoice with that number was taken back before. @throws where one stands in the books */
async function timesTakenBack(tx: Tx, supplier: string, number: string): Promise<number> {
  const earlier = await tx.db
    .selectFrom('sourcingBill as b')
    .leftJoin('sourcingBillReversal as r', 'r.bill', 'b.id')
    .select('r.bill as reversed')
    .where('b.supplier', '=', supplier)
    // Written in another way it is the same invoice.
    .where(sql`lower(regexp_replace(b.number, '\\s', '', 'g'))`, '=', number.toLowerCase().replace(/\s/g, ''))
    .execute()
  if (earlier.some(({ reversed }) => reversed === null)) throw PurchaseProblem.billTwice({ number })
  return earlier.length
}

/** An invoice that was entered by mistake is booked back, whole and once; what came waits for its invoice again. */
export const reverseBill = command({
  name: 'sourcing.purchase.reverseBill',
  can: 'sourcing.bill.enter',
  reviewed: true,
  input: billReversalInput,
  async run(tx, { id, bill, reason }) {
    const row = await lockRow(tx, purchase, id, 'sourcing.bill.enter')
    const found = await tx.db
      .selectFrom('sourcingBill as b')
      .leftJoin('sourcingBillReversal as r', 'r.bill', 'b.id')
      .select(['b.number', 'r.bill as reversed'])
      .where('b.id', '=', bill)
      .where('b.purchase', '=', id)
      .executeTakeFirst()
    if (!found) throw CommonProblem.notFound()
    const { number, reversed } = found
    if (reversed !== null) throw PurchaseProblem.billReversed({ number })
    const businessDay = await businessDayAt(tx.db, row.place, tx.now)
    const taken = { reason, businessDay, reversedBy: tx.actor.id!, reversedAt: tx.now }
    await tx.db
      .insertInto('sourcingBillReversal')
      .values({ bill, ...taken })
      .execute()
    const posted = { documentKind: purchase.kind.name, document: id, purpose: purposeOf(bill) }
    await takeBack(tx, { ...posted, businessDay, number: row.number, memo: reason })
    tx.about(purchase.table, id, row.place)
    tx.changed({ table: purchase.table, record: id, before: { bill: number }, after: { bill: null, reason } })
    announce(tx, purchase, { ...row })
    return { id }
  },
})
