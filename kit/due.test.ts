import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nextAfter, type Every } from './due.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const next = (every: Every, zone: string, now: string) =>
  nextAfter(every, zone, instant(now)).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never' })

test('every few minutes, counted from the full hour', () => {
  assert.equal(next({ minutes: 5 }, 'UTC', '2026-11-21T10:00:00Z'), '2026-11-21T10:05:00+00:00')
  assert.equal(next({ minutes: 60 }, 'UTC', '2026-11-21T10:59:59Z'), '2026-11-21T11:00:00+00:00')
})

test('every day on the clock of the place, today or tomorrow', () => {
  const nightly = { daily: '02:30' }
  assert.equal(next(nightly, 'Africa/Nairobi', '2026-11-20T23:29:00Z'), '2026-11-21T02:30:00+03:00')
  assert.equal(next(nightly, 'Africa/Nairobi', '2026-11-20T23:30:00Z'), '2026-11-22T02:30:00+03:00')
})

test('an hour that the clock jumps over is done an hour later, one that it shows twice is done once', () => {
  const nightly = { daily: '02:30' }
  assert.equal(next(nightly, 'Europe/Berlin', '2026-03-28T23:30:00Z'), '2026-03-29T03:30:00+02:00')
  assert.equal(next(nightly, 'Europe/Berlin', '2026-03-29T01:30:00Z'), '2026-03-30T02:30:00+02:00')
  assert.equal(next(nightly, 'Europe/Berlin', '2026-10-24T23:00:00Z'), '2026-10-25T02:30:00+02:00')
  assert.equal(next(nightly, 'Europe/Berlin', '2026-10-25T00:30:00Z'), '2026-10-26T02:30:00+01:00')
})

test('a day of the week, and a day of the month that not every month has', () => {
  const weekly = { weekly: { day: 1, at: '06:00' } } as const
  assert.equal(next(weekly, 'Africa/Nairobi', '2026-11-21T10:00:00Z'), '2026-11-23T06:00:00+03:00')
  assert.equal(next(weekly, 'Africa/Nairobi', '2026-11-23T03:00:00Z'), '2026-11-30T06:00:00+03:00')
  const monthly = { monthly: { day: 31, at: '00:10' } }
  assert.equal(next(monthly, 'Africa/Nairobi', '2027-01-31T00:00:00Z'), '2027-02-28T00:10:00+03:00')
  assert.equal(next(monthly, 'Africa/Nairobi', '2027-02-28T00:00:00Z'), '2027-03-31T00:10:00+03:00')
})

test('whatever the rule, the zone and the moment: what is next comes after now, and soon', () => {
  const at = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  const every: fc.Arbitrary<Every> = fc.oneof(
    fc.record({ minutes: fc.constantFrom(1, 5, 15, 60) }),
    fc.record({ daily: at }),
    fc.record({ weekly: fc.record({ day: fc.constantFrom(1, 2, 3, 4, 5, 6, 7), at }) }),
    fc.record({ monthly: fc.record({ day: fc.integer({ min: 1, max: 31 }), at }) }),
  )
  const zone = fc.constantFrom(
    'UTC',
    'Africa/Nairobi',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  )
  fc.assert(
    fc.property(every, zone, fc.integer({ min: 0, max: 2_524_607_999_000 }), (rule, timeZone, ms) => {
      const now = Temporal.Instant.fromEpochMilliseconds(ms)
      const hours = nextAfter(rule, timeZone, now).since(now).total('hours')
      const most = 'minutes' in rule ? 1 : 'daily' in rule ? 26 : 'weekly' in rule ? 8 * 24 : 32 * 24
      return hours > 0 && hours <= most
    }),
  )
})
