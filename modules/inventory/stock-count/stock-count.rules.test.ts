import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Qty } from '#kit/quantity.ts'
import { addedUp, tallyFault, type Tally } from './stock-count.rules.ts'

const at = (second: number) => Temporal.Instant.fromEpochMilliseconds(second * 1000)
let made = 0
const said = (countedBy: string, quantity: bigint | null, second: number, line = 'pot'): Tally => ({
  id: String(made++).padStart(8, '0'),
  line,
  countedBy,
  quantity: quantity as Qty | null,
  countedAt: at(second),
})

test('two people and two piles of the same article add up; the last of them tells when', () => {
  const total = addedUp([said('amina', 3n, 10), said('bob', 4n, 20)]).get('pot')!
  assert.deepEqual([total.counted, total.countedAt.epochMilliseconds], [7n, 20_000])
  assert.deepEqual(total.by, [
    { person: 'amina', quantity: 3n },
    { person: 'bob', quantity: 4n },
  ])
})

test('what one says again replaces what one said, whichever arrived first, and is nobody else’s', () => {
  const tallies = [said('amina', 9n, 30), said('amina', 3n, 10), said('bob', 4n, 20)]
  assert.equal(addedUp(tallies).get('pot')!.counted, 13n)
  assert.equal(addedUp([...tallies, said('amina', 2n, 30)]).get('pot')!.counted, 6n)
})

test('what is taken back was never counted; nothing that was counted is nothing', () => {
  assert.equal(addedUp([said('amina', 5n, 1), said('amina', null, 2)]).has('pot'), false)
  assert.equal(addedUp([said('amina', 5n, 1), said('amina', null, 2), said('bob', 1n, 1)]).get('pot')!.counted, 1n)
  assert.equal(addedUp([said('amina', 0n, 1)]).get('pot')!.counted, 0n)
})

test('whatever the order in which it arrives, and however often: the same totals', () => {
  const tally = fc.record({
    person: fc.constantFrom('amina', 'bob', 'chan'),
    line: fc.constantFrom('pot', 'cup'),
    quantity: fc.option(fc.bigInt(0n, 50n)),
    second: fc.nat(5),
  })
  fc.assert(
    fc.property(fc.array(tally, { maxLength: 12 }), fc.nat(), (facts, seed) => {
      const tallies = facts.map((one) => said(one.person, one.quantity, one.second, one.line))
      const other = [...tallies, ...tallies.slice(0, seed % 5)].toSorted(
        (a, b) => ((Number(a.id) * 7 + seed) % 5) - ((Number(b.id) * 7 + seed) % 5),
      )
      const figures = (of: readonly Tally[]) => [...addedUp(of)].map(([line, { counted }]) => [line, counted]).toSorted()
      assert.deepEqual(figures(other), figures(tallies))
    }),
  )
})

test('a figure that can’t be counted is told by its reason; nothing typed is no fault', () => {
  const of = (typed: string | null, decimals: number) => tallyFault(typed, decimals)
  assert.deepEqual([of(null, 0), of('0', 0), of('3000000', 0), of('1500000', 3)], [undefined, undefined, undefined, undefined])
  assert.deepEqual(
    [of('1500000', 0), of('x', 0), of('-1', 0), of('9'.repeat(19), 0)],
    ['tooFine', 'number', 'number', 'outOfRange'],
  )
})
