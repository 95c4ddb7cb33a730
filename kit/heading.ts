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

/**
 * The words of a heading, for the patterns below: "priceExclTax", "price_excl_tax" and "Price (excl. 16% tax)" have the same. Brackets
 * are words, so that one that stands alone in them is told from one that goes on.
 */
const wordsOf = (heading: string): string => {
  const parted = heading
    .slice(0, MOST_LENGTH)
    .replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .replaceAll('+', ' plus ')
    .replace(/[([{]/g, ' ( ')
    .replace(/[)\]}]/g, ' ) ')
  return ` ${parted
    .split(/[^\p{L}\p{M}\p{N}()]+/u)
    .filter((word) => word && !/^\p{Nd}+$/u.test(word))
    .join(' ')} `
}
/** Those that are built from words stand nowhere as one whole; each is judged as the others are. */
export const builtPatterns: RegExp[] = []
/** One of these, between the words around it. */
function said(...ways: readonly string[]): RegExp {
  const built = new RegExp(String.raw` (?:${ways.join('|')})(?= )`, 'iu')
  builtPatterns.push(built)
  return built
}

const TAX =
  '(?:(?:the|any|all|local|sales|output|added) ){0,3}(?:taxes|tax|vat|v a t|gst|hst|iva|tva|mwst|ust|btw|ндс|пдв|ққс|налог(?:а|ов|ом|ами)?|(?:ال)?ضريب[ةه](?: القيمة)?(?: المضافة)?|(?:ال)?ضرائب|ض ق م|kodi|ushuru)'
// What stands alone in its brackets, or at the end.
const alone = (words: string) => String.raw`\( (?:${words})(?= \))|(?:${words})(?= $)`
const OUTSIDE = said(
  `(?:(?:not|non) incl(?:uding|uded|usive)?|excl(?:uding|uded|udes|usive)?|exc|ex|exkl|without|w o|w out|before|net of|net|no|non|less|minus|plus|pre|zzgl|ohne|hors|sans|sin|senza|без|до|не включая|исключая|غير شامل[ةه]?|بدون|من دون|قبل|لا [يت]شمل|bila|kabla ya|pasipo)(?: of)? ${TAX}`,
  String.raw`${TAX}(?: \()? (?:excl(?:uded|usive)?|exc|ex|extra|not incl(?:uded|usive)?|не включ[её]н[аы]?|غير مشمول[ةه]?|haijajumuishwa)`,
  'pretax|untaxed|ex(?:cl)?(?:vat|gst|tax)|h t|ht|prix net',
  alone('excl|exclusive|excluded|exc|ex|غير شامل[ةه]?'),
)
const INSIDE = said(
  `(?:incl(?:uding|uded|usive)?|inc|inkl|with|after|con|mit|avec|с|со|включая|вкл|в т ч|в том числе|شامل[ةه]?|[يت]شمل|بعد|مع|pamoja na|ikiwa na|baada ya|yenye)(?: of)? ${TAX}`,
  String.raw`${TAX}(?: \()? (?:incl(?:uded|usive)?|inc|включ[её]н[аы]?|в цене|مشمول[ةه]?|imejumuishwa)`,
  'inc(?:l)?(?:vat|gst|tax)|t t c|ttc',
  alone('incl|inclusive|included|inc|شامل[ةه]?'),
)
// Weights, margins and what is paid out are net and gross as well, and a gross is twelve dozen.
const NET = said('net(?! of)|netto|нетто|(?:ال)?صافي')
const GROSS = said('gross(?! of)|brutto|брутто')
const OTHER_NET =
  /(?:^|\P{L})(?:weight|wt|mass|qty|quantity|content|volume|margin|profit|sales|per gross|вес|масса|(?:ال)?وزن|uzito)(?:$|\P{L})/iu

/** Whether the prices below a heading are with their tax or without it: "Price (excl. VAT)", "Tax included price", "Net price". */
export function taxOf(heading: string): 'inside' | 'outside' | undefined {
  const words = wordsOf(heading)
  if (OUTSIDE.test(words)) return 'outside'
  if (INSIDE.test(words)) return 'inside'
  if (OTHER_NET.test(words)) return undefined
  return NET.test(words) ? 'outside' : GROSS.test(words) ? 'inside' : undefined
}

/** "Price tax excluded", "Price (incl. VAT)", "Net price" → "Price". */
export const withoutTax = (heading: string): string =>
  taxOf(heading) === undefined ? heading : [OUTSIDE, INSIDE, NET, GROSS].reduce(without, wordsOf(heading)).trim()

const without = (words: string, one: RegExp): string => words.replace(one, '').replaceAll(' ( )', '')

/** Parts of the currency, or many of it: none of our amounts is written so. "Price per thousand" is for so many of the goods. */
const SCALE = said(
  '(?:in )?(?:cents|centimes|fils|halalas?|baisas?|paise|paisa|pence|kobo|pesewas?|kopecks?|kopeks?|piast(?:re|er)s?|santim|senti|minor units?|smallest units?|коп|копе(?:йка|йки|ек|йках)|(?:ال|بال)?(?:سنت|سنتات|فلس|فلوس|قرش|قروش|هلل[ةه]|هللات))',
  '(?:in )?(?:thousands?|millions?|mln|mio|lakhs?|crores?|000s?|тыс|тысяч(?:а|и|ах)?|млн|миллион(?:а|ов|ах)?|(?:ال|بال)?(?:[أا]لف|[آا]لاف|مليون|ملايين)|elfu|maelfu|milioni)',
)
const PER_SCALE = /(?:^|\P{L})(?:per|for|لكل|за|kwa)(?: a)? (?:thousand|million|тысяч|[أا]لف|elfu)/iu

/** What a heading says that its amounts are counted in, other than whole units of the currency: "cents", "thousands", "'000". */
export function scaleIn(heading: string): string | undefined {
  const words = scaled(heading)
  return PER_SCALE.test(words) ? undefined : SCALE.exec(words)?.[0].trim()
}

/** "Price (cents)", "price_in_thousands" → "Price". */
export const withoutScale = (heading: string): string =>
  scaleIn(heading) === undefined ? heading : without(scaled(heading), SCALE).trim()

// Three noughts alone are a number to the words, and "1,000" are many goods.
const scaled = (heading: string): string =>
  wordsOf(heading.slice(0, MOST_LENGTH).replace(/(^|[^\p{Nd}.,\s])(\s?['’`]?)000s?(?=$|[\s)\]}])/u, '$1 thousands '))

export type Spoken = 'tax' | 'currency' | 'costCurrency'
const OF_TAX = said(TAX)
const OTHER_TAX = said(
  String.raw`amounts?|id|ids|number|numbers|no|account|accounts|price|prices|cost|value|total|purchases?|buying|supplier|vendor|input|registration|reg|pin|date|office|исх|сумма|номер|счет|счёт|закуп\p{L}*|مبلغ|رقم|قيم[ةه] الضريب[ةه]|namba|kiasi`,
)
const OF_CURRENCY = said('currency|currencies|curr|валют[аы]|(?:ال)?عمل[ةه]|sarafu')
const OTHER_CURRENCY = said(String.raw`rate|exchange|decimals?|format|precision|курс|سعر|صرف|kiwango`)
const OF_COST = said(
  String.raw`costs?|purchases?|buy|buying|supplier|supply|vendor|закуп\p{L}*|себестоим\p{L}*|(?:ال)?شراء|(?:ال)?تكلف[ةه]|gharama|kununua`,
)

/** Does a heading speak of how goods are taxed, or of the currency of prices or of costs, whatever it is called? */
export function isSpokenOf(heading: string, of: Spoken): boolean {
  const words = wordsOf(heading)
  if (of === 'tax') return OF_TAX.test(words) && taxOf(heading) === undefined && !OTHER_TAX.test(words)
  return OF_CURRENCY.test(words) && !OTHER_CURRENCY.test(words) && OF_COST.test(words) === (of === 'costCurrency')
}
