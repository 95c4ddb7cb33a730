import type { FieldKind } from '../../entity.ts'

/** Spans of days that are meant anew every day, so that a saved view "today" stays true tomorrow. */
export const periods = ['today', 'yesterday', 'last7', 'last30', 'thisMonth', 'lastMonth', 'thisYear'] as const
export type Period = (typeof periods)[number]
export const isPeriod = (text: string): text is Period => (periods as readonly string[]).includes(text)

/** Today on the clock of a place. */
export const todayIn = (timeZone: string, now = new Date()): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)

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

/** A filter of the address as the server reads it. */
export function resolvePeriod(value: string, kind: FieldKind | undefined, timeZone: string): string {
  if (kind !== 'day' && kind !== 'instant') return value
  const [from = '', to = ''] = isPeriod(value) ? daysOf(value, todayIn(timeZone)) : value.split('..')
  if (kind === 'day') return `${from}..${to}`
  return `${from && startOfDay(from, timeZone).toISOString()}..${to && new Date(startOfDay(shift(to, 1), timeZone).getTime() - 1).toISOString()}`
}

/** When a day begins in a time zone: midnight in UTC, moved by what the zone is off from UTC then. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const first = midnight - offsetOf(midnight, timeZone)
  return new Date(midnight - offsetOf(first, timeZone))
}

function offsetOf(at: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):?(\d\d)?/.exec(name ?? '') ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
