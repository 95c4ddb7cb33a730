import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import { takeFrom, type OnTheWay } from './transfer.rules.ts'

const way = (...parts: [lot: string | null, quantity: bigint, cost: bigint][]): OnTheWay[] =>
  parts.map(([lot, quantity, cost]) => ({ variant: 'pot', lot, quantity: quantity as Qty, cost: minor(cost) }))

test('[C28] ten sent at 100, seven whole and three damaged: nothing stays in transit', () => {
  const first = takeFrom(way([null, 10n, 1000n]), 'pot', 7n)
  const second = takeFrom(first.left, 'pot', 3n)
  assert.deepEqual([first.taken[0]!.cost, second.taken[0]!.cost, second.left], [700n, 300n, []])
})

test('lots are taken in the order in which they were sent; other articles stay', () => {
  const cup = { variant: 'cup', lot: null, quantity: 5n as Qty, cost: minor(50) }
  const { taken, left } = takeFrom([cup, ...way(['a', 4n, 40n], ['b', 6n, 90n])], 'pot', 5n)
  assert.deepEqual(
    taken.map((one) => [one.lot, one.quantity, one.cost]),
    [
      ['a', 4n, 40n],
      ['b', 1n, 15n],
    ],
  )
  assert.deepEqual(left, [cup, ...way(['b', 5n, 75n])])
})

test('whatever the parts: quantities and costs add up to what was sent', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.bigInt(1n, 1000n), fc.bigInt(0n, 100_000n)), { minLength: 1, maxLength: 5 }),
      fc.array(fc.bigInt(1n, 400n), { maxLength: 30 }),
      (lots, parts) => {
        let left = way(...lots.map(([quantity, cost], index) => [`l${index}`, quantity, cost] as [string, bigint, bigint]))
        let [quantity, cost] = [0n, 0n]
        const sent = lots.reduce((all, [one]) => all + one, 0n)
        for (const part of [...parts, sent]) {
          const step = takeFrom(left, 'pot', part)
          left = step.left
          for (const one of step.taken) [quantity, cost] = [quantity + one.quantity, cost + one.cost]
        }
        assert.deepEqual([quantity, cost, left], [sent, lots.reduce((all, [, one]) => all + one, 0n), []])
      },
    ),
  )
})
