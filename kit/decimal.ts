import { isCurrencyName } from './currency-names.ts'

/**
 * Numbers as people write them: "1,234.5", "1.234,5", "1 234,5", "١٬٢٣٤٫٥", ".5", "Ksh 12/=". One reader for pages, imports and
 * the server. What can be read two ways is never guessed: both readings come back, and something else settles it (the other
 * values of the column, the language of whoever types, or a person who is asked).
 */

/** The sign before the decimals; the other one parts thousands. */
export type DecimalMark = '.' | ','

export type DecimalReading =
  /** `value` is scaled by 10^scale. `mark` is what the text itself proves about its signs, if it proves anything. */
  | { readonly kind: 'value'; readonly value: bigint; readonly mark: DecimalMark | null }
  /** "1,250": one thousand two hundred and fifty, or one and a quarter. Plain decimal texts. */
  | { readonly kind: 'ambiguous'; readonly readings: readonly [string, string]; readonly sign: DecimalMark }
  /** A number, but with more decimals than the scale keeps. */
  | { readonly kind: 'tooFine' }
  /** A spreadsheet rounded it: "3.65E+11" has lost its last digits. */
  | { readonly kind: 'rounded' }
  /** An amount, but beside it stands what `isOurs` knows as another currency. */
  | { readonly kind: 'otherCurrency'; readonly named: string }
  | { readonly kind: 'none' }

export interface DecimalOptions {
  /** How many decimals are kept. */
  readonly scale: number
  /** What settles "1,250". */
  readonly mark?: DecimalMark | null | undefined
  /** Says whether the code, name or sign beside an amount could be the currency that is meant; without it any may stand there. */
  readonly isOurs?: ((named: string) => boolean) | undefined
}

const MOST_LENGTH = 60
const NONE = { kind: 'none' } as const

export function readDecimal(text: string, { scale, mark, isOurs }: DecimalOptions): DecimalReading {
  if (text.length > MOST_LENGTH) return NONE
  const { digits, negative, named } = bare(text)
  if (named && isOurs && !isOurs(named)) return { kind: 'otherCurrency', named }
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(digits)) return { kind: 'rounded' }
  const parts = partsOf(digits, scale, mark)
  if (!parts) return NONE
  if ('readings' in parts) {
    const sign = negative ? '-' : ''
    return { kind: 'ambiguous', sign: parts.sign, readings: [sign + parts.readings[0], sign + parts.readings[1]] }
  }
  const { whole, fraction, proves } = parts
  if (/[1-9]/.test(fraction.slice(scale))) return { kind: 'tooFine' }
  const size = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0') || '0')
  return { kind: 'value', value: negative ? -size : size, mark: proves }
}

/** What a whole column proves about its signs; nothing when it says both or neither. */
export function markOf(texts: Iterable<string>, scale: number): DecimalMark | null {
  const proven = new Set<DecimalMark>()
  for (const text of texts) {
    const read = readDecimal(text, { scale })
    if (read.kind === 'value' && read.mark) proven.add(read.mark)
  }
  return proven.size === 1 ? [...proven][0]! : null
}

/** How a language writes decimals on our pages, where digits may be Latin in any of them. */
export const markOfLanguage = (locale: string): DecimalMark =>
  new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ===
  ','
    ? ','
    : '.'

const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]/g
// Marks of direction, and joiners: invisible, and copied along from right-to-left pages.
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** Latin digits with `.` `,` and `'` or one space between thousands; sign and currency are taken off. */
function bare(text: string): { digits: string; negative: boolean; named: string | null } {
  let rest = text
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[\uff10-\uff19]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0xff10))
    .replaceAll('٬', "'")
    .replaceAll('،', ',')
    .replace(/[’‘`´]/g, "'")
    .replace(/[−–]/g, '-')
    .trim()
  let negative = false
  if (rest.startsWith('(') && rest.endsWith(')')) {
    negative = true
    rest = rest.slice(1, -1).trim()
  }
  const sign = (at: 'start' | 'end') => {
    if (at === 'start' ? !/^[-+]/.test(rest) : !rest.endsWith('-')) return
    if (!rest.startsWith('+')) negative = !negative
    rest = (at === 'start' ? rest.slice(1) : rest.slice(0, -1)).trim()
  }
  // "12/=" and "12/-" are how East Africa and India close an amount.
  rest = rest.replace(/\/[=-]$/, '').trim()
  sign('start')
  const { amount, named } = withoutCurrency(rest)
  const wasNamed = amount !== rest
  rest = amount
  // "KES -12" and "12-" have one sign each, never two.
  if (wasNamed && !negative) sign('start')
  if (!negative) sign('end')
  return { digits: rest, negative, named }
}

function withoutCurrency(text: string): { amount: string; named: string | null } {
  const start = nameAt(text, BEFORE)
  const behind = nameAt(text.slice(start), BEHIND)
  // A currency stands on one side.
  if (start > 0 && behind > 0) return { amount: text, named: null }
  if (start > 0) {
    // "Rs.50" could be fifty or a half; "Rs. 50" and "Rs.1,250.00" could not.
    const amount = text.slice(start).replace(/^\.(?=\s|\d[\d' ]*[.,])/, '')
    if (amount.startsWith('.')) return { amount: text, named: null }
    return { amount: amount.trim(), named: text.slice(0, start).trim() }
  }
  if (behind > 0) return { amount: text.slice(0, text.length - behind).trim(), named: text.slice(text.length - behind).trim() }
  return { amount: text, named: null }
}

const BEFORE = /^[\p{L}\p{Sc}](?:[\p{L}\p{M}\p{Sc}.' ʻ]*[\p{L}\p{M}\p{Sc}])?/u
// No currency's name is longer; without an end, each letter of a long text would be tried as its beginning.
const BEHIND = /[\p{L}\p{Sc}][\p{L}\p{M}\p{Sc}.'ʻ ]{0,40}$/u

/** How long the name of a currency is that stands there; 0 when there is none. */
function nameAt(text: string, where: RegExp): number {
  const found = where.exec(text)?.[0] ?? ''
  return found !== '' && isCurrencyName(found) ? found.length : 0
}

type Parts =
  | { whole: string; fraction: string; proves: DecimalMark | null }
  | { sign: DecimalMark; readings: readonly [string, string] }

/** Thousands stand in threes, or as in India in twos before the last three. */
const GROUPS = {
  ',': /^\d{1,3}(?:,\d{3})+$|^\d{1,2}(?:,\d{2})+,\d{3}$/,
  '.': /^\d{1,3}(?:\.\d{3})+$/,
  "'": /^\d{1,3}(?:'\d{3})+$/,
  ' ': /^\d{1,3}(?: \d{3})+$/,
} as const
const other = (mark: DecimalMark): DecimalMark => (mark === '.' ? ',' : '.')
const isGrouped = (text: string, sign: keyof typeof GROUPS) => GROUPS[sign].test(text)
const ungrouped = (text: string) => text.replace(/\D/g, '')

function partsOf(text: string, scale: number, mark: DecimalMark | null | undefined): Parts | undefined {
  if (!/^[\d.,' ٫]+$/.test(text) || !/\d/.test(text)) return undefined
  // The Arabic decimal sign has no second meaning.
  if (text.includes('٫')) return split(text, '٫', null)
  const [dots, commas] = [text.split('.').length - 1, text.split(',').length - 1]
  if (dots === 0 && commas === 0) return wholeOf(text)
  if (dots > 0 && commas > 0) {
    const last = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
    return split(text, last, last)
  }
  const sign: DecimalMark = dots > 0 ? '.' : ','
  if (dots + commas > 1) return isGrouped(text, sign) ? { whole: ungrouped(text), fraction: '', proves: other(sign) } : undefined
  const [before = '', behind = ''] = text.split(sign)
  const couldBeGroups = /^[1-9]\d{0,2}$/.test(before) && /^\d{3}$/.test(behind)
  if (!couldBeGroups) return split(text, sign, behind === '' ? null : sign)
  // Half a unit of something whole is no reading.
  const fits = scale > 0 || behind === '000'
  const [thousands, decimal] = [before + behind, `${before}.${behind}`]
  if (mark === sign) return { whole: before, fraction: behind, proves: null }
  if (mark === other(sign) || !fits) return { whole: thousands, fraction: '', proves: null }
  return scale === 0 && behind === '000' && before === '' ? undefined : { sign, readings: [thousands, decimal] }
}

function wholeOf(text: string): Parts | undefined {
  if (/^\d+$/.test(text)) return { whole: text, fraction: '', proves: null }
  return isGrouped(text, ' ') || isGrouped(text, "'") ? { whole: ungrouped(text), fraction: '', proves: null } : undefined
}

function split(text: string, sign: DecimalMark | '٫', proves: DecimalMark | null): Parts | undefined {
  const at = text.lastIndexOf(sign)
  if (text.indexOf(sign) !== at) return undefined
  const [before, fraction] = [text.slice(0, at), text.slice(at + 1)]
  if (!/^\d*$/.test(fraction) || (before === '' && fraction === '')) return undefined
  const grouped = sign !== '٫' ? [other(sign)] : ([',', '.'] as const)
  const fits = /^\d*$/.test(before) || [...grouped, "'" as const, ' ' as const].some((one) => isGrouped(before, one))
  return fits ? { whole: ungrouped(before), fraction, proves } : undefined
}
