import { minor, type Minor } from './money.ts'
import { qty, type Qty } from './quantity.ts'

/** GS1 check digit: weights 3, 1, 3, 1 … from the right (GS1 General Specifications §7.9). */
export function gtinCheckDigit(digits: string): string {
  const sum = [...digits].toReversed().reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return String((10 - (sum % 10)) % 10)
}

/** Is it a GTIN-8, -12, -13 or -14 with a right check digit? */
export const isGtin = (code: string): boolean =>
  /^(\d{8}|\d{12,14})$/.test(code) && gtinCheckDigit(code.slice(0, -1)) === code.at(-1)

/** A GTIN as it is compared: 14 digits with leading zeros. */
export const toGtin14 = (code: string): string => code.padStart(14, '0')

const DIGITS = '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹'
/** Without the spaces at both ends, and nothing else: what `btrim` does there. */
function withoutSpacesAround(text: string): string {
  let [from, to] = [0, text.length]
  while (text[from] === ' ') from++
  while (to > from && text[to - 1] === ' ') to--
  return text.slice(from, to)
}

/** A code as it is compared, however it was written or scanned: GTINs of every length are one number, capitals and digits one form. `code_key` in the database is the same rule. */
export function codeKey(code: string): string {
  const plain = withoutSpacesAround(code.normalize('NFKC'))
    .replace(/[٠-٩۰-۹]/g, (digit) => String(DIGITS.indexOf(digit) % 10))
    .toLowerCase()
  return isGtin(plain) ? toGtin14(plain) : plain
}

/** How a shop's own labels carry a price or a weight inside an EAN-13; the layout is each retailer's choice. */
export interface EmbeddedPattern {
  readonly prefix: string
  readonly itemDigits: number
  readonly valueDigits: number
  /** `price` in minor units of the last `decimals` digits, or `weight` in kilograms with `decimals` decimals. */
  readonly meaning: 'price' | 'weight'
  readonly decimals: number
}

/** Our own defaults: 20 and 02 carry a price with two decimals, 21 a weight in grams. */
export const embeddedPatterns: readonly EmbeddedPattern[] = [
  { prefix: '20', itemDigits: 5, valueDigits: 5, meaning: 'price', decimals: 2 },
  { prefix: '21', itemDigits: 5, valueDigits: 5, meaning: 'weight', decimals: 3 },
  { prefix: '02', itemDigits: 5, valueDigits: 5, meaning: 'price', decimals: 2 },
]

export type Embedded = { readonly item: string } & ({ readonly price: Minor } | { readonly weight: Qty })

/** Reads a price- or weight-embedded code; to be asked before the ordinary search. `null` when it is none. */
export function readEmbedded(code: string, patterns: readonly EmbeddedPattern[] = embeddedPatterns): Embedded | null {
  if (!/^\d{13}$/.test(code) || !isGtin(code)) return null
  const pattern = patterns.find(
    (one) => code.startsWith(one.prefix) && one.prefix.length + one.itemDigits + one.valueDigits === 12,
  )
  if (!pattern) return null
  const at = pattern.prefix.length + pattern.itemDigits
  const item = code.slice(pattern.prefix.length, at)
  const value = BigInt(code.slice(at, 12))
  return pattern.meaning === 'price'
    ? { item, price: minor(value) }
    : { item, weight: qty(value * 10n ** BigInt(6 - pattern.decimals)) }
}

/** Writes such a code; `value` counts the smallest step of the pattern. */
export function writeEmbedded(pattern: EmbeddedPattern, item: string, value: number): string {
  const body = pattern.prefix + item.padStart(pattern.itemDigits, '0') + String(value).padStart(pattern.valueDigits, '0')
  return body + gtinCheckDigit(body)
}
