import { sql } from 'kysely'
import { z } from 'zod'
import { sum, type Minor, type Rate } from '#kit/money.ts'
import { query } from '#kit/server/door/command.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { all, seenBy } from '#kit/server/door/scope.ts'
import { getRow } from '#kit/server/list/crud.ts'
import { canLeave } from '#kit/server/door/message.ts'
import { seedKeyOf } from '#kit/server/host/words.ts'
import { shownLine, taxesByRate } from '#modules/pricing/basket/basket.rules.ts'
import { returnNote } from '#modules/returns/return/return.ts'
import { sale } from './sale.ts'

/** A sale with its lines, tenders and tax by rate: the receipt page shows exactly this. */
export const showSale = query({
  name: 'pos.showSale',
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, sale, id)
    // What its lines cost is for those to whom the sale tells what it cost.
    const seesCost = found.row.cost !== null && found.row.cost !== undefined
    const [{ pricesIncludeTax }, invoice, sold, tenders, returns, shift] = await Promise.all([
      reading.db.selectFrom('posSale').select('pricesIncludeTax').where('id', '=', id).executeTakeFirstOrThrow(),
      reading.db.selectFrom('posInvoice').select('sale').where('sale', '=', id).executeTakeFirst(),
      reading.db
        .selectFrom('posSaleLine')
        .select([
          'id',
          'variant',
          'name',
          'sku',
          'quantity',
          'unitPrice',
          'listPrice',
          'priceUnit',
          'unit',
          'discount',
          'basketDiscount',
          'taxCode',
          'taxRate',
          'net',
          'tax',
        ])
        .$if(seesCost, (select) => select.select('cost'))
        .where('sale', '=', id)
        .orderBy('position')
        .execute(),
      reading.db
        .selectFrom('posTender as t')
        .innerJoin('paymentMethodName as m', 'm.id', 't.method')
        .select(['t.id', 't.kind', 't.amount', 't.given', 't.reference'])
        .select(({ fn }) => fn.coalesce('t.name', 'm.name').as('name'))
        .where('t.sale', '=', id)
        .orderBy('t.id')
        .execute(),
      returnsOf(reading, id),
      reading.db.selectFrom('posShift').select('state').where('id', '=', found.row.shift).executeTakeFirst(),
    ])
    const lines = sold.map((line) => ({ ...line, ...shownLine(line, pricesIncludeTax) }))
    const taxes = taxesByRate(
      lines.map((line) => ({
        taxCode: line.taxCode,
        taxRate: line.taxRate as Rate,
        net: line.net as Minor,
        tax: line.tax as Minor,
      })),
    )
    return {
      ...found,
      lines,
      returns: returns.flatMap(({ exchange, isSeen, ...one }) => (isSeen ? [{ ...one, isExchange: exchange === id }] : [])),
      basketDiscount: sum(lines.map((line) => line.basketDiscount)),
      tenders: tenders.map((one) => ({ ...one, seed: seedKeyOf('method', one.name) ?? null })),
      taxes,
      isInvoiced: invoice !== undefined,
      /** Later, and once something of it came back, its goods come back as a return. */
      canVoid: shift?.state === 'open' && returns.length === 0,
      canMail: canLeave('mail'),
      canText: canLeave('sms'),
    }
  },
})

interface ReturnOf {
  readonly id: string
  readonly number: string
  readonly total: Minor
  readonly takenAt: Temporal.Instant
  readonly exchange: string | null
  /** May its reader see this one? */
  readonly isSeen: boolean
}

/** What of a sale came back, and what came back for it. */
async function returnsOf({ db, actor }: Pick<Reading, 'db' | 'actor'>, id: string): Promise<ReturnOf[]> {
  const { rows } = await sql<ReturnOf>`
    select t.id, t.number, t.total::bigint as total, t.taken_at, t.exchange, (${all(seenBy(returnNote, actor))}) as is_seen
    from return_fact t where t.sold = ${id} or t.exchange = ${id} order by t.taken_at`.execute(db)
  return rows
}
