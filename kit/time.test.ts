import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { businessDay, dayBounds } from './time.ts'

const at = (text: string) => Temporal.ZonedDateTime.from(text).toInstant()

for (const [instant, timeZone, cutOffHour, day] of [
  ['2026-11-21T02:30[Africa/Nairobi]', 'Africa/Nairobi', 4, '2026-11-20'],
  ['2026-11-21T04:00[Africa/Nairobi]', 'Africa/Nairobi', 4, '2026-11-21'],
  ['2026-04-24T04:30[Africa/Cairo]', 'Africa/Cairo', 4, '2026-04-24'],
  ['2026-03-29T04:30[Europe/Berlin]', 'Europe/Berlin', 4, '2026-03-29'],
  ['2026-10-25T03:30[Europe/Berlin]', 'Europe/Berlin', 4, '2026-10-24'],
  ['2026-10-25T04:00[Europe/Berlin]', 'Europe/Berlin', 4, '2026-10-25'],
] as const)
  test(`[D1] ${instant} with cut-off ${cutOffHour} belongs to ${day}`, () =>
    assert.equal(businessDay(at(instant), { timeZone, cutOffHour }), day))

test('[D1] every instant of five years, in every zone, lies within the bounds of its own business day', () => {
  const zones = Intl.supportedValuesOf('timeZone')
  const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2029, 0, 1) })
  const isWithin = (ms: number, timeZone: string, cutOffHour: number) => {
    const instant = Temporal.Instant.fromEpochMilliseconds(ms)
    const { start, end } = dayBounds(businessDay(instant, { timeZone, cutOffHour }), { timeZone, cutOffHour })
    return Temporal.Instant.compare(start, instant) <= 0 && Temporal.Instant.compare(instant, end) < 0
  }
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), fc.integer({ min: 0, max: 12 }), (ms, zone, hour) => isWithin(ms, zone, hour)),
    { numRuns: 5_000 },
  )
  // The hours around each change of clocks, where it goes wrong if it does.
  for (const zone of zones) {
    let now: Temporal.ZonedDateTime | null = at('2024-01-01T00:00[UTC]').toZonedDateTimeISO(zone)
    for (;;) {
      now = now.getTimeZoneTransition('next')
      if (!now || now.year > 2028) break
      for (let quarter = -20; quarter <= 20; quarter++)
        for (const hour of [0, 2, 4])
          assert.ok(isWithin(now.epochMilliseconds + quarter * 900_000, zone, hour), `${now.toString()} ${quarter} ${hour}`)
    }
  }
})
