import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAmount } from '#kit/money.ts'
import { parseQuantity } from '#kit/quantity.ts'
import { costFault, missingOf, quantityFault, type PaperKind } from './goods.rules.ts'

/** As the field hands it on: read where it can be, as typed where not. */
const quantity = (kind: PaperKind, typed: string) => quantityFault(kind, String(parseQuantity(typed, '.') ?? typed), '.')?.code
const cost = (typed: string) => costFault(String(parseAmount(typed, 2, '.') ?? typed), 2, '.')

test('what a line can’t take is told by its reason', () => {
  for (const [typed, receipt, adjustment] of [
    ['3', undefined, undefined],
    ['0', 'zero', 'zero'],
    ['-2', 'too_small.bigint', undefined],
    ['1e3', 'number', 'number'],
    ['abc', 'number', 'number'],
    ['0.1234567', 'tooFine', 'tooFine'],
    ['99999999999', 'outOfRange', 'outOfRange'],
    ['1000000000000', 'outOfRange', 'outOfRange'],
  ] as const)
    assert.deepEqual([quantity('receipt', typed), quantity('adjustment', typed)], [receipt, adjustment], typed)
  assert.deepEqual(cost('1850.555'), { code: 'tooFine', n: 2 })
  assert.deepEqual(
    ['abc', '-5', '1e3', '999999999999999'].map((typed) => cost(typed)?.code),
    ['number', 'too_small.bigint', 'number', 'outOfRange'],
  )
  assert.equal(cost('0'), undefined)
  assert.equal(costFault(null, 2, '.')?.code, 'required')
})

test('a paper says what it lacks; lines without a quantity are left out', () => {
  const paper = { location: 'a', toLocation: null, reason: null, lines: [{ quantity: null, unitCost: null }] }
  const line = { quantity: '1000000', unitCost: '5' }
  assert.equal(missingOf('receipt', paper, 2, '.'), 'lines')
  assert.equal(missingOf('receipt', { ...paper, location: null }, 2, '.'), 'location')
  assert.equal(missingOf('receipt', { ...paper, lines: [...paper.lines, line] }, 2, '.'), null)
  assert.equal(missingOf('receipt', { ...paper, lines: [{ ...line, unitCost: '-5' }] }, 2, '.'), 'line')
  assert.equal(missingOf('adjustment', { ...paper, lines: [line] }, 2, '.'), 'reason')
  const many = Array.from({ length: 1001 }, () => line)
  assert.equal(missingOf('receipt', { ...paper, lines: many }, 2, '.'), 'another')
  assert.equal(missingOf('transfer', { ...paper, toLocation: 'a', lines: [line] }, 2, '.'), 'location')
})
