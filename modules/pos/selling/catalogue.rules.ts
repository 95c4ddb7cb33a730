import { codeKey, readEmbedded } from '#kit/barcode.ts'
import { hasWord, foldText, wordsOf } from '#kit/fold.ts'
import { isFineMeasure, ratioOf, type MeasureName } from '#kit/measure.ts'
import { divideHalfUp, minor } from '#kit/money.ts'
import { extend, qty, QTY_DECIMALS, QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import type { AskedPrice, CarriedList, CarriedPrice } from '#modules/catalog/price/price.rules.ts'

/** A product as the till holds it: JSON of `catalog.listSellables`. */
export interface TillProduct {
  readonly id: string
  readonly product: string
  readonly name: string
  readonly sku: string
  readonly kind: 'stocked' | 'service'
  readonly category: string | null
  readonly image: string | null
  /** The options that tell it from the others of its product. */
  readonly options: string
  readonly price: string
  /** For how many of its unit its prices are. */
  readonly priceUnit: PriceUnit
  /** The code of its unit, where quantities and prices tell it. */
  readonly unit: string | null
  /** Which measure its unit is, of those that are converted; none for pieces. */
  readonly measure: MeasureName | null
  readonly ownPrice: string
  readonly prices: readonly CarriedPrice[]
  /** Its price is asked at the till, between these bounds; what it costs here is the usual price. */
  readonly asked?: AskedPrice | null
  readonly taxCode: string
  readonly taxRate: string
  readonly decimals: number
  readonly codes: readonly (readonly [string, string])[]
}

/** What sells best stands first, in that order; all else as it stood. */
export function bestFirst(all: readonly TillProduct[], best: readonly string[]): readonly TillProduct[] {
  const rank = new Map(best.map((id, at) => [id, at]))
  const chosen = all.filter(({ id }) => rank.has(id)).toSorted((one, other) => rank.get(one.id)! - rank.get(other.id)!)
  return chosen.length === 0 ? all : [...chosen, ...all.filter(({ id }) => !rank.has(id))]
}

/** Everything that a till sells, with the price lists of its place on the day of its shift. */
export interface Goods {
  readonly products: readonly TillProduct[]
  readonly lists: readonly CarriedList[]
  readonly place: string
  readonly day: string
}

export interface Catalogue {
  readonly all: readonly TillProduct[]
  /** The variant and how much of it a code stands for, in millionths. */
  byId(id: string): TillProduct | undefined
  find(code: string): { product: TillProduct; quantity: bigint } | null
  search(text: string, limit?: number): readonly TillProduct[]
}

/**
 * So much of it as the nearest part that is sold. What is weighed out coarsely or by the piece has to come out whole, or nobody
 * knows how much it is: then nothing.
 */
function inParts(size: bigint, by: bigint, { decimals, measure }: TillProduct, isWeighed: boolean): bigint {
  const part = BigInt(10 ** (QTY_DECIMALS - decimals))
  const parts = divideHalfUp(size, by * part)
  const isNear = measure ? isFineMeasure(measure, decimals) : false
  return isNear || isWeighed || parts * part * by === size ? parts * part : 0n
}

/** How much of it an amount buys: exactly so much that it costs that, where it is sold in any part of its unit. */
function boughtBy(amount: bigint, product: TillProduct): bigint {
  const { measure, decimals, priceUnit } = product
  const [price, size] = [BigInt(product.price), amount * QTY_ONE * BigInt(priceUnit)]
  if (price <= 0n) return 0n
  if (!measure || !isFineMeasure(measure, decimals)) return inParts(size, price, product, decimals > 0)
  const quantity = divideHalfUp(size, price)
  return extend(minor(price), qty(quantity), priceUnit) === amount ? quantity : 0n
}

/** How much of it so many kilograms are, in its own unit; nothing where that is no unit of mass. */
function weighedAs(kilograms: bigint, product: TillProduct): bigint {
  const ratio = product.measure && ratioOf('kg', product.measure)
  return ratio ? inParts(kilograms * ratio[0], ratio[1], product, false) : 0n
}

/** Builds the till's index once for each catalogue; 10,000 products are searched in a few milliseconds a key press. */
export function indexCatalogue(all: readonly TillProduct[]): Catalogue {
  const byCode = new Map<string, { product: TillProduct; quantity: bigint }>()
  const byId = new Map<string, TillProduct>()
  const texts: string[] = []
  for (const product of all) {
    byId.set(product.id, product)
    byCode.set(codeKey(product.sku), { product, quantity: QTY_ONE })
    for (const [code, quantity] of product.codes) byCode.set(codeKey(code), { product, quantity: BigInt(quantity) })
    texts.push(foldText(`${product.name} ${product.sku} ${product.codes.map(([code]) => code).join(' ')}`))
  }
  const find = (scanned: string) => {
    const code = codeKey(scanned)
    const known = byCode.get(code)
    if (known) return known
    const embedded = readEmbedded(code.replace(/^0(?=\d{13}$)/, ''))
    const product = embedded && (byCode.get(embedded.item) ?? byCode.get(embedded.item.replace(/^0+/, '')))?.product
    if (!embedded || !product) return null
    const quantity = 'weight' in embedded ? weighedAs(embedded.weight, product) : boughtBy(embedded.price, product)
    return quantity > 0n ? { product, quantity } : null
  }
  return {
    all,
    byId: (id) => byId.get(id),
    find,
    search(text, limit = 60) {
      const words = wordsOf(text)
      if (words.length === 0) return all.slice(0, limit)
      const found: TillProduct[] = []
      const later: TillProduct[] = []
      for (let index = 0; index < texts.length && found.length < limit; index++) {
        const where = texts[index]!
        if (!words.every((word) => hasWord(where, word))) continue
        // What begins with the words comes before what only has them somewhere.
        if (where.startsWith(words[0]!)) found.push(all[index]!)
        else if (later.length < limit) later.push(all[index]!)
      }
      return [...found, ...later].slice(0, limit)
    },
  }
}
