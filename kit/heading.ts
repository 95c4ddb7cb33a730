import { couldBe, currenciesOf, shownCurrency } from './currency-codes.ts'

/** What headings of columns say of the amounts below them: "Price (USD)", "USD Price", "price_eur", "Unit Price (US$)". */

// Codes that are words as well: "Price per cup", "All prices". In small letters, or where all is in capitals, they are those.
const WORDS = new Set('all amd ang bam bob cad cop cup gel gip lak mad mop nad pen sos top try'.split(' '))
const PART = /[^\s()[\]{}_,;:/|–-]+/gu

interface Named {
  readonly text: string
  readonly codes: readonly string[]
  readonly at: number
  readonly length: number
}

// No heading is longer; each of its words is held against the whole of it.
const MOST_LENGTH = 200

function* namedIn(heading: string): Generator<Named> {
  if (heading.length > MOST_LENGTH) return
  const isShouted = heading === heading.toUpperCase()
  for (const { 0: whole, index } of heading.matchAll(PART)) {
    // "priceUsd" and "PriceUSD" are two words each; "KSh" is one.
    const parts = currenciesOf(whole) ? [whole] : whole.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    let at = index
    for (const part of parts) {
      // "السعر بالدولار" is the price in dollars.
      const text = currenciesOf(part) ? part : part.replace(/^(?:بال|ال)/u, '')
      const codes = currenciesOf(text)
      const [before, behind] = [heading.slice(0, at).trimEnd(), heading.slice(at + part.length).trimStart()]
      const isAlone = /[([{]$/.test(before) && /^[)\]}]/.test(behind)
      const isLast = !/[\p{L}\p{N}]/u.test(behind)
      const isWord = WORDS.has(text.toLowerCase())
        ? isShouted || text !== text.toUpperCase()
        : /^\p{L}{1,2}$/u.test(text) && !isLast
      if (codes && (isAlone || !isWord)) yield { text, codes, at, length: part.length }
      at += part.length
    }
  }
}

/** How a currency is called that stands in a heading and cannot be this one; nothing where none does. */
export function otherCurrencyIn(heading: string, currency: string): string | undefined {
  for (const { text } of namedIn(heading)) if (!couldBe(text, currency)) return shownCurrency(text)
  return undefined
}

/** Does it name this currency, by its code or a sign that it shares? */
export const saysCurrency = (heading: string, currency: string): boolean =>
  [...namedIn(heading)].some(({ codes }) => codes.includes(currency))

/** "USD Price", "Price (USD)", "Price in EUR" → "Price". */
export function withoutCurrency(heading: string): string {
  let rest = heading
  for (const { at, length } of [...namedIn(heading)].toReversed()) rest = rest.slice(0, at) + rest.slice(at + length)
  if (rest === heading) return heading
  rest = rest.replace(/[([{]\s*[)\]}]/g, '').trim()
  const isSign = (at: number) => ' \t,_/:-'.includes(rest[at]!)
  const ending = (): number => {
    let to = rest.length
    while (to > 0 && isSign(to - 1)) to--
    return to
  }
  rest = rest.slice(0, ending())
  if (/(?:^|[^\p{L}])in$/iu.test(rest)) rest = rest.slice(0, -2)
  return rest.slice(0, ending()).trim()
}

const TAX = '(?:sales tax|taxes|tax|vat|gst|iva|tva|mwst|ндс|الضريبة|ضريبة|kodi)'
const OUTSIDE = new RegExp(
  String.raw`\b(?:excl(?:uding|uded|usive)?|ex|without|before|net of|exkl)\.?(?: of)? ?${TAX}|${TAX}[ -]?(?:excl(?:uded|usive)?|ex)\b|(?:غير شامل|بدون|قبل|لا يشمل) (?:ال)?ضريبة|без ндс|(?:bila|kabla ya) (?:vat|kodi)`,
  'iu',
)
const INSIDE = new RegExp(
  String.raw`\b(?:incl(?:uding|uded|usive)?|inc|with|after|inkl)\.?(?: of)? ?${TAX}|${TAX}[ -]?(?:incl(?:uded|usive)?|inc)\b|(?:شامل|يشمل|بعد|مع) (?:ال)?ضريبة|(?:с|включая) ндс|(?:pamoja na|ikiwa na|baada ya) (?:vat|kodi)`,
  'iu',
)

/** Whether the prices below a heading are with their tax or without it: "Price (excl. VAT)", "Tax included price". */
export function taxOf(heading: string): 'inside' | 'outside' | undefined {
  const plain = spaced(heading)
  return OUTSIDE.test(plain) ? 'outside' : INSIDE.test(plain) ? 'inside' : undefined
}

/** "Price tax excluded", "Price (incl. VAT)" → "Price". */
export const withoutTax = (heading: string): string =>
  spaced(heading)
    .replace(OUTSIDE, '')
    .replace(INSIDE, '')
    .replace(/[([{]\s*[)\]}]/g, '')
    .trim()

// No heading is longer that says so; "price_excl_tax" is words too.
const spaced = (heading: string) => heading.slice(0, MOST_LENGTH).replaceAll('_', ' ')
