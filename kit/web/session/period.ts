import type { FieldKind } from '../../entity.ts'

/** Spans of days that are meant anew every day, so that a saved view "today" stays true tomorrow. */
export const periods = ['today', 'yesterday', 'last7', 'last30', 'thisMonth', 'lastMonth', 'thisYear'] as const
export type Period = (typeof periods)[number]
export const isPeriod = (text: string): text is Period => (periods as readonly string[]).includes(text)

/** Today on the clock of a place. */
export const todayIn = (timeZone: string, now = new Date()): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)

/** When the business day turns where somebody works; a place is one. */
export interface Clock {
  readonly timeZone: string
  readonly cutOffHour: number
}

/** Today's business day, as `businessDay` of the server counts it: yesterday while the hour at which the day turns is to come. */
export function businessDayIn({ timeZone, cutOffHour }: Clock, now = new Date()): string {
  const day = todayIn(timeZone, now)
  return now < startOfDay(day, timeZone, cutOffHour) ? shift(day, -1) : day
}

const DAY = 86_400_000
const shift = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)

/** The first and the last day of a period. */
export function daysOf(period: Period, today: string): [string, string] {
  const month = today.slice(0, 7)
  const lastOfBefore = shift(`${month}-01`, -1)
  const spans: Record<Period, [string, string]> = {
    today: [today, today],
    yesterday: [shift(today, -1), shift(today, -1)],
    last7: [shift(today, -6), today],
    last30: [shift(today, -29), today],
    thisMonth: [`${month}-01`, today],
    lastMonth: [`${lastOfBefore.slice(0, 7)}-01`, lastOfBefore],
    thisYear: [`${today.slice(0, 4)}-01-01`, today],
  }
  return spans[period]
}

/**
 * A filter of the address as the server reads it. A period is one of business days, of moments as well: what happens after midnight
 * and before the day turns lies in the same day and month as what is booked for it. Days that somebody typed are those of the calendar.
 */
export function resolvePeriod(value: string, kind: FieldKind | undefined, clock: Clock, now = new Date()): string {
  if (kind !== 'day' && kind !== 'instant') return value
  const { timeZone, cutOffHour } = clock
  const isNamed = isPeriod(value)
  const [from = '', to = ''] = isNamed ? daysOf(value, businessDayIn(clock, now)) : value.split('..')
  if (kind === 'day') return `${from}..${to}`
  const begins = (day: string) => startOfDay(day, timeZone, isNamed ? cutOffHour : 0)
  return `${from && begins(from).toISOString()}..${to && new Date(begins(shift(to, 1)).getTime() - 1).toISOString()}`
}

/**
 * When it is this hour of a day in a time zone, without `Temporal`, which is not in every browser yet. An hour that the clocks
 * skip is told by the offset before, one that comes twice is the first.
 */
export const startOfDay = (day: string, timeZone: string, hour = 0): Date =>
  momentAt(Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000, timeZone)

/** What day and time ("14:05") a clock of a time zone shows at a moment. */
export function clockAt(at: Date, timeZone: string): [string, string] {
  const local = new Date(at.getTime() + offsetOf(at.getTime(), timeZone)).toISOString()
  return [local.slice(0, 10), local.slice(11, 16)]
}

/** When a clock of a time zone shows this day and time. */
export const momentOn = (day: string, time: string, timeZone: string): Date => momentAt(Date.parse(`${day}T${time}Z`), timeZone)

function momentAt(wall: number, timeZone: string): Date {
  const [before = wall, after = wall] = [wall - DAY, wall + DAY].map((near) => wall - offsetOf(near, timeZone))
  const isThen = (at: number) => at + offsetOf(at, timeZone) === wall
  return new Date(!isThen(before) && isThen(after) ? after : before)
}

function offsetOf(at: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)?/.exec(name ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
