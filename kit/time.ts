/** Time zones are IANA names, business days are ISO dates. Everything here is pure: the clock is `ctx.now`. */

/** When a place's business day turns: `cutOff` hours after midnight, local time (a bar that closes at 4 uses 5). */
export interface DayRule {
  readonly timeZone: string
  readonly cutOffHour: number
}

/**
 * The business day of an instant at a place: the local date, or the day before while the cut-off hour is not reached.
 * 02:30 in Nairobi with cut-off 4 belongs to yesterday. Instants are compared, not hours taken off: where clocks change in
 * that night, four hours before 04:30 is another time than half past midnight.
 */
export function businessDay(at: Temporal.Instant, rule: DayRule): string {
  const date = at.toZonedDateTimeISO(rule.timeZone).toPlainDate()
  const { start, end } = dayBounds(date.toString(), rule)
  const days = Temporal.Instant.compare(at, start) < 0 ? -1 : Temporal.Instant.compare(at, end) >= 0 ? 1 : 0
  return date.add({ days }).toString()
}

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
