import { z } from 'zod'
import { amountSchema, quantitySchema, rateSchema } from '#kit/entity.ts'
import type { Minor, Rate } from '#kit/money.ts'
import { problems } from '#kit/problem.ts'
import type { PriceUnit, Qty } from '#kit/quantity.ts'
import type { AskedPrice } from '#modules/catalog/price/price.rules.ts'

/** A line as it is sold. */
export interface SoldLine {
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly quantity: Qty
  readonly unitPrice: Minor
  readonly listPrice: Minor
  /** For how many of its unit both prices are; the unit where it is told. */
  readonly priceUnit: PriceUnit
  readonly unit: string | null
  /** Its price was asked at the till; `least` is what it may not go below. */
  readonly asked: AskedPrice | null
  readonly taxCode: string
  readonly taxRate: Rate
}

export const PricingProblem = problems('pricing', {
  gone: { status: 409, say: '{name} is not for sale any more. Take it off the basket.' },
  priceChanged: {
    status: 409,
    say: 'The price of {name} is {price:money} now. Look at the basket again before you take payment.',
  },
  totalChanged: { status: 409, say: 'The total is {total:money} now. Look at the basket again before you take payment.' },
  tooLarge: { status: 422, say: 'More is taken off than any basket costs. Look at its prices and quantities again.' },
  tooFine: { status: 422, say: '{name} is not sold in parts that small. Change the quantity.' },
  askPrice: { status: 409, say: 'The price of {name} is asked at the till. Touch it in the basket and give its price.' },
  askedTooLow: { status: 422, say: 'The price of {name} can’t be below {least:money}.' },
  askedTooHigh: { status: 422, say: 'The price of {name} can’t be above {most:money}.' },
})

/** Taken off a line or a whole basket: a share of it, or an amount. */
export const discountInput = z.union([z.strictObject({ rate: rateSchema() }), z.strictObject({ amount: amountSchema(0n) })])

/** A line of a basket, whoever fills it. */
export const basketLineInput = z.object({
  variant: z.uuid(),
  quantity: quantitySchema(1n, 1_000_000_000_000n),
  /** What the till showed; the server looks the price up itself and refuses a basket that has gone stale. */
  listPrice: amountSchema(0n),
  /** A price that somebody approved. */
  unitPrice: amountSchema(0n).optional(),
  discount: discountInput.nullish(),
})
