import { minor, rate, type Minor } from '#kit/money.ts'
import { qty, QTY_ONE } from '#kit/quantity.ts'
import { totalsOf, type BasketTotals, type Discount } from '../sale/basket.rules.ts'
import type { TillProduct } from './catalogue.rules.ts'

/** Discounts travel as JSON: millionths or minor units as text. */
export type DraftDiscount = { readonly rate: string } | { readonly amount: string }

export interface DraftLine {
  readonly key: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly quantity: string
  readonly listPrice: string
  readonly unitPrice?: string
  readonly taxRate: string
  readonly decimals: number
  readonly discount?: DraftDiscount
}

/** The basket that a cashier is working on; kept on the device at every change, so nothing typed is ever lost. */
export interface Draft {
  /** The id that the sale will have: sending it twice sells once. */
  readonly id: string
  readonly lines: readonly DraftLine[]
  readonly discount?: DraftDiscount
  readonly customer?: { readonly id: string; readonly name: string }
  readonly note?: string
}

export const emptyDraft = (id: string): Draft => ({ id, lines: [] })

/** Adds a product; the same one at its usual price joins its line. */
export function addProduct(draft: Draft, product: TillProduct, quantity: bigint, key: string): Draft {
  const same = draft.lines.find(
    (line) => line.variant === product.id && line.unitPrice === undefined && line.listPrice === product.price && !line.discount,
  )
  if (same) return changeLine(draft, same.key, { quantity: String(BigInt(same.quantity) + quantity) })
  const { id: variant, name, sku, price: listPrice, taxRate, decimals } = product
  return {
    ...draft,
    lines: [...draft.lines, { key, variant, name, sku, quantity: String(quantity), listPrice, taxRate, decimals }],
  }
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

/** Prices that changed since the basket was begun are taken over, except those that somebody set by hand. */
export function refreshPrices(draft: Draft, prices: ReadonlyMap<string, { price: string; taxRate: string }>): Draft {
  const isStale = (line: DraftLine) =>
    prices.has(line.variant) &&
    (prices.get(line.variant)!.price !== line.listPrice || prices.get(line.variant)!.taxRate !== line.taxRate)
  if (!draft.lines.some(isStale)) return draft
  return {
    ...draft,
    lines: draft.lines.map((line) =>
      isStale(line) ? { ...line, listPrice: prices.get(line.variant)!.price, taxRate: prices.get(line.variant)!.taxRate } : line,
    ),
  }
}

const readDiscount = (discount: DraftDiscount | undefined): Discount | undefined =>
  !discount ? undefined : 'rate' in discount ? { rate: rate(discount.rate) } : { amount: minor(discount.amount) }

/** The totals by the same rule that the server uses. */
export const draftTotals = (draft: Draft, pricesIncludeTax: boolean): BasketTotals =>
  totalsOf(
    draft.lines.map((line) => ({
      quantity: qty(line.quantity),
      unitPrice: minor(line.unitPrice ?? line.listPrice),
      taxRate: rate(line.taxRate),
      discount: readDiscount(line.discount),
    })),
    readDiscount(draft.discount),
    pricesIncludeTax,
  )

/** Notes that people are likely to hand over for an amount: the amount itself, then the next round ones. */
export function cashSuggestions(due: Minor, notes: readonly number[]): Minor[] {
  const found = new Set<bigint>([due])
  for (const note of notes.toReversed()) {
    const value = BigInt(note)
    const next = ((due + value - 1n) / value) * value
    if (next > due) found.add(next)
    if (found.size >= 5) break
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1)).map((one) => minor(one))
}
