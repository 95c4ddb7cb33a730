import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyOf, spanOf } from './plan.rules.ts'

test('the days that a mail tells of, over ends of months, years and weeks', () => {
  assert.deepEqual(spanOf('yesterday', '2027-01-01'), { from: '2026-12-31', to: '2026-12-31' })
  assert.deepEqual(spanOf('lastMonth', '2028-03-31'), { from: '2028-02-01', to: '2028-02-29' })
  assert.deepEqual(spanOf('thisMonth', '2026-12-01'), { from: '2026-12-01', to: '2026-12-01' })
  // Tuesday, Sunday, Monday.
  for (const [today, to] of [
    ['2026-12-01', '2026-11-29'],
    ['2026-12-06', '2026-11-29'],
    ['2026-12-07', '2026-12-06'],
  ] as const)
    assert.equal(spanOf('lastWeek', today).to, to)
  assert.equal(spanOf('lastWeek', '2026-12-01').from, '2026-11-23')
})

test('when it is due', () => {
  assert.deepEqual(everyOf({ frequency: 'daily', hour: 7 }), { daily: '07:00' })
  assert.deepEqual(everyOf({ frequency: 'weekly', weekday: 'sunday', hour: 18 }), { weekly: { day: 7, at: '18:00' } })
  assert.deepEqual(everyOf({ frequency: 'monthly', hour: 0 }), { monthly: { day: 1, at: '00:00' } })
})
