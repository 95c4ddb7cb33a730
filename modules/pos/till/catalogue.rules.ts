import { codeKey, readEmbedded } from '#kit/barcode.ts'
import { foldText, wordsOf } from '#kit/fold.ts'
import { divideHalfUp } from '#kit/money.ts'
import { QTY_DECIMALS, QTY_ONE, type PriceUnit } from '#kit/quantity.ts'
import type { CarriedList, CarriedPrice } from '#modules/catalog/price/price.rules.ts'

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
  /** For how many of which unit its prices are; the unit is told where that is more than one. */
  readonly priceUnit: PriceUnit
  readonly unit: string | null
  readonly ownPrice: string
  readonly prices: readonly CarriedPrice[]
  readonly taxCode: string
  readonly taxRate: string
  readonly decimals: number
  readonly codes: readonly (readonly [string, string])[]
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

/** How much of it an amount buys, in parts as small as it is sold in; nothing of what is sold by the piece and doesn't come out whole. */
function boughtBy(amount: bigint, { price, priceUnit, decimals }: TillProduct): bigint {
  if (BigInt(price) <= 0n) return 0n
  const part = BigInt(10 ** (QTY_DECIMALS - decimals))
  const parts = divideHalfUp((amount * QTY_ONE * BigInt(priceUnit)) / part, BigInt(price))
  const isWhole = amount * QTY_ONE * BigInt(priceUnit) === parts * part * BigInt(price)
  return decimals === 0 && !isWhole ? 0n : parts * part
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
    if ('weight' in embedded) return { product, quantity: embedded.weight }
    const quantity = boughtBy(embedded.price, product)
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
        if (!words.every((word) => where.includes(word))) continue
        // What begins with the words comes before what only has them somewhere.
        if (where.startsWith(words[0]!)) found.push(all[index]!)
        else if (later.length < limit) later.push(all[index]!)
      }
      return [...found, ...later].slice(0, limit)
    },
  }
}
