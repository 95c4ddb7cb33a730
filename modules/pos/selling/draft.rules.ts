import { minor, rate, type Minor } from '#kit/money.ts'
import { qty, QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import { totalsOf, wrongAsked, type BasketTotals, type Discount } from '#modules/pricing/basket/basket.rules.ts'
import { listedPrices, type AskedPrice, quantities, unitPrice } from '#modules/catalog/price/price.rules.ts'
import type { BackDraft } from '../back/back.rules.ts'
import type { Goods, TillProduct } from './catalogue.rules.ts'

/** Discounts travel as JSON: millionths or minor units as text. */
export type DraftDiscount = { readonly rate: string } | { readonly amount: string }

export interface DraftLine {
  readonly key: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  /** The options in its name, which tell it from its sisters. */
  readonly options?: string
  readonly kind?: 'stocked' | 'service'
  readonly quantity: string
  readonly listPrice: string
  readonly unitPrice?: string
  /** Its price is asked, between these bounds: it is a line of its own. */
  readonly asked?: AskedPrice | null
  /** For how many of its unit the prices are; one where nothing is said. */
  readonly priceUnit?: PriceUnit
  /** What its quantity is told in, where that is no piece. */
  readonly unit?: string | null
  readonly taxRate: string
  readonly decimals: number
  readonly discount?: DraftDiscount
  /** It was put aside while it lay in the basket. */
  readonly isGone?: boolean
}

/** The basket that a cashier is working on; kept on the device at every change, so nothing typed is ever lost. */
export interface Draft {
  /** The id that the sale will have: sending it twice sells once. */
  readonly id: string
  readonly lines: readonly DraftLine[]
  readonly discount?: DraftDiscount
  readonly customer?: { readonly id: string; readonly name: string; readonly group?: string | null }
  readonly note?: string
  /** What comes back for it. */
  readonly back?: BackDraft
}

export const emptyDraft = (id: string): Draft => ({ id, lines: [] })

/**
 * Adds a product; the same one at its usual price joins its line. What it costs then, `priced` says. What was given as its price at
 * the till makes a line of its own.
 */
export function addProduct(draft: Draft, product: TillProduct, quantity: bigint, key: string, given?: string): Draft {
  const same =
    given === undefined &&
    draft.lines.find((line) => line.variant === product.id && line.unitPrice === undefined && !line.discount && !line.isGone)
  if (same) return changeLine(draft, same.key, { quantity: String(BigInt(same.quantity) + quantity) })
  const { id: variant, name, sku, options, kind, price: listPrice, priceUnit, unit, asked, taxRate, decimals } = product
  const line = {
    key,
    variant,
    name,
    sku,
    options,
    kind,
    quantity: String(quantity),
    listPrice,
    priceUnit,
    unit,
    taxRate,
    decimals,
    ...(asked && { asked }),
    ...(given !== undefined && { unitPrice: given }),
  }
  return { ...draft, lines: [...draft.lines, line] }
}

export function changeLine(draft: Draft, key: string, changes: Partial<DraftLine>): Draft {
  const lines = draft.lines.map((line) => (line.key === key ? { ...line, ...changes } : line))
  return { ...draft, lines: lines.filter((line) => BigInt(line.quantity) > 0n) }
}

/** One more or one less; below one piece the line goes. */
export const stepLine = (draft: Draft, key: string, by: 1 | -1): Draft => {
  const line = draft.lines.find((one) => one.key === key)
  return line ? changeLine(draft, key, { quantity: String(BigInt(line.quantity) + BigInt(by) * QTY_ONE) }) : draft
}

export const removeLine = (draft: Draft, key: string): Draft => ({
  ...draft,
  lines: draft.lines.filter((line) => line.key !== key),
})

/** Where prices come from: the till's catalogue, by the rule that the server uses. */
export interface Pricing {
  readonly goods: Pick<Goods, 'lists' | 'place' | 'day'>
  readonly product: (id: string) => TillProduct | undefined
}

/**
 * The basket at today's prices: those of the quantity of all its lines together and of its customer. What somebody set by
 * hand stays. What is not for sale any more is marked, and stays until somebody takes it off.
 */
export function priced(draft: Draft, { goods, product }: Pricing): Draft {
  const together = quantities(draft.lines.map(({ variant, quantity }) => ({ variant, quantity: BigInt(quantity) })))
  const customerGroup = draft.customer?.group ?? null
  let isSame = true
  const lines = draft.lines.map((line): DraftLine => {
    const of = product(line.variant)
    if (!of) {
      if (line.isGone) return line
      isSame = false
      return { ...line, isGone: true }
    }
    const buying = { quantity: together.get(line.variant)!, place: goods.place, day: goods.day, customerGroup }
    const listPrice = String(unitPrice(BigInt(of.ownPrice), listedPrices(goods.lists, of.prices), buying))
    const { name, sku, options, kind, priceUnit, unit, taxRate, decimals } = of
    const now = { name, sku, options, kind, priceUnit, unit, taxRate, decimals, listPrice }
    const isAsAsked = JSON.stringify(line.asked ?? null) === JSON.stringify(of.asked ?? null)
    if (!line.isGone && isAsAsked && Object.entries(now).every(([key, value]) => line[key as keyof DraftLine] === value))
      return line
    isSame = false
    const { isGone: _, asked: __, ...rest } = line
    return { ...rest, ...now, ...(of.asked && { asked: of.asked }) }
  })
  return isSame ? draft : { ...draft, lines }
}

/** Takes off what is not for sale any more. */
export const withoutGone = (draft: Draft): Draft => ({ ...draft, lines: draft.lines.filter((line) => !line.isGone) })

/** The basket as the server takes it: to sell it, or to have somebody agree to it beforehand. */
export const basketOf = ({ id, lines, discount, customer }: Draft, till: string) => ({
  id,
  till,
  lines: lines.map(({ variant, quantity, listPrice, unitPrice, discount: off }) => ({
    variant,
    quantity,
    listPrice,
    ...(unitPrice && { unitPrice }),
    ...(off && { discount: off }),
  })),
  ...(discount && { discount }),
  ...(customer && { customer: customer.id }),
})

/** The first line whose price is missing, or not one that it may have. */
export const unasked = (draft: Draft): DraftLine | undefined =>
  draft.lines.find(
    ({ asked, unitPrice: given }) => asked && wrongAsked(given === undefined ? undefined : BigInt(given), asked) !== null,
  )

/** How much of an article lies in the basket, in all its lines. */
export const quantityOf = (draft: Draft, variant: string): bigint =>
  draft.lines.reduce((all, line) => (line.variant === variant ? all + BigInt(line.quantity) : all), 0n)

const readDiscount = (discount: DraftDiscount | undefined): Discount | undefined =>
  !discount ? undefined : 'rate' in discount ? { rate: rate(discount.rate) } : { amount: minor(discount.amount) }

/** The totals by the same rule that the server uses. */
export const draftTotals = (draft: Draft, pricesIncludeTax: boolean): BasketTotals =>
  totalsOf(
    draft.lines.map((line) => ({
      quantity: qty(line.quantity),
      unitPrice: minor(line.unitPrice ?? line.listPrice),
      priceUnit: line.priceUnit ?? '1',
      taxRate: rate(line.taxRate),
      discount: readDiscount(line.discount),
    })),
    readDiscount(draft.discount),
    pricesIncludeTax,
  )

/** Notes that people are likely to hand over for an amount: the amount itself, then the next round ones. */
export function cashSuggestions(due: Minor, notes: readonly number[], whole: bigint): Minor[] {
  // Nobody hands over a coin more than is due; of a large sum, not a small note either.
  const least = due / 50n > whole ? due / 50n : whole
  const more = notes
    .map(BigInt)
    .filter((value) => value >= least)
    .map((value) => ((due + value - 1n) / value) * value)
  const sorted = [...new Set([due, ...more])].toSorted((a, b) => (a < b ? -1 : 1))
  return sorted.slice(0, 5).map((one) => minor(one))
}

/**
 * A long name in two: its end stands in a line of its own, because that is what tells sizes and colours from each other where the
 * name is cut. Nothing apart where it is short, or where the options say it.
 */
export function nameInTwo(of: { readonly name: string; readonly options?: string | undefined }): { start: string; end: string } {
  const whole = plainName(of)
  if (of.options || whole.length <= LONG) return { start: whole, end: of.options ?? '' }
  const from = whole.indexOf(' ', whole.length - END)
  const at = from < 0 ? whole.length - END : from + 1
  return { start: whole.slice(0, at).trimEnd(), end: whole.slice(at) }
}
/** What two lines of a tile hold. */
const LONG = 34
const END = 18

/** A name without its options, which are shown apart: the end of a long name is what tells sizes from each other. */
export const plainName = ({ name, options }: { readonly name: string; readonly options?: string | undefined }): string =>
  options && name.endsWith(` · ${options}`) ? name.slice(0, -options.length - 3) : name
