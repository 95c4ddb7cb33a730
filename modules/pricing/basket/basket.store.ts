import type { z } from 'zod'
import type { Minor } from '#kit/money.ts'
import { CommonProblem } from '#kit/problem.ts'
import { extend, QTY_DECIMALS } from '#kit/quantity.ts'
import type { RowsOf } from '#kit/server/data/read.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { formatPer } from '#kit/words.ts'
import { nameOfVariant, pricesIn, pricesRead, type PricedVariant } from '#modules/catalog/index.ts'
import { customerRead } from '#modules/parties/index.ts'
import { companyIn, companyRead } from '#modules/places/index.ts'
import { totalsOf, wrongAsked } from './basket.rules.ts'
import { PricingProblem, type basketLineInput, type discountInput, type SoldLine } from './basket.ts'

interface Wanted {
  readonly lines: readonly z.output<typeof basketLineInput>[]
  readonly discount?: z.output<typeof discountInput> | null | undefined
  readonly customer?: string | null | undefined
}

/** SQL expressions that say where and when it is sold, over what is read before. */
interface Sold {
  readonly place: string
  readonly location: string
  readonly day: string
}

/** What a basket's prices are made of: the company, the customer, today's prices. Read with whatever else is read. */
export const pricesNeeded = ({ lines, customer }: Pick<Wanted, 'lines' | 'customer'>, sold: Sold) => ({
  company: companyRead,
  customer: customerRead(customer ?? null),
  prices: pricesRead(lines, { ...sold, group: '(select "group" from customer)' }),
})

/** A basket as it is sold to its customer. @throws when it shows what holds no more */
export async function priceLines(
  tx: Tx,
  { lines: wanted, discount, customer }: Wanted,
  read: RowsOf<ReturnType<typeof pricesNeeded>>,
) {
  const [buyer] = read.customer
  if (customer && !buyer) throw CommonProblem.notFound()
  const company = companyIn(read.company)
  const prices = pricesIn(read.prices)
  const gone = wanted.find((line) => !prices.has(line.variant))?.variant
  if (gone) throw PricingProblem.gone({ name: await nameOfVariant(tx.db, gone) }, { variant: gone })
  const lines = wanted.map((line) => sell(line, prices.get(line.variant)!, company.currency, buyer?.group ?? null))
  const totals = totalsOf(
    wanted.map((line, index) => ({ ...line, ...lines[index]! })),
    discount,
    company.pricesIncludeTax,
  )
  return { company, prices, lines, totals }
}

/** A line as it is sold: today's price, unless another one was set. A basket that shows an old price is sent back. */
function sell(line: Wanted['lines'][number], priced: PricedVariant, currency: string, customerGroup: string | null): SoldLine {
  const isTooFine = !priced.isDivisible && line.quantity % BigInt(10 ** (QTY_DECIMALS - priced.decimals)) !== 0n
  // A crumb that costs nothing, taken five hundred times, is a whole one for nothing.
  const unitPrice = priced.asked ? askedPrice(line, priced, currency) : (line.unitPrice ?? priced.price)
  const whole = priced.asked ? unitPrice : priced.price
  const isCrumb = whole > 0n && extend(whole, line.quantity, priced.priceUnit) === 0n
  if (isTooFine || isCrumb) throw PricingProblem.tooFine({ name: priced.name })
  // Where a price was given, the usual one was a proposal and no more.
  if (!priced.asked && priced.price !== line.listPrice) {
    throw PricingProblem.priceChanged(
      { name: [priced.name, formatPer(priced.priceUnit, priced.unit, 'en')].join(' ').trim(), price: priced.price, currency },
      { variant: line.variant, price: String(priced.price), customerGroup },
    )
  }
  return {
    variant: line.variant,
    name: priced.name,
    sku: priced.sku,
    quantity: line.quantity,
    // The price that was asked is the article's own: nobody has sold it at another one.
    listPrice: priced.asked ? unitPrice : priced.price,
    unitPrice,
    asked: priced.asked,
    priceUnit: priced.priceUnit,
    unit: priced.unit,
    taxCode: priced.taxCode,
    taxRate: priced.taxRate,
  }
}

/** @throws when none was given, or one that the article may not have */
function askedPrice({ unitPrice, variant }: Wanted['lines'][number], { name, asked }: PricedVariant, currency: string): Minor {
  const { least, most } = asked!
  const wrong = wrongAsked(unitPrice, asked!)
  if (wrong === 'askPrice') throw PricingProblem.askPrice({ name }, { variant })
  if (wrong === 'askedTooLow') throw PricingProblem.askedTooLow({ name, least: BigInt(least!), currency }, { variant })
  if (wrong === 'askedTooHigh') throw PricingProblem.askedTooHigh({ name, most: BigInt(most!), currency }, { variant })
  return unitPrice!
}
