import { readDay } from './day.ts'
import { foldText } from './fold.ts'

/** Days as the cells of files have them: what can be read two ways is never guessed. */

/** Whether the day or the month stands first. */
export type DayOrder = 'dmy' | 'mdy'
export const isDayOrder = (value: unknown): value is DayOrder => value === 'dmy' || value === 'mdy'

export type DayReading =
  /** A day as ISO text; `order` is what the cell itself proves. */
  | { readonly kind: 'value'; readonly day: string; readonly order: DayOrder | null }
  /** "1/2/2027": the first of February, or the second of January. */
  | { readonly kind: 'twofold'; readonly readings: readonly [dmy: string, mdy: string] }
  | { readonly kind: 'none' }

const NONE = { kind: 'none' } as const
const LANGUAGES = ['en', 'ar', 'sw', 'ru']
const MOST_LENGTH = 60
/** What a spreadsheet counts its days from, so that 1 March 1900 and later ones are right. */
const FIRST = Date.UTC(1899, 11, 30)
const DAY = 86_400_000

export function readDayCell(cell: string, settled?: DayOrder | null): DayReading {
  if (cell.length > MOST_LENGTH) return NONE
  // Many programs write the midnight of a day.
  const text = foldText(cell)
    .trim()
    .split(/[t ]\d{1,2}:/, 1)[0]!
    .replace(/,$/, '')
  const known = (day: string | undefined, order: DayOrder | null = null): DayReading =>
    day === undefined || day < '1900' || day >= '3000' ? NONE : { kind: 'value', day, order }
  // Between 2000 and 2099, what a spreadsheet shows where it does not know that a number is a day.
  if (/^\d{5}$/.test(text)) {
    const isDay = Number(text) >= 36_526 && Number(text) < 73_051
    return isDay ? known(new Date(FIRST + Number(text) * DAY).toISOString().slice(0, 10)) : NONE
  }
  if (/\p{L}/u.test(text)) {
    const bare = withoutWords(text)
    return known(LANGUAGES.map((one) => readDay(bare, one, { left: true })).find(Boolean))
  }
  const eight = /^(?:19|20)\d{6}$/.test(text)
    ? readDay(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`, 'en')
    : undefined
  if (eight) return known(eight)
  const [, first = '', second = '', year = ''] =
    /^(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d\d)$/.exec(text) ?? /^(\d\d)(\d\d)(\d{4})$/.exec(text) ?? []
  if (first === '') return known(readDay(text, 'en'))
  const as = (day: string, month: string) => readDay(`${day}/${month}/${year}`, 'en', { left: true })
  const [dmy, mdy] = [as(first, second), as(second, first)]
  if (dmy === undefined || mdy === undefined) return known(dmy ?? mdy, dmy ? 'dmy' : 'mdy')
  if (dmy === mdy) return known(dmy)
  if (settled) return known(settled === 'dmy' ? dmy : mdy)
  return { kind: 'twofold', readings: [dmy, mdy] }
}

/** "Thu 31 Dec 2026" and "31 декабря 2026 г." without the day of the week and the word for year. */
function withoutWords(text: string): string {
  const words = text.split(/[\s,،]+/u).filter(Boolean)
  if (weekdays().has(plain(words[0]!))) words.shift()
  if (YEAR.has(plain(words.at(-1) ?? ''))) words.pop()
  return words.join(' ')
}
const plain = (word: string) => word.replace(/\.$/, '')
const YEAR = new Set(['г', 'год', 'года', 'م'])

let named: Set<string> | undefined
const weekdays = (): Set<string> =>
  (named ??= new Set(
    LANGUAGES.flatMap((locale) =>
      (['long', 'short'] as const).flatMap((weekday) => {
        const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday })
        return Array.from({ length: 7 }, (_, day) => plain(foldText(format.format(day * DAY))))
      }),
    ),
  ))
