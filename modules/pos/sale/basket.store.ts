import type { z } from 'zod'
import { extend, QTY_DECIMALS } from '#kit/quantity.ts'
import { formatPer } from '#kit/words.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Tx } from '#kit/server/context.ts'
import type { RowsOf } from '#kit/server/read.ts'
import { nameOfVariant, pricesIn, pricesRead, type PricedVariant } from '#modules/catalog/index.ts'
import { customerRead } from '#modules/parties/index.ts'
import { companyIn, companyRead } from '#modules/places/index.ts'
import { openTillRead } from '../shift/shift.store.ts'
import { totalsOf } from './basket.rules.ts'
import { SaleProblem, type basketInput } from './sale.ts'
import type { SoldLine } from './sale.store.ts'

type Input = z.output<typeof basketInput>

/** SQL expressions over the till that is read with the basket. */
export const TILL = {
  place: '(select place from till)',
  location: '(select location from till)',
  day: '(select "businessDay" from till)',
}

/** What a basket is made of: the till with its open shift, the company, the customer, today's prices. */
export const basketReads = (input: Pick<Input, 'till' | 'customer' | 'lines'>) => ({
  till: openTillRead(input.till),
  company: companyRead,
  customer: customerRead(input.customer ?? null),
  prices: pricesRead(input.lines, { ...TILL, group: '(select "group" from customer)' }),
})

/** A basket as it is sold where its till stands, to its customer. @throws when it shows what holds no more */
export async function priceBasket(
  tx: Tx,
  { lines: wanted, discount, customer }: Pick<Input, 'lines' | 'discount' | 'customer'>,
  read: RowsOf<ReturnType<typeof basketReads>>,
) {
  const [till] = read.till
  if (!till) throw SaleProblem.noShift()
  tx.mayAt('pos.sale.complete', till.place)
  const [buyer] = read.customer
  if (customer && !buyer) throw CommonProblem.notFound()
  const company = companyIn(read.company)
  const prices = pricesIn(read.prices)
  const gone = wanted.find((line) => !prices.has(line.variant))?.variant
  if (gone) throw SaleProblem.gone({ name: await nameOfVariant(tx.db, gone) }, { variant: gone })
  const lines = wanted.map((line) => sell(line, prices.get(line.variant)!, company.currency, buyer?.group ?? null))
  const totals = totalsOf(
    wanted.map((line, index) => ({ ...line, ...lines[index]! })),
    discount,
    company.pricesIncludeTax,
  )
  return { till, company, prices, lines, totals }
}

/** A line as it is sold: today's price, unless another one was set. A basket that shows an old price is sent back. */
function sell(line: Input['lines'][number], priced: PricedVariant, currency: string, customerGroup: string | null): SoldLine {
  const isTooFine = line.quantity % BigInt(10 ** (QTY_DECIMALS - priced.decimals)) !== 0n
  // A crumb that costs nothing, taken five hundred times, is a whole one for nothing.
  const isCrumb = priced.price > 0n && extend(priced.price, line.quantity, priced.priceUnit) === 0n
  if (isTooFine || isCrumb) throw SaleProblem.tooFine({ name: priced.name })
  if (priced.price !== line.listPrice) {
    throw SaleProblem.priceChanged(
      { name: [priced.name, formatPer(priced.priceUnit, priced.unit, 'en')].join(' ').trim(), price: priced.price, currency },
      { variant: line.variant, price: String(priced.price), customerGroup },
    )
  }
  return {
    variant: line.variant,
    name: priced.name,
    sku: priced.sku,
    quantity: line.quantity,
    listPrice: priced.price,
    unitPrice: line.unitPrice ?? priced.price,
    priceUnit: priced.priceUnit,
    unit: priced.unit,
    taxCode: priced.taxCode,
    taxRate: priced.taxRate,
  }
}
