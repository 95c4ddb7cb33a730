import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { shared, type Shelf, type Wish } from './transfer-proposal.rules.ts'

const ONE = 1_000_000n
const wish = (more: Partial<Wish> = {}): Wish => ({
  available: 0n,
  coming: 0n,
  level: 10n * ONE,
  target: null,
  decimals: 0,
  ...more,
})
const shelf = (location: string, free: bigint, level: bigint | null = null, more: Partial<Shelf> = {}): Shelf => ({
  location,
  giver: location,
  there: free * ONE,
  giverFree: free * ONE,
  giverLevel: level === null ? null : level * ONE,
  ...more,
})
const given = (of: Wish, ...shelves: Shelf[]) =>
  Object.fromEntries([...shared(of, shelves)].map(([at, n]) => [at, Number(n) / 1e6]))

for (const [what, of, shelves, wanted] of [
  ['up to the level', wish(), [shelf('a', 50n)], { a: 10 }],
  ['up to the target', wish({ available: 4n * ONE, target: 24n * ONE }), [shelf('a', 50n)], { a: 20 }],
  ['what is on its way counts', wish({ coming: 4n * ONE }), [shelf('a', 50n)], { a: 6 }],
  ['enough is on its way', wish({ coming: 11n * ONE }), [shelf('a', 50n)], {}],
  ['above the level nothing is asked for', wish({ available: 11n * ONE, target: 24n * ONE }), [shelf('a', 50n)], {}],
  ['just at the level, which is the target', wish({ available: 10n * ONE }), [shelf('a', 50n)], {}],
  ['sold below zero', wish({ available: -3n * ONE }), [shelf('a', 50n)], { a: 13 }],
  ['whoever gives stays above its own level', wish(), [shelf('a', 12n, 5n)], { a: 6 }],
  ['at its level it has nothing to spare', wish(), [shelf('a', 5n, 5n)], {}],
  ['nor one above: it would run low itself', wish(), [shelf('a', 6n, 5n)], {}],
  ['below its level even less', wish(), [shelf('a', 2n, 5n)], {}],
  ['one store that has enough sends all of it', wish(), [shelf('a', 6n), shelf('b', 30n, 5n)], { b: 10 }],
  ['two stores where one has too little', wish(), [shelf('a', 6n), shelf('b', 9n, 1n)], { b: 7, a: 3 }],
  [
    'two shelves of one store spare no more than the store',
    wish(),
    [
      shelf('front', 0n, null, { giver: 'a', there: 3n * ONE, giverFree: 9n * ONE, giverLevel: 2n * ONE }),
      shelf('back', 0n, null, { giver: 'a', there: 6n * ONE, giverFree: 9n * ONE, giverLevel: 2n * ONE }),
    ],
    { back: 6 },
  ],
  ['pieces go whole', wish(), [shelf('a', 0n, null, { there: 2_500_000n, giverFree: 2_500_000n })], { a: 2 }],
  ['what is missing of a piece is a piece', wish({ available: 7_500_000n }), [shelf('a', 50n)], { a: 3 }],
  [
    'kilograms as finely as they are weighed',
    wish({ decimals: 3, available: 7_500_000n }),
    [shelf('a', 0n, null, { there: 1_250_400n, giverFree: 1_250_400n })],
    { a: 1.25 },
  ],
] as [string, Wish, Shelf[], Record<string, number>][])
  test(what, () => assert.deepEqual(given(of, ...shelves), wanted))

test('however much lies where: nobody falls to its level, no shelf gives what is not on it, nothing is asked for twice', () => {
  const amount = fc.bigInt({ min: -5n * ONE, max: 40n * ONE })
  const aShelf = fc.record({ giver: fc.constantFrom('a', 'b', 'c'), there: amount })
  const levels = fc.array(fc.option(fc.bigInt({ min: 0n, max: 20n * ONE })), { minLength: 3, maxLength: 3 })
  const facts = fc.record({
    available: amount,
    coming: amount,
    decimals: fc.constantFrom(0, 3),
    more: fc.bigInt({ min: 0n, max: 9n * ONE }),
  })
  fc.assert(
    fc.property(facts, levels, fc.array(aShelf, { maxLength: 8 }), ({ more, ...facts }, kept, found) => {
      const freeOf = (giver: string) => found.filter((one) => one.giver === giver).reduce((all, one) => all + one.there, 0n)
      const levelOf = (giver: string) => kept['abc'.indexOf(giver)] ?? null
      const shelves = found.map(({ giver, there }, index): Shelf => ({
        location: `${index}`,
        giver,
        there,
        giverFree: freeOf(giver),
        giverLevel: levelOf(giver),
      }))
      const level = 10n * ONE
      const wanted = wish({ ...facts, level, target: level + more })
      const sent = shared(wanted, shelves)
      for (const giver of ['a', 'b', 'c']) {
        const from = shelves.filter((one) => one.giver === giver).reduce((all, one) => all + (sent.get(one.location) ?? 0n), 0n)
        if (from > 0n) assert.ok(freeOf(giver) - from > (levelOf(giver) ?? -1n), `${giver} keeps too little`)
      }
      for (const one of shelves) assert.ok((sent.get(one.location) ?? 0n) <= (one.there < 0n ? 0n : one.there))
      const all = [...sent.values()].reduce((sum, one) => sum + one, 0n)
      assert.ok(all === 0n || all < level + more - facts.available - facts.coming + ONE)
    }),
  )
})
