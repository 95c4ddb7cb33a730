/** When work is done by the clock: on the clock of the place, but for what is done every few minutes. Days of the week count from Monday, 1. */
export type Every =
  | { readonly minutes: number }
  | { readonly daily: string }
  | { readonly weekly: { readonly day: 1 | 2 | 3 | 4 | 5 | 6 | 7; readonly at: string } }
  | { readonly monthly: { readonly day: number; readonly at: string } }

/**
 * The first moment after `now` that a rule names. An hour that the clock jumps over counts as the one after it, one that it shows
 * twice as the first of them; a day that a month does not have is its last.
 */
export function nextAfter(every: Every, timeZone: string, now: Temporal.Instant): Temporal.Instant {
  if ('minutes' in every) {
    const step = every.minutes * 60_000
    return Temporal.Instant.fromEpochMilliseconds((Math.floor(now.epochMilliseconds / step) + 1) * step)
  }
  const at = Temporal.PlainTime.from('daily' in every ? every.daily : 'weekly' in every ? every.weekly.at : every.monthly.at)
  const on = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone, plainTime: at }).toInstant()
  let day = firstDay(every, now.toZonedDateTimeISO(timeZone).toPlainDate())
  while (Temporal.Instant.compare(on(day), now) <= 0) day = dayAfter(every, day)
  return on(day)
}

function firstDay(every: Exclude<Every, { minutes: number }>, today: Temporal.PlainDate): Temporal.PlainDate {
  if ('weekly' in every) return today.add({ days: (every.weekly.day - today.dayOfWeek + 7) % 7 })
  return 'monthly' in every ? today.with({ day: every.monthly.day }, { overflow: 'constrain' }) : today
}

function dayAfter(every: Exclude<Every, { minutes: number }>, day: Temporal.PlainDate): Temporal.PlainDate {
  if ('weekly' in every) return day.add({ days: 7 })
  if ('daily' in every) return day.add({ days: 1 })
  // From its first, or a 31st would become the 28th for good.
  return day.with({ day: 1 }).add({ months: 1 }).with({ day: every.monthly.day }, { overflow: 'constrain' })
}
