import { divideHalfUp } from '#kit/money.ts'
import { QTY_ONE } from '#kit/quantity.ts'

/** A line as it lies in a basket. */
export interface BasketLine {
  readonly key: string
  readonly variant: string
  readonly name: string
  readonly quantity: string
  readonly listPrice: string
  readonly unitPrice?: string
  readonly priceUnit?: string
  /** It may not be sold any more: taking it off is no choice of anybody. */
  readonly isGone?: boolean
}
export interface TakenOut {
  readonly what: string
  readonly variant: string
  readonly quantity: string
  readonly worth: string
}

const worthOf = ({ unitPrice, listPrice, priceUnit = '1' }: BasketLine, quantity: bigint): bigint =>
  divideHalfUp(BigInt(unitPrice ?? listPrice) * quantity, BigInt(priceUnit) * QTY_ONE)

/** What a basket has less of than before, line by line. */
export function takenOut(before: readonly BasketLine[], after: readonly BasketLine[]): TakenOut[] {
  return before.flatMap((line) => {
    if (line.isGone) return []
    const now = after.find((one) => one.key === line.key)
    const quantity = BigInt(line.quantity) - BigInt(now?.quantity ?? 0)
    if (quantity <= 0n) return []
    return [{ what: line.name, variant: line.variant, quantity: String(quantity), worth: String(worthOf(line, quantity)) }]
  })
}

/** What lies in a basket that is emptied: named together, as far as there is room. */
export function emptied(lines: readonly BasketLine[]): Pick<TakenOut, 'what' | 'worth'> {
  const names = lines.map((one) => one.name).join(' · ')
  const worth = lines.reduce((all, line) => all + worthOf(line, BigInt(line.quantity)), 0n)
  return { what: names.length > 300 ? `${names.slice(0, 299)}…` : names, worth: String(worth) }
}
