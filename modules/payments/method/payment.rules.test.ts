import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minor, sum, type Minor } from '#kit/money.ts'
import { dueBy, nextWay, roundingBy, stepOf, type Step, type Way } from './payment.rules.ts'
import { coinsOf, settle, type Coins, type Tender } from './settle.rules.ts'

const cash: Way = { id: 'cash', kind: 'cash', needsReference: false }
const card: Way = { id: 'card', kind: 'card', needsReference: false }
const mobile: Way = { id: 'mobile', kind: 'mobile', needsReference: true }
const credit: Way = { id: 'credit', kind: 'credit', needsReference: false }
const shilling = coinsOf('KES')

const tenderOf = (way: Way, given: bigint, reference = 'QK12'): Tender => ({
  method: way.id,
  kind: way.kind,
  given: minor(given),
  reference: way.needsReference ? reference : null,
})
const step = (total: bigint, kept: readonly Tender[], way: Way, given: bigint, coins: Coins = shilling): Step =>
  stepOf(minor(total), kept, tenderOf(way, given), way, coins)

test('[W1] 30 in cash of 80 is a part: 50 stays due, the card takes it, and no change is invented', () => {
  const first = step(8_000n, [], cash, 3_000n)
  assert.deepEqual(first, { is: 'part', tender: tenderOf(cash, 3_000n), due: 5_000n })
  const kept = [tenderOf(cash, 3_000n)]
  assert.equal(nextWay([cash, card, mobile], cash, false), card)
  assert.equal(dueBy('card', minor(8_000n), kept, shilling), 5_000n)
  const last = step(8_000n, kept, card, 5_000n)
  assert.ok(last.is === 'whole')
  assert.deepEqual(last.settlement, { rounding: 0n, due: 8_000n, change: 0n, kept: [3_000n, 5_000n] })
})

test('[W1] 10 in cash of 30, and Enter again: 20 more in cash, without change', () => {
  const kept = [tenderOf(cash, 1_000n)]
  assert.equal(dueBy('cash', minor(3_000n), kept, shilling), 2_000n)
  const last = step(3_000n, kept, cash, 2_000n)
  assert.ok(last.is === 'whole')
  assert.deepEqual([last.settlement.kept, last.settlement.change], [[1_000n, 2_000n], 0n])
  const more = step(3_000n, kept, cash, 5_000n)
  assert.ok(more.is === 'whole')
  assert.deepEqual([more.settlement.kept, more.settlement.change], [[1_000n, 2_000n], 3_000n])
})

test('what cash is rounded by is told before it is taken, and is what the sale books', () => {
  const rounding = (kind: Way['kind'], total: bigint, kept: readonly Tender[] = []) =>
    roundingBy(kind, minor(total), kept, shilling)
  assert.deepEqual([rounding('cash', 6_170n), rounding('cash', 6_120n), rounding('card', 6_170n)], [30n, -20n, 0n])
  assert.equal(rounding('cash', 6_170n, [tenderOf(card, 1_150n)]), -20n)
  const paid = step(6_170n, [], cash, 6_200n)
  assert.ok(paid.is === 'whole')
  assert.equal(paid.settlement.rounding, rounding('cash', 6_170n))
})

test('a card takes no more than is due, a reference is wanted where there is one, and nothing is no part', () => {
  assert.deepEqual(step(8_000n, [], card, 9_000n), { is: 'refused', why: 'tooMuch', due: 8_000n })
  assert.deepEqual(step(8_000n, [], cash, 0n), { is: 'refused', why: 'nothing', due: 8_000n })
  const blank = stepOf(minor(8_000n), [], { ...tenderOf(mobile, 8_000n), reference: '  ' }, mobile, shilling)
  assert.deepEqual(blank, { is: 'refused', why: 'reference', due: 8_000n })
  const free = step(0n, [], cash, 0n)
  assert.ok(free.is === 'whole' && free.settlement.due === 0n)
})

test('cash takes the rest, the next way what cash left, and store credit is none without a customer', () => {
  assert.equal(nextWay([cash, credit], cash, false), cash)
  assert.equal(nextWay([cash, credit], cash, true), credit)
  const bank: Way = { id: 'bank', kind: 'bank', needsReference: true }
  assert.equal(nextWay([cash, card, mobile, bank], mobile, false), cash)
  assert.equal(nextWay([mobile, bank, cash], mobile, false), cash)
  assert.equal(nextWay([card, mobile], mobile, false), card)
})

test('[A18] a cent in cash beside a card rounds nothing away', () => {
  const kept = [tenderOf(card, 8_000n)]
  assert.deepEqual(step(8_049n, kept, cash, 1n), { is: 'refused', why: 'coins', due: 49n })
  assert.throws(() => settle(minor(8_049n), [tenderOf(card, 8_000n), tenderOf(cash, 1n)], shilling), {
    code: 'payments.short',
    params: { missing: 48n, currency: 'KES' },
    message: 'The payment is short by 0.48 KES.',
  })
  // A rest that is a coin is rounded to it, by half a coin at most.
  const coin = step(8_051n, kept, cash, 100n)
  assert.ok(coin.is === 'whole' && coin.settlement.rounding === 49n)
})

test('[W1] whatever is typed and in which order: what is kept is what is due, and change comes from cash above it only', () => {
  const ways = [cash, card, mobile]
  const typed = fc.record({ way: fc.integer({ min: 0, max: 2 }), share: fc.bigInt(0n, 1_200n) })
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10_000_000n),
      fc.array(typed, { maxLength: 8 }),
      fc.constantFrom(1n, 5n, 25n, 100n, 5_000n),
      (total, keys, coin) => {
        const coins = { currency: 'KES', step: coin }
        let kept: readonly Tender[] = []
        let due: Minor = minor(total)
        for (const { way: at, share } of [...keys, { way: 1, share: 1_000n }]) {
          const way = ways[at]!
          const wanted = dueBy(way.kind, minor(total), kept, coins)
          const given = (wanted * share) / 1_000n
          const next = stepOf(minor(total), kept, tenderOf(way, given), way, coins)
          if (next.is === 'refused') continue
          if (next.is === 'part') {
            assert.ok(given < wanted || way.kind !== 'cash', 'what covers the rest is no part')
            kept = [...kept, next.tender]
            const left = minor(total - sum(kept.map((one) => one.given)))
            assert.equal(dueBy('card', minor(total), kept, coins), left)
            assert.ok(left < due, 'due falls by every part')
            due = left
            continue
          }
          const { settlement, tenders } = next
          assert.equal(sum(settlement.kept), settlement.due)
          assert.equal(settlement.due, total + settlement.rounding)
          assert.ok((settlement.rounding < 0n ? -settlement.rounding : settlement.rounding) * 2n <= coin)
          if (settlement.change > 0n) assert.ok(way.kind === 'cash' && given > wanted, 'change is what was given above due')
          if (tenders.every((one) => one.kind !== 'cash')) assert.equal(settlement.rounding, 0n)
          return
        }
        assert.fail('a card for the rest is the end')
      },
    ),
    { numRuns: 3000 },
  )
})
