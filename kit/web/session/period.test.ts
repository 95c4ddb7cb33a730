import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { businessDay } from '../../time.ts'
import { businessDayIn, clockAt, momentOn, periods, resolvePeriod, startOfDay } from './period.ts'

const zones = [
  'Africa/Nairobi',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Europe/Kyiv',
  'America/New_York',
  'Australia/Lord_Howe',
  'UTC',
]

test('a page counts business days as the server does, at every hour, also in the nights in which clocks change', () => {
  const from = Date.parse('2026-01-01T00:00:00Z')
  const anywhere = fc.record({
    timeZone: fc.constantFrom(...zones),
    cutOffHour: fc.integer({ min: 0, max: 12 }),
    minute: fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }),
  })
  fc.assert(
    fc.property(anywhere, ({ minute, ...clock }) => {
      const at = new Date(from + minute * 60_000)
      assert.equal(businessDayIn(clock, at), businessDay(at.toTemporalInstant(), clock))
    }),
    { numRuns: 3000 },
  )
})

test('at half past one the day of a shop that closes at four is still yesterday', () => {
  const at = new Date('2026-12-01T22:30:00Z')
  assert.equal(businessDayIn({ timeZone: 'Africa/Nairobi', cutOffHour: 4 }, at), '2026-12-01')
  assert.equal(businessDayIn({ timeZone: 'Africa/Nairobi', cutOffHour: 0 }, at), '2026-12-02')
})

test('between midnight and the hour at which the day turns, day and period agree: on the first of a month, and for moments too', () => {
  const clock = { timeZone: 'Africa/Nairobi', cutOffHour: 4 }
  // Half past one on the first of December, there.
  const now = new Date('2026-11-30T22:30:00Z')
  const day = businessDayIn(clock, now)
  assert.equal(day, '2026-11-30')
  for (const period of periods.filter((one) => !['yesterday', 'lastMonth'].includes(one))) {
    const [from = '', to = ''] = resolvePeriod(period, 'day', clock, now).split('..')
    assert.ok(from <= day && day <= to, `${period}: ${from}..${to}`)
    const [first = '', last = ''] = resolvePeriod(period, 'instant', clock, now).split('..')
    assert.ok(first <= now.toISOString() && now.toISOString() <= last, `${period}: ${first}..${last}`)
    const days = [first, last].map((at) => businessDay(Temporal.Instant.from(at), clock))
    assert.deepEqual(days, [from, to], period)
  }
  assert.equal(resolvePeriod('thisMonth', 'day', clock, now), '2026-11-01..2026-11-30')
  // A day that somebody typed begins at midnight.
  assert.equal(
    resolvePeriod('2026-11-30..2026-11-30', 'instant', clock, now),
    '2026-11-29T21:00:00.000Z..2026-11-30T20:59:59.999Z',
  )
})

test('an hour that comes twice is the first, one that is skipped is told by the offset before', () => {
  assert.equal(startOfDay('2026-10-25', 'Europe/Kyiv', 3).toISOString(), '2026-10-25T00:00:00.000Z')
  assert.equal(startOfDay('2026-03-29', 'Europe/Kyiv', 3).toISOString(), '2026-03-29T01:00:00.000Z')
})

test('a moment is typed on the clock that it is shown on, wherever the device stands', () => {
  assert.equal(momentOn('2026-11-30', '17:45', 'Africa/Nairobi').toISOString(), '2026-11-30T14:45:00.000Z')
  assert.equal(momentOn('2026-11-30', '00:10', 'America/New_York').toISOString(), '2026-11-30T05:10:00.000Z')
  for (const timeZone of ['Africa/Nairobi', 'Asia/Kathmandu', 'America/New_York'])
    assert.equal(
      momentOn(...clockAt(new Date('2026-06-30T22:07:00Z'), timeZone), timeZone).toISOString(),
      '2026-06-30T22:07:00.000Z',
    )
})
