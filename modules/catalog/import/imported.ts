import type { Refusal } from '#kit/import.ts'
import type { Said } from '#kit/measure-said.ts'
import type { Minor } from '#kit/money.ts'
import type { PriceUnit } from '#kit/quantity.ts'

/** What a file of products says, once it is read. */

/** An amount as a file says it, in thousandths of a minor unit: a price for one may be finer than the currency. */
export type Fine = bigint & { readonly __fine: unique symbol }
export const FINE_DECIMALS = 3
export const FINE_ONE = 10n ** BigInt(FINE_DECIMALS)
export const MONEY = ['price', 'comparePrice', 'cost'] as const

export interface ImportedVariant<Amount = Minor> {
  readonly row: number
  readonly optionValues: string[]
  readonly sku: string | null
  readonly barcodes: readonly string[]
  /** In which column each barcode stood, by `codeKey`. */
  readonly columns: ReadonlyMap<string, string>
  /** Nothing where the file says nothing; null where it says that there is none. */
  readonly price?: Amount
  readonly comparePrice?: Amount | null
  readonly cost?: Amount
  /** What its amounts are for, where their cells say so. */
  readonly pricesAre?: { readonly [Name in (typeof MONEY)[number]]?: Said }
  /** It has more decimals than are kept of an amount, as an average that a sheet has worked out. */
  readonly isCostRough?: true
  readonly weight?: bigint
}

/** What a file says of one product; what it does not mention is not there. */
export interface ImportedProduct<Amount = Minor> {
  readonly row: number
  /** By what it is found: its handle or name with all its variants, or one code. */
  readonly by: 'handle' | 'code'
  readonly handle: string
  readonly name?: string
  readonly description?: string
  readonly vendor?: string
  /** From the widest to the narrowest. */
  readonly category?: readonly string[]
  readonly tags?: string[]
  readonly taxable?: boolean
  readonly taxClass?: string
  readonly unit?: string
  /** For how many units its prices are, where the file says so. */
  readonly priceUnit?: PriceUnit
  /** What its prices are for, in the words of a cell of the file or of the heading of each. */
  readonly pricesAre?: { readonly [Name in 'priceUnit' | (typeof MONEY)[number]]?: Said }
  readonly kind?: 'stocked' | 'service'
  /** Its price is asked at the till; prices of the file are the usual ones then. */
  readonly asksPrice?: boolean
  /** Between which prices, in minor units of what its prices are kept for. */
  readonly leastPrice?: Minor
  readonly mostPrice?: Minor
  /** Told by whether stock is kept: of an article that is here already that says nothing. */
  readonly isKindGuessed?: true
  readonly active?: boolean
  /** By the kilogram, where the article has no unit yet. */
  readonly soldByWeight?: boolean
  /** The rows are variants of what has no row in the file, as it is called there. */
  readonly parent?: string
  readonly optionNames: string[]
  readonly variants: ImportedVariant<Amount>[]
  /** Rows that tell of a variant at one more place, by the row that it was read from. */
  readonly elsewhere: ReadonlyMap<number, number>
  readonly warnings: readonly Refusal[]
}

/** "Clay Plant Pot" → "clay-plant-pot": letters of any script stay. */
export const handleOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 200)

/** A code that people can read and that a second run finds again. */
export const skuOf = (handle: string, options: readonly string[]): string =>
  [handle, ...options.filter((value) => value !== 'Default Title').map(handleOf)].join('-').toUpperCase().slice(0, 80)

export interface Company {
  readonly currency: string
  /** By its calendar. */
  readonly today: string
}
