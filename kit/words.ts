import { decimalsOf, decimalText } from './money.ts'
import { QTY_DECIMALS, type PriceUnit } from './quantity.ts'

/**
 * Everything people read, in their language: sentences, amounts, quantities, days. Pure, so that a page, a receipt and
 * an e-mail say the same. Sentences live with those who say them, in `kit/words/<language>.json` and `modules/<m>/words/<language>.json`, flat, keyed by what they say.
 */
export type Messages = Readonly<Record<string, string>>
export type Digits = 'latn' | 'arab'
export type Params = Readonly<Record<string, string | number | bigint>>

/** A translator; `has` tells whether a key exists, `of` names something that was declared (a field, a state, a verb). */
export interface Translate {
  (key: string, params?: Params): string
  has(key: string): boolean
  /**
   * The words for a declared thing: `of('field', 'catalog.product.name')` looks for `field.catalog.product.name`, then
   * `field.product.name`, then `field.name`, and at last spells the name itself.
   */
  of(family: string, name: string, params?: Params): string
  readonly locale: string
}

export const languageOf = (locale: string): string => locale.split('-')[0] ?? 'en'
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur'])
export const direction = (locale: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(languageOf(locale)) ? 'rtl' : 'ltr')

/** What a language calls itself. */
export const nameOfLanguage = (locale: string): string => {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}

/**
 * `translate({ en, ar }, 'ar')('list.rows', { n: 3 })`. Looks in the language, then in English, then shows the key, so
 * that a missing one is seen. A number `n` picks the plural form: `key_one`, `key_few`, … `key_other`. `{due:money}` shows
 * minor units as an amount of the given currency, `{left:quantity}` millionths as a quantity.
 */
export function translate(
  words: Readonly<Record<string, Messages>>,
  locale: string,
  digits: Digits = 'latn',
  currency = 'USD',
): Translate {
  const languages = [...new Set([locale, languageOf(locale), 'en'])].filter((language) => words[language])
  const find = (key: string, n: unknown): { text: string; language: string } | undefined => {
    for (const language of languages) {
      const messages = words[language]!
      const text =
        (typeof n === 'number' ? (messages[`${key}_${pluralOf(language, n)}`] ?? messages[`${key}_other`]) : undefined) ??
        messages[key]
      if (text !== undefined) return { text, language }
    }
    return undefined
  }
  const say = (key: string, params: Params = {}): string => {
    const found = find(key, params['n'])
    return found ? fillIn(found.text, params, { locale, digits, currency }) : key
  }
  const has = (key: string) => find(key, undefined) !== undefined || find(key, 1) !== undefined
  const of = (family: string, name: string, params?: Params): string => {
    const parts = name.split('.')
    for (let at = 0; at < parts.length; at++) {
      const key = `${family}.${parts.slice(at).join('.')}`
      if (has(key)) return say(key, params)
    }
    return spell(parts.at(-1) ?? name)
  }
  return Object.assign(say, { has, of, locale })
}

const plurals = new Map<string, Intl.PluralRules>()
function pluralOf(locale: string, n: number): string {
  const rules = plurals.get(locale) ?? new Intl.PluralRules(locale)
  plurals.set(locale, rules)
  return rules.select(n)
}

function fillIn(
  text: string,
  params: Params,
  { locale, digits, currency }: { locale: string; digits: Digits; currency: string },
): string {
  const isolate = direction(locale) === 'rtl'
  return text.replace(/\{(\w+)(?::(money|quantity))?\}/g, (whole, name: string, kind?: string) => {
    const value = params[name]
    if (value === undefined || value === null) return whole
    if (kind && /^-?\d+$/.test(String(value))) {
      return kind === 'money'
        ? formatMoney(String(value), currency, locale, digits)
        : formatQuantity(String(value), locale, digits)
    }
    if (typeof value === 'string') return isolate ? `\u2068${value}\u2069` : value
    return formatNumber(value, locale, digits)
  })
}

/** "minQuantity" → "Min quantity": what a declared name looks like before somebody translates it. */
const spell = (name: string): string => {
  const words = name
    .replace(/[_-]/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const formatters = new Map<string, Intl.NumberFormat>()
function numberFormat(locale: string, digits: Digits, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${locale}|${digits}|${JSON.stringify(options)}`
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, { numberingSystem: digits, ...options })
  formatters.set(key, known)
  return known
}

export const formatNumber = (value: number | bigint, locale: string, digits: Digits = 'latn'): string =>
  numberFormat(locale, digits).format(value)

export interface MoneyStyle {
  /** Without the currency: in columns whose head names it. */
  readonly plain?: boolean
}

/**
 * An amount as people read it: `formatMoney('123450', 'KES', 'en-KE')` → "Ksh 1,234.50". Takes minor units as text of an
 * integer. Exact: the digits never pass through a floating-point number.
 */
export function formatMoney(
  minorText: string | bigint,
  currency: string,
  locale: string,
  digits: Digits = 'latn',
  { plain = false }: MoneyStyle = {},
): string {
  const decimals = decimalsOf(currency)
  const fixed = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const format = numberFormat(
    locale,
    digits,
    plain ? fixed : { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...fixed },
  )
  return exactly(format, decimalText(BigInt(minorText), decimals, decimals), digits)
}

/**
 * What a price is for, to stand behind it: "/ 1,000 g"; nothing where it is for one unit. `unit` is the code of the unit, where
 * there is one.
 */
export function formatPer(per: PriceUnit, unit: string | null | undefined, locale: string, digits: Digits = 'latn'): string {
  if (per === '1') return ''
  return `/\u00a0${withUnit(formatNumber(Number(per), locale, digits), unit, locale)}`
}

// "100 g" in a line from right to left would be read "g 100".
function withUnit(figure: string, unit: string | null | undefined, locale: string): string {
  const what = [figure, unit].filter(Boolean).join('\u00a0')
  return direction(locale) === 'rtl' ? `\u2068${what}\u2069` : what
}

/** A quantity with its unit, where it has one: "1.25 kg". */
export function formatMeasured(
  millionths: string | bigint,
  unit: string | null | undefined,
  locale: string,
  digits: Digits = 'latn',
): string {
  const figure = formatQuantity(millionths, locale, digits)
  return unit ? withUnit(figure, unit, locale) : figure
}

/** A quantity in millionths as people read it: '1250000' → "1.25". `keep` fraction digits stay even when they are zero. */
export function formatQuantity(millionths: string | bigint, locale: string, digits: Digits = 'latn', keep = 0): string {
  const text = decimalText(BigInt(millionths), QTY_DECIMALS, keep)
  const decimals = text.split('.')[1]?.length ?? 0
  return exactly(numberFormat(locale, digits, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }), text, digits)
}

/** A rate in millionths in percent: '160000' → "16%"; a change says by its sign which way it went: "+16%". */
export function formatRate(
  millionths: string | bigint,
  locale: string,
  digits: Digits = 'latn',
  signDisplay: 'auto' | 'exceptZero' = 'auto',
): string {
  const text = decimalText(BigInt(millionths), 4)
  const decimals = text.split('.')[1]?.length ?? 0
  return exactly(
    numberFormat(locale, digits, {
      style: 'percent',
      signDisplay,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }),
    text,
    digits,
    100n,
  )
}

/** Lets Intl place sign, symbol and separators for the whole part, and puts the exact fraction digits in. */
function exactly(format: Intl.NumberFormat, text: string, digits: Digits, divisor = 1n): string {
  const negative = text.startsWith('-')
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole)
  if (divisor !== 1n) return percent(format, size, fraction, negative, digits)
  // -0.50 has no sign in its whole part: the pattern of -1 is taken and its digit replaced.
  const borrowed = negative && size === 0n
  const parts = format.formatToParts(borrowed ? -1n : negative ? -size : size)
  return parts.map((part) => replacePart(part, fraction, borrowed, digits)).join('')
}

function replacePart(part: Intl.NumberFormatPart, fraction: string, borrowed: boolean, digits: Digits): string {
  if (part.type === 'fraction') return localDigits(fraction, digits)
  return part.type === 'integer' && borrowed ? localDigits('0', digits) : part.value
}

/** Percent style multiplies by 100, so the pattern comes from 1 % and the digits from the text. */
function percent(format: Intl.NumberFormat, size: bigint, fraction: string, negative: boolean, digits: Digits): string {
  return format
    .formatToParts(size === 0n && /^0*$/.test(fraction) ? 0 : negative ? -0.01 : 0.01)
    .map((part) =>
      part.type === 'integer'
        ? numberFormat(format.resolvedOptions().locale, digits, { maximumFractionDigits: 0 }).format(size)
        : part.type === 'fraction'
          ? localDigits(fraction, digits)
          : part.value,
    )
    .join('')
}

/** Latin digits as the reader writes them. */
export const localDigits = (text: string, digits: Digits): string =>
  digits === 'arab' ? text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))) : text

/** A full hour on the clock: "08:00". */
export const formatHour = (hour: number, digits: Digits): string => localDigits(`${String(hour).padStart(2, '0')}:00`, digits)

export interface TimeStyle {
  readonly locale: string
  readonly digits?: Digits
  readonly timeZone?: string
  /** `islamic-umalqura` shows Hijri dates; Gregorian otherwise, also where the locale's own default is another one. */
  readonly calendar?: string
  readonly style?: 'short' | 'medium' | 'long' | 'time'
}

const dateFormats = new Map<string, Intl.DateTimeFormat>()
function dateFormat(
  { locale, digits = 'latn', timeZone, calendar = 'gregory' }: TimeStyle,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale}|${digits}|${timeZone}|${calendar}|${JSON.stringify(options)}`
  // English alone would be American: months before days and twelve hours, which no page of ours says.
  const spoken = locale === 'en' ? 'en-GB' : locale
  const known =
    dateFormats.get(key) ??
    new Intl.DateTimeFormat(spoken, { numberingSystem: digits, calendar, ...(timeZone && { timeZone }), ...options })
  dateFormats.set(key, known)
  return known
}

/** A moment on the clock of a place: "21 Nov 2026, 14:05". Takes ISO text. */
export function formatInstant(iso: string, style: TimeStyle): string {
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const options: Record<NonNullable<TimeStyle['style']>, Intl.DateTimeFormatOptions> = {
    time,
    short: { day: 'numeric', month: 'short', ...time },
    medium: { day: 'numeric', month: 'short', year: 'numeric', ...time },
    long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...time },
  }
  return dateFormat(style, options[style.style ?? 'medium']).format(new Date(iso))
}

/** A calendar day: '2026-11-21' → "21 Nov 2026". It has no time zone, so none is applied. */
export function formatDay(day: string, style: TimeStyle): string {
  const month = style.style === 'long' ? 'long' : 'short'
  const options: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month,
    ...(style.style !== 'short' && { year: 'numeric' }),
    ...(style.style === 'long' && { weekday: 'long' }),
  }
  return dateFormat({ ...style, timeZone: 'UTC' }, options).format(new Date(`${day.slice(0, 10)}T00:00:00Z`))
}

/** How long ago: "3 minutes ago"; older than a week it is the day itself. */
export function formatAgo(iso: string, style: TimeStyle, now = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000)
  const size = Math.abs(seconds)
  if (size > 7 * 86_400) return formatInstant(iso, style)
  const relative = new Intl.RelativeTimeFormat(style.locale, {
    numeric: 'auto',
    numberingSystem: style.digits ?? 'latn',
  } as Intl.RelativeTimeFormatOptions)
  if (size < 60) return relative.format(0, 'second')
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour')
  return relative.format(Math.round(seconds / 86_400), 'day')
}

/**
 * What something is called that a company began with: in the reader's language, as long as nobody has named it otherwise. A seed is
 * a key, with the name that stands in its words after a colon: `seed.account.drawer:Till 1`.
 */
export function seededName(t: Translate, { name, seed }: { readonly name: string; readonly seed?: string | null }): string {
  const [key = '', ...own] = seed?.split(':') ?? []
  return key && t.has(key) ? t(key, own.length > 0 ? { till: own.join(':') } : {}) : name
}
