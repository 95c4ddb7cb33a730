import type { z } from 'zod'
import { extend, QTY_DECIMALS } from '#kit/quantity.ts'
import type { Tx } from '#kit/server/context.ts'
import { nameOfVariant, pricesFor, type PricedVariant } from '#modules/catalog/index.ts'
import { totalsOf, type BasketTotals } from './basket.rules.ts'
import { SaleProblem, type basketInput } from './sale.ts'
import type { SoldLine } from './sale.store.ts'

type Input = z.output<typeof basketInput>

/** A basket as it is sold at a place on a day to a customer of a group. @throws when it shows what holds no more */
export async function priceBasket(
  tx: Tx,
  { lines: wanted, discount }: Pick<Input, 'lines' | 'discount'>,
  at: {
    place: string
    businessDay: string
    customerGroup: string | null
    company: { currency: string; pricesIncludeTax: boolean }
  },
): Promise<{ prices: ReadonlyMap<string, PricedVariant>; lines: SoldLine[]; totals: BasketTotals }> {
  const { place, businessDay: day, customerGroup, company } = at
  const prices = await pricesFor(tx.client, wanted, { place, day, customerGroup })
  const gone = wanted.find((line) => !prices.has(line.variant))?.variant
  if (gone) throw SaleProblem.gone({ name: await nameOfVariant(tx.db, gone) }, { variant: gone })
  const lines = wanted.map((line) => sell(line, prices.get(line.variant)!, company.currency, customerGroup))
  const totals = totalsOf(
    wanted.map((line, index) => ({ ...line, ...lines[index]! })),
    discount,
    company.pricesIncludeTax,
  )
  return { prices, lines, totals }
}

/** A line as it is sold: today's price, unless another one was set. A basket that shows an old price is sent back. */
function sell(line: Input['lines'][number], priced: PricedVariant, currency: string, customerGroup: string | null): SoldLine {
  const isTooFine = line.quantity % BigInt(10 ** (QTY_DECIMALS - priced.decimals)) !== 0n
  // A crumb that costs nothing, taken five hundred times, is a whole one for nothing.
  const isCrumb = priced.price > 0n && extend(priced.price, line.quantity) === 0n
  if (isTooFine || isCrumb) throw SaleProblem.tooFine({ name: priced.name })
  if (priced.price !== line.listPrice) {
    throw SaleProblem.priceChanged(
      { name: priced.name, price: priced.price, currency },
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
    taxCode: priced.taxCode,
    taxRate: priced.taxRate,
  }
}
