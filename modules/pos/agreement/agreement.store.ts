import { reaches, reachOf } from '#kit/access.ts'
import { newId } from '#kit/id.ts'
import { RATE_ONE, sum, type Minor } from '#kit/money.ts'
import { secondPerson } from '#kit/server/approval.ts'
import type { Tx } from '#kit/server/context.ts'
import { posSettings } from '../shift/shift.store.ts'
import { beyondLimit, shareTaken, type BasketTotals } from '../sale/basket.rules.ts'
import { bigDiscount, otherPrice } from '../sale/sale.ts'
import type { SoldLine } from '../sale/sale.store.ts'

interface Basket {
  readonly lines: readonly SoldLine[]
  readonly totals: BasketTotals
  readonly place: string
}
interface Asking {
  readonly id: string
  readonly till: string
  readonly discount?: object | null | undefined
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
  await tx.db.deleteFrom('posAgreement').where('sale', '=', asking.id).execute()
}

/** The same while the basket is open. What was agreed to holds until it is paid, for as much as there is now and no more. */
export async function agreeAhead(tx: Tx, asking: Asking, basket: Basket): Promise<void> {
  const need = await needOf(tx, asking, basket)
  const left = await unagreed(tx, asking, basket, need)
  await ask(tx, left, basket)
  const common = { sale: asking.id, till: asking.till, place: basket.place, askedBy: tx.actor.id!, askedAt: tx.now }
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
  if (rows.length > 0)
    await tx.db
      .insertInto('posAgreement')
      .values(rows as never)
      .execute()
  // A basket that nobody paid is forgotten, and so is what was agreed to for it.
  await tx.db
    .deleteFrom('posAgreement')
    .where('askedAt', '<', tx.now.subtract({ hours: 48 }))
    .execute()
}

const isNeeded = (need: Need) => need.prices.length + need.discounts.length > 0

async function needOf(tx: Tx, { discount }: Asking, { lines, totals, place }: Basket): Promise<Need> {
  const may = (permission: string) => {
    const reach = reachOf(tx.actor, permission)
    return reach !== undefined && reaches(reach, place)
  }
  const prices = may(otherPrice.permission)
    ? []
    : lines.flatMap((line, index) => (line.unitPrice === line.listPrice ? [] : [index]))
  if (totals.discount === 0n || may(bigDiscount.permission)) return { prices, discounts: [] }
  const limit = may('pos.sale.smallDiscount') ? BigInt((await posSettings(tx.db)).discountLimit) : 0n
  const discounts =
    limit === 0n
      ? totals.lines.flatMap((line, index) => (line.discount > 0n ? [index] : []))
      : beyondLimit(totals, limit, Boolean(discount))
  return { prices, discounts }
}

/** What is left of it after what somebody agreed to before, for this basket at this till. */
async function unagreed(tx: Tx, { id, till }: Asking, { lines, totals }: Basket, need: Need): Promise<Need> {
  if (!isNeeded(need)) return need
  const agreed = await tx.db
    .selectFrom('posAgreement')
    .select(['variant', 'share', 'amount', 'unitPrice', 'quantity'])
    .where('sale', '=', id)
    .where('till', '=', till)
    .where('askedBy', '=', tx.actor.id!)
    .execute()
  const of = (index: number) => agreed.filter((one) => one.variant === lines[index]!.variant)
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

async function ask(tx: Tx, { prices, discounts }: Need, { lines, totals, place }: Basket): Promise<void> {
  const kinds = [...(prices.length > 0 ? [otherPrice] : []), ...(discounts.length > 0 ? [bigDiscount] : [])]
  if (kinds.length === 0) return
  const otherwise = prices.map((index) => {
    const { name, listPrice, unitPrice, priceUnit } = lines[index]!
    return { name, listPrice, unitPrice, ...(priceUnit !== '1' && { priceUnit }) }
  })
  const off = discounts.map((index) => {
    const line = totals.lines[index]!
    return { name: lines[index]!.name, gross: line.gross, share: shareTaken(line), discount: line.discount }
  })
  const { total, discount } = totals
  const facts = {
    total,
    ...(discount > 0n && { discount }),
    ...(otherwise.length > 0 && { lines: otherwise }),
    ...(off.length > 0 && { discounts: off }),
  }
  await secondPerson(tx, kinds, { place, facts })
}
