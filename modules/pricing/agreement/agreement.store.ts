import { may, reaches, reachOf } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { RATE_ONE, sum, type Minor } from '#kit/money.ts'
import { secondPerson } from '#kit/server/door/approval.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { actorsById } from '#modules/access/index.ts'
import { beyondLimit, isFreelyPriced, shareTaken, type BasketTotals } from '../basket/basket.rules.ts'
import type { SoldLine } from '../basket/basket.ts'
import { bigDiscount, otherPrice } from './agreement.ts'

interface Basket {
  readonly lines: readonly SoldLine[]
  readonly totals: BasketTotals
  readonly place: string
}
interface Asking {
  /** The id that the sale or the order will have. */
  readonly id: string
  /** Where the basket stands: a till, the desk of an agent. What was agreed to there holds there. */
  readonly desk: string
  readonly discount?: object | null | undefined
  /** How much the company lets those give who may give a small discount: a share, in millionths. */
  readonly limit: () => Promise<bigint>
}
/** The lines, by their place, that the actor may not sell so alone. */
interface Need {
  readonly prices: readonly number[]
  readonly discounts: readonly number[]
}

/**
 * Another price, and a discount above one's limit, need somebody who may and agrees: when it was given, which is remembered
 * for this basket, or now, to this very sale.
 */
export async function agreeTo(tx: Tx, asking: Asking, basket: Basket): Promise<void> {
  const need = await needOf(tx, asking, basket)
  if (!isNeeded(need)) return
  await ask(tx, await unagreed(tx, asking, basket, need), basket)
  await tx.db.deleteFrom('pricingAgreement').where('basket', '=', asking.id).execute()
}

/** The same while the basket is open. What was agreed to holds until it is paid, for as much as there is now and no more. */
export async function agreeAhead(tx: Tx, asking: Asking, basket: Basket): Promise<void> {
  const need = await needOf(tx, asking, basket)
  const left = await unagreed(tx, asking, basket, need)
  const agreedBy = await ask(tx, left, basket)
  const common = { basket: asking.id, desk: asking.desk, place: basket.place, askedBy: tx.actor.id!, askedAt: tx.now, agreedBy }
  const rows = [
    ...left.prices.map((index) => {
      const { variant, unitPrice, quantity } = basket.lines[index]!
      return { ...common, id: newId(), variant, unitPrice, quantity, share: null, amount: null }
    }),
    ...left.discounts.map((index) => {
      const { gross, discount } = basket.totals.lines[index]!
      const share = (discount * RATE_ONE + gross - 1n) / gross
      return {
        ...common,
        id: newId(),
        variant: basket.lines[index]!.variant,
        share,
        amount: discount,
        unitPrice: null,
        quantity: null,
      }
    }),
  ]
  if (agreedBy && rows.length > 0)
    await tx.db
      .insertInto('pricingAgreement')
      .values(rows as never)
      .execute()
  // A basket that nobody paid is forgotten, and so is what was agreed to for it.
  await tx.db
    .deleteFrom('pricingAgreement')
    .where('askedAt', '<', tx.now.subtract({ hours: HOLDS_HOURS }))
    .execute()
}

/** How long an agreement is good for a basket that stays open. */
const HOLDS_HOURS = 48

const isNeeded = (need: Need) => need.prices.length + need.discounts.length > 0

async function needOf(tx: Tx, { discount, limit: limitOf }: Asking, { lines, totals, place }: Basket): Promise<Need> {
  const mayHere = (permission: string) => {
    const reach = reachOf(tx.actor, permission)
    return reach !== undefined && reaches(reach, place)
  }
  const prices = mayHere(otherPrice.permission)
    ? []
    : lines.flatMap((line, index) => (line.unitPrice === line.listPrice ? [] : [index]))
  if (totals.discount === 0n || mayHere(bigDiscount.permission)) return { prices, discounts: [] }
  const limit = mayHere('pos.sale.smallDiscount') ? await limitOf() : 0n
  const large =
    limit === 0n
      ? totals.lines.flatMap((line, index) => (line.discount > 0n ? [index] : []))
      : beyondLimit(totals, limit, Boolean(discount))
  const discounts = large.filter((index) => !isFreelyPriced(lines[index]!.asked))
  return { prices, discounts }
}

/** What is left of it after what somebody agreed to before, for this basket at this till. */
async function unagreed(tx: Tx, { id, desk }: Asking, { lines, totals, place }: Basket, need: Need): Promise<Need> {
  if (!isNeeded(need)) return need
  const agreed = await tx.db
    .selectFrom('pricingAgreement')
    .select(['variant', 'share', 'amount', 'unitPrice', 'quantity', 'agreedBy'])
    .where('basket', '=', id)
    .where('desk', '=', desk)
    .where('askedBy', '=', tx.actor.id!)
    .where('askedAt', '>=', tx.now.subtract({ hours: HOLDS_HOURS }))
    .execute()
  // Whoever agreed and may no longer, or is no longer here, has not agreed.
  const people = await actorsById(tx.ctx.database, [...new Set(agreed.map((one) => one.agreedBy))], tx.db)
  const mayStill = (permission: string) => new Set(people.filter((one) => may(one, permission, place)).map((one) => one.id))
  const [forPrices, forDiscounts] = [mayStill(otherPrice.permission), mayStill(bigDiscount.permission)]
  const of = (index: number) =>
    agreed.filter(
      (one) => one.variant === lines[index]!.variant && (one.unitPrice === null ? forDiscounts : forPrices).has(one.agreedBy),
    )
  const sold = (variant: string) => sum(lines.filter((line) => line.variant === variant).map((line) => line.quantity))
  const takenOff = (variant: string) =>
    sum(totals.lines.filter((_, index) => lines[index]!.variant === variant).map((line) => line.discount))
  return {
    prices: need.prices.filter((index) => {
      const { variant, unitPrice } = lines[index]!
      return !of(index).some((one) => one.unitPrice === unitPrice && (one.quantity ?? 0n) >= sold(variant))
    }),
    discounts: need.discounts.filter((index) => {
      const { gross, discount } = totals.lines[index]!
      const off = takenOff(lines[index]!.variant)
      return !of(index).some(
        ({ share, amount }) => share !== null && discount * RATE_ONE <= share * gross && (amount ?? (0n as Minor)) >= off,
      )
    }),
  }
}

async function ask(tx: Tx, { prices, discounts }: Need, { lines, totals, place }: Basket): Promise<string | null> {
  const kinds = [...(prices.length > 0 ? [otherPrice] : []), ...(discounts.length > 0 ? [bigDiscount] : [])]
  if (kinds.length === 0) return null
  const otherwise = prices.map((index) => {
    const { name, listPrice, unitPrice, priceUnit, unit } = lines[index]!
    return { name, listPrice, unitPrice, ...(priceUnit !== '1' && { priceUnit, unit }) }
  })
  const off = discounts.map((index) => {
    const line = totals.lines[index]!
    return { name: lines[index]!.name, gross: line.gross, share: shareTaken(line), discount: line.discount }
  })
  const { total, discount } = totals
  const facts = {
    total,
    ...(discount > 0n && { discount }),
    ...(otherwise.length > 0 && { prices: otherwise }),
    ...(off.length > 0 && { discounts: off }),
  }
  return secondPerson(tx, kinds, { place, facts })
}
