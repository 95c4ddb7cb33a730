import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Qty } from '#kit/quantity.ts'
import { allot, averageCosts, layerCosts, type Held } from './allot.rules.ts'

const DAY = '2026-11-29'
const row = (id: string, more: Partial<Held>): Held => ({
  id,
  variant: 'milk',
  lot: null,
  owner: null,
  onHand: 0n,
  reserved: 0n,
  value: 0n,
  mayGoBelow: false,
  expiresOn: null,
  level: null,
  lowSince: null,
  ...more,
})
const line = (quantity: bigint, more: { lot?: string; owner?: string } = {}) => ({
  variant: 'milk',
  quantity: quantity as Qty,
  ...more,
})
const given = (parts: ReturnType<typeof allot>['parts']) => parts.map((part) => [part.from.id, part.quantity])

test('what expires first goes first, what has expired and what is reserved stays', () => {
  const held = [
    row('old', { lot: 'a', onHand: 9n, expiresOn: '2026-11-28' }),
    row('soon', { lot: 'b', onHand: 5n, reserved: 2n, expiresOn: '2026-11-29' }),
    row('later', { lot: 'c', onHand: 5n, expiresOn: '2026-12-24' }),
    row('plain', { onHand: 5n }),
  ]
  assert.deepEqual(given(allot([line(9n)], held, DAY).parts), [
    ['soon', 3n],
    ['later', 5n],
    ['plain', 1n],
  ])
  assert.deepEqual(allot([line(14n)], held, DAY).missing, [line(14n)])
})

test('a lot that one line names is not given to another line as well', () => {
  const held = [row('lot', { lot: 'a', onHand: 5n }), row('plain', { onHand: 4n })]
  assert.deepEqual(given(allot([line(5n), line(4n, { lot: 'a' })], held, DAY).parts), [
    ['lot', 4n],
    ['lot', 1n],
    ['plain', 4n],
  ])
  assert.deepEqual(given(allot([line(6n), line(4n, { lot: 'a' })], held, DAY).parts), [['lot', 4n]])
})

test('only the row without a lot goes below zero, and only where it may', () => {
  const held = [row('lot', { lot: 'a', onHand: 2n }), row('plain', { onHand: 1n, mayGoBelow: true })]
  assert.deepEqual(given(allot([line(9n)], held, DAY).parts), [
    ['lot', 2n],
    ['plain', 7n],
  ])
})

test('whatever is asked: nothing beyond what is free, all or nothing for each line, and no cent is lost or made', () => {
  const rows = fc.array(
    fc.record({
      onHand: fc.bigInt(0n, 50n),
      reserved: fc.bigInt(0n, 10n),
      value: fc.bigInt(0n, 9_999n),
      lot: fc.constantFrom(null, 'a', 'b'),
    }),
    { maxLength: 3 },
  )
  const lines = fc.array(fc.record({ quantity: fc.bigInt(1n, 40n), lot: fc.constantFrom(undefined, 'a', 'b') }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(rows, lines, (shelf, wanted) => {
      const seen = new Set<string | null>()
      const held = shelf
        .filter(({ lot }) => !seen.has(lot) && seen.add(lot))
        .toSorted((a, b) => Number(a.lot === null) - Number(b.lot === null))
        .map((one) => row(one.lot ?? 'plain', { ...one, reserved: one.reserved < one.onHand ? one.reserved : one.onHand }))
      const asked = wanted.map(({ quantity, lot }) => line(quantity, lot ? { lot } : {}))
      const { parts, missing } = allot(asked, held, DAY)
      const got = parts.reduce((all, part) => all + part.quantity, 0n)
      const all = asked.reduce((sum, one) => sum + one.quantity, 0n)
      assert.equal(got + missing.reduce((sum, one) => sum + one.quantity, 0n), all)
      const costs = averageCosts(parts)
      for (const one of held) {
        const own = parts.flatMap((part, index) => (part.from.id === one.id ? [{ ...part, cost: costs[index]! }] : []))
        const taken = own.reduce((sum, part) => sum + part.quantity, 0n)
        const cost = own.reduce((sum, part) => sum + part.cost, 0n)
        assert.ok(taken <= one.onHand - one.reserved)
        assert.ok(cost >= 0n && cost <= one.value)
        if (taken === one.onHand && taken > 0n) assert.equal(cost, one.value)
      }
    }),
  )
})

test('the oldest layers are eaten first, to the last cent', () => {
  const held = row('plain', { onHand: 10n })
  const part = (quantity: bigint) => ({ from: held, asked: null, quantity: quantity as Qty, onHand: 10n, available: 0n })
  const layers = [
    { id: 'first', balance: 'plain', remaining: 3n, value: 100n },
    { id: 'other', balance: 'elsewhere', remaining: 9n, value: 900n },
    { id: 'second', balance: 'plain', remaining: 7n, value: 70n },
  ]
  assert.deepEqual(layerCosts([part(1n), part(4n)], layers), {
    costs: [33n, 87n],
    eaten: [
      { id: 'first', balance: 'plain', remaining: 0n, value: 0n },
      { id: 'second', balance: 'plain', remaining: 5n, value: 50n },
    ],
  })
})
