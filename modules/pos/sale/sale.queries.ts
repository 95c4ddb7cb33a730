import { z } from 'zod'
import type { Minor, Rate } from '#kit/money.ts'
import { reachOf } from '#kit/access.ts'
import { query } from '#kit/server/command.ts'
import { getRow } from '#kit/server/crud.ts'
import { canLeave } from '#kit/server/message.ts'
import { seedKeyOf } from '#kit/server/words.ts'
import { taxesByRate } from './basket.rules.ts'
import { sale } from './sale.ts'

/** A sale with its lines, tenders and tax by rate: the receipt page shows exactly this. */
export const showSale = query({
  name: 'pos.showSale',
  can: 'pos.sale.read',
  input: z.object({ id: z.uuid() }),
  async run(reading, { id }) {
    const found = await getRow(reading, sale, id)
    const seesCost = reachOf(reading.actor, 'catalog.cost.read') !== undefined
    const [lines, tenders] = await Promise.all([
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
    ])
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
      tenders: tenders.map((one) => ({ ...one, seed: seedKeyOf('method', one.name) ?? null })),
      taxes,
      canMail: canLeave('mail'),
    }
  },
})
