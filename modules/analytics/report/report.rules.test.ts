import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeOf, daysIn, daysOfSpan, spanBefore, workOut, yearsLater } from './report.rules.ts'

test('as many days before, or the same days of the year before', () => {
  assert.deepEqual(spanBefore({ from: '2026-03-01', to: '2026-03-31' }, 'before'), { from: '2026-01-29', to: '2026-02-28' })
  assert.deepEqual(spanBefore({ from: '2024-02-29', to: '2024-03-01' }, 'yearBefore'), { from: '2023-02-28', to: '2023-03-01' })
  assert.equal(spanBefore({ from: '2024-02-29', to: '2024-03-01' }, 'none'), null)
  assert.equal(yearsLater('2024-02-29', 4), '2028-02-29')
  assert.equal(daysIn({ from: '2024-02-28', to: '2024-03-01' }), 3)
  assert.deepEqual(daysOfSpan({ from: '2024-02-28', to: '2024-03-01' }), ['2024-02-28', '2024-02-29', '2024-03-01'])
})

test('what stands over others is worked out of them, and nothing over nothing is nothing', () => {
  const columns = [
    { name: 'net', kind: 'money' },
    { name: 'sales', kind: 'count' },
    { name: 'average', kind: 'money', over: ['net', 'sales'] },
    { name: 'rate', kind: 'rate', over: ['sales', 'net'] },
  ] as const
  assert.deepEqual(workOut(columns, { net: 1_000n, sales: 3n }), { net: 1_000n, sales: 3n, average: 333n, rate: 3_000n })
  assert.deepEqual(workOut(columns, { net: 0n, sales: 0n }), { net: 0n, sales: 0n, average: null, rate: null })
  assert.equal(changeOf(150n, 100n), 500_000n)
  assert.equal(changeOf(50n, 100n), -500_000n)
  assert.equal(changeOf(50n, 0n), null)
})
