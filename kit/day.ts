/**
 * Calendar days as people type and read them: in the order of their language ("29/11/2026", "29.11.2026"), as ISO, as eight digits,
 * with the name of the month, in Latin or Arabic digits. Pure; a day is ISO text. No time zone is in it.
 */
import { foldText } from './fold.ts'
import { localDigits, type Digits } from './words.ts'

type Part = 'day' | 'month' | 'year'

export interface DayWriting {
  readonly order: readonly Part[]
  /** What stands between the parts. */
  readonly sign: string
  readonly locale: string
}

const known = new Map<string, DayWriting>()
/** How a language writes a day in figures. English alone is not American here: days stand before months. */
export function dayWriting(locale: string): DayWriting {
  const found = known.get(locale)
  if (found) return found
  const spoken = locale === 'en' ? 'en-GB' : locale
  const format = new Intl.DateTimeFormat(spoken, { calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' })
  const parts = format.formatToParts(0)
  const order = parts.flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type] : []))
  const sign = parts.find(({ type }) => type === 'literal')?.value.replace(/[\u200e\u200f\s]/g, '') || '/'
  const made = { order, sign, locale: spoken }
  known.set(locale, made)
  return made
}

/** "2026-11-29" → "29/11/2026"; what is no day is shown as it stands. */
export function showDay(day: string, locale: string, digits: Digits = 'latn'): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  if (!year || !month || !date) return day
  const { order, sign } = dayWriting(locale)
  const text = order.map((part) => ({ year, month, day: date })[part]).join(sign)
  return localDigits(text, digits)
}

/**
 * The day that somebody typed, as ISO text. `left` says that they have left the field: only then a year of two figures is one,
 * because it may be the beginning of four.
 * @returns nothing for what is no day
 */
export function readDay(typed: string, locale: string, { left = false } = {}): string | undefined {
  const text = foldText(typed.replace(/[\u200e\u200f\u2066-\u2069]/g, '')).trim()
  const eight = /^(\d\d)(\d\d)(\d{4})$/.exec(text)
  // No text of eight digits is a day both ways: a year that begins with 19 or more is no month.
  if (eight) return byOrder(eight.slice(1), locale) ?? isoOf(text.slice(0, 4), text.slice(4, 6), text.slice(6))
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (iso) return isoOf(iso[1]!, iso[2]!, iso[3]!)
  const parts = text.split(/[\s/.,،-]+/u).filter(Boolean)
  if (parts.length !== 3) return undefined
  const named = parts.findIndex((part) => /\p{L}/u.test(part))
  const figures = named === -1 ? parts : withMonth(parts, named, locale)
  if (!figures?.every((part) => /^\d{1,4}$/.test(part))) return undefined
  return byOrder(figures, named === -1 ? locale : 'en', left)
}

/** Three texts in the order of the language; eight digits are always day, month, year in length. */
function byOrder(parts: readonly string[], locale: string, left = false): string | undefined {
  const { order } = dayWriting(locale)
  const of = (part: Part) => parts[order.indexOf(part)] ?? ''
  const [year, month, day] = [of('year'), of('month'), of('day')]
  const full = year.length === 4 ? year : left && year.length === 2 ? `20${year}` : ''
  return isoOf(full, month, day)
}

function isoOf(year: string, month: string, day: string): string | undefined {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return undefined
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  // 31 February is no day, though a browser makes one of it.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined
}

/** "29 Nov 2026" and "29 نوفمبر 2026": day, month, year with the month in figures. */
function withMonth(parts: readonly string[], named: number, locale: string): string[] | undefined {
  const month = monthsOf(locale).findIndex((names) =>
    names.some((name) => parts[named]!.length >= 3 && name.startsWith(parts[named]!)),
  )
  const [first, second] = parts.filter((_, at) => at !== named)
  if (month === -1 || !first || !second) return undefined
  return first.length === 4 ? [second, String(month + 1), first] : [first, String(month + 1), second]
}

const months = new Map<string, readonly (readonly string[])[]>()
function monthsOf(locale: string): readonly (readonly string[])[] {
  const found = months.get(locale)
  if (found) return found
  const made = Array.from({ length: 12 }, (_, month) =>
    [locale, 'en-GB'].flatMap((one) =>
      (['long', 'short'] as const).flatMap((style) =>
        // With its day, because some languages bend the name then: "29 ноября".
        [{ month: style }, { month: style, day: 'numeric' } as const].map((options) =>
          foldText(
            new Intl.DateTimeFormat(one, { calendar: 'gregory', timeZone: 'UTC', ...options })
              .formatToParts(Date.UTC(2026, month, 15))
              .find(({ type }) => type === 'month')?.value ?? '',
          ).replace(/\.$/, ''),
        ),
      ),
    ),
  )
  months.set(locale, made)
  return made
}

export const isDay = (text: string | null | undefined): text is string =>
  text !== null &&
  text !== undefined &&
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  isoOf(text.slice(0, 4), text.slice(5, 7), text.slice(8)) !== undefined

/** "14:05", "1405", "14.5" and "9" as hours and minutes: "14:05", "09:00". */
export function readTime(typed: string): string | undefined {
  const text = foldText(typed).trim()
  const [, hours, minutes = '0'] = /^(\d{1,2})(?:[:.٫ ]?(\d{1,2}))?$/.exec(text) ?? []
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`
}
