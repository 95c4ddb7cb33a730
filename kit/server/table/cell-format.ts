/** What the number format of a spreadsheet makes of a number (ECMA-376, 18.8.31). */
export interface CellFormat {
  readonly isDay: boolean
  /** Shown so many times multiplied by a hundred: once for each of its signs of percent. */
  readonly percents: number
  /** What it writes around the number: "KSh", "€", "%", "kg". */
  readonly before: string
  readonly behind: string
  /** How many digits stand before the decimals at least: a code keeps the noughts in front of it. */
  readonly digits: number
  /** The whole of it where each digit has its place: "0000 000 000". */
  readonly mask: string | undefined
}

const DAYS = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
] as const

/** A format by its number, and by its text where the workbook has it; those that every program knows have none. */
export function formatOf(id: number, code: string | undefined): CellFormat {
  if (code !== undefined) return readFormat(code)
  const isDay = DAYS.some(([from, to]) => id >= from && id <= to)
  return { ...PLAIN, isDay, ...((id === 9 || id === 10) && { percents: 1, behind: '%' }) }
}

const PLAIN: CellFormat = { isDay: false, percents: 0, before: '', behind: '', digits: 1, mask: undefined }

// In turn: what is quoted, escaped, as wide as a letter or repeated, a currency, a span of time, a colour or condition, places of digits, words.
const TOKEN = /"([^"]*)"?|\\(.)|[_*].|(\[[^\][]*\])|(general|e[+-]0+|[0#?]+)|(\p{L}+)|(.)/gisu
const DAY_WORD = /^(?:[ymdhs]+|[ap]m?)$/i

/** Of its sections only the first is read, that of numbers above zero: what is below keeps its minus. */
function readFormat(code: string): CellFormat {
  let [before, behind, mask, places] = ['', '', '', '']
  let [digits, percents] = [0, 0]
  let [isDay, isFine, isMask] = [false, false, true]
  for (const [, quoted, escaped, bracket, place, word, sign] of code.matchAll(TOKEN)) {
    // "[$USD-409]" is a currency, "[h]" a span of time; a colour or a condition says nothing of the number.
    const money = /^\[\$([^-\]]*)/.exec(bracket ?? '')?.[1]
    const span = /^\[[hms]+\]$/i.test(bracket ?? '')
    if (sign === ';') break
    if (span || (word && DAY_WORD.test(word))) isDay = true
    if (place) {
      // What stands between digits parts them, as in a telephone number.
      mask += behind + place
      places += place
      behind = ''
      if (!isFine && place[0]!.toLowerCase() !== 'e') digits += place.split('0').length - 1
      isMask &&= /^0+$/.test(place)
    } else if (sign === '.' || sign === ',' || (sign === '/' && places && !behind)) {
      isFine ||= sign === '.'
      isMask = false
    } else {
      if (sign === '%') percents += 1
      const said = quoted ?? escaped ?? money ?? word ?? sign ?? ''
      if (places) behind += said
      else before += said
    }
  }
  if (isDay && !/[#?]/.test(places)) return { ...PLAIN, isDay }
  // Words for numbers, or nothing at all, hide what stands there.
  if (!places) return PLAIN
  return { isDay: false, percents, before, behind, digits, mask: isMask && mask !== places ? mask : undefined }
}

/** A number as its sheet shows it, but with all its decimals and nothing between its thousands. */
export function shownNumber(value: number, { percents, before, behind, digits, mask }: CellFormat): string {
  const text = numberText(value * 100 ** percents)
  const [sign, size] = text.startsWith('-') ? ['-', text.slice(1)] : ['', text]
  const whole = size.split('.')[0]!
  const padded = size.includes('e') ? size : '0'.repeat(Math.max(digits - whole.length, 0)) + size
  const masked = mask && /^\d+$/.test(padded) ? intoMask(padded, mask) : padded
  // "Rs.50" could be a half.
  return `${before.endsWith('.') ? `${before} ` : before}${sign}${masked}${behind}`.trim()
}

/** Digits take their places from the last one on; what is over stands in front. */
function intoMask(digits: string, mask: string): string {
  const places = mask.split('0').length - 1
  const over = digits.length - places
  let at = over
  return digits.slice(0, over) + mask.replaceAll('0', () => digits[at++]!)
}

/** Fifteen digits are what a sheet keeps and Excel shows: 0.1 + 0.2 is 0.30000000000000004 in the file. */
function numberText(value: number): string {
  // A code with more digits has lost its last ones, so it is shown as rounded as it is.
  if (Math.abs(value) >= 1e15) return value.toExponential(14)
  const text = String(Number.isInteger(value) ? value : Number(value.toPrecision(15)))
  return text.includes('e') ? withoutZeros(value.toFixed(20)) : text
}

function withoutZeros(text: string): string {
  let to = text.length
  while (text[to - 1] === '0') to--
  return text.slice(0, text[to - 1] === '.' ? to - 1 : to)
}

const DAY = 86_400_000
const LAST_DAY = 2_958_466

/** The days of a sheet are counted from 30 December 1899, or from 1 January 1904 on old Macs; a moment is a fraction of one. */
export function shownDay(value: number, isFrom1904: boolean): string | undefined {
  if (!(Math.abs(value) < LAST_DAY)) return undefined
  const milliseconds = (value + (isFrom1904 ? 1462 : 0)) * DAY + Date.UTC(1899, 11, 30)
  return dayText(new Date(Math.round(milliseconds / 1000) * 1000))
}

export const dayText = (day: Date): string => day.toISOString().replace(/T00:00:00\.000Z$/, '')
