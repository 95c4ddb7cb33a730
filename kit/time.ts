/** Time zones are IANA names, business days are ISO dates. Everything here is pure: the clock is `ctx.now`. */

/** When a place's business day turns: `cutOff` hours after midnight, local time (a bar that closes at 4 uses 5). */
export interface DayRule {
  readonly timeZone: string
  readonly cutOffHour: number
}

/**
 * The business day of an instant at a place: the local date, or the day before while the cut-off hour is not reached.
 * 02:30 in Nairobi with cut-off 4 belongs to yesterday.
 */
export const businessDay = (at: Temporal.Instant, rule: DayRule): string =>
  at.toZonedDateTimeISO(rule.timeZone).subtract({ hours: rule.cutOffHour }).toPlainDate().toString()

/** The instants between which a business day lies: [start, end). */
export function dayBounds(day: string, rule: DayRule): { start: Temporal.Instant; end: Temporal.Instant } {
  const at = (date: Temporal.PlainDate) =>
    date.toZonedDateTime({ timeZone: rule.timeZone, plainTime: Temporal.PlainTime.from({ hour: rule.cutOffHour }) }).toInstant()
  const date = Temporal.PlainDate.from(day)
  return { start: at(date), end: at(date.add({ days: 1 })) }
}

export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
