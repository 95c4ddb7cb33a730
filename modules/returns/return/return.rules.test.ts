import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minor, spread, sum, taxInside, type Minor, type Rate } from '#kit/money.ts'
import { units, type Qty } from '#kit/quantity.ts'
import { settle } from '#modules/payments/method/settle.rules.ts'
import { backOf, isLate, nothingGone, refundBy, refundTo, type Gone, type SoldAmounts, type Took } from './return.rules.ts'

const KES = { currency: 'KES', step: 100n }
const CENTS = { currency: 'KES', step: 1n }
const line = (total: bigint, quantity: bigint, rate = 0n, cost = 0n): SoldAmounts => {
  const tax = taxInside(minor(total), rate as Rate)
  return { quantity: units(quantity), net: minor(total - tax), tax, discount: minor(0), cost: minor(cost) }
}
const after = (before: Gone, back: ReturnType<typeof backOf>, quantity: Qty): Gone => ({
  gone: (before.gone + quantity) as Qty,
  total: minor(before.total + back.total),
  tax: minor(before.tax + back.tax),
  discount: minor(before.discount + back.discount),
  cost: minor(before.cost + back.cost),
})

test('[C1] a line gives back what it cost after the discount on everything, and all of them what was paid', () => {
  const [gross, off] = [[25_000n, 20_000n, 10_000n], spread(minor(7_000n), [25_000n, 20_000n, 10_000n])]
  const back = gross.map((one, index) => backOf(line(one - off[index]!, 1n), nothingGone, units(1)).total)
  assert.deepEqual(back, [21_818n, 17_455n, 8_727n])
  assert.equal(sum(back), 48_000n)
})

test('[C3] what was taxed at 16 % comes back with 16 %', () => {
  const back = backOf(line(11_600n, 1n, 160_000n), nothingGone, units(1))
  assert.deepEqual([back.total, back.tax, back.net], [11_600n, 1_600n, 10_000n])
})

test('[C4] what can be traced goes back first, and each way at most what it took', () => {
  const took = (left: readonly [bigint, bigint]): Took[] => [
    { tender: 'a', method: 'cash', kind: 'cash', left: minor(left[0]) },
    { tender: 'b', method: 'card', kind: 'card', left: minor(left[1]) },
  ]
  const paid = (due: bigint, left: readonly [bigint, bigint]) =>
    refundTo(minor(due), took(left), KES).parts.map((one) => [one.kind, one.amount])
  assert.deepEqual(paid(100_000n, [60_000n, 40_000n]), [
    ['card', 40_000n],
    ['cash', 60_000n],
  ])
  assert.deepEqual(paid(50_000n, [60_000n, 40_000n]), [
    ['card', 40_000n],
    ['cash', 10_000n],
  ])
  assert.equal(refundTo(minor(120_000n), took([60_000n, 40_000n]), KES).rest, 20_000n)
})

test('cash goes back in coins that exist, a card to the cent, and another way by itself', () => {
  const cash: Took[] = [{ tender: 'a', method: 'cash', kind: 'cash', left: minor(10_000) }]
  const plan = refundTo(minor(3_333n), cash, KES)
  assert.deepEqual([plan.parts[0]!.amount, plan.rounding], [3_300n, -33n])
  const card: Took[] = [{ tender: 'b', method: 'card', kind: 'card', left: minor(10_000) }]
  assert.equal(refundTo(minor(3_333n), card, KES).parts[0]!.amount, 3_333n)
  // It never rounds up above what was taken.
  assert.equal(refundTo(minor(9_960n), [{ ...cash[0]!, left: minor(9_900) }], KES).parts[0]!.amount, 9_900n)
  assert.deepEqual(refundTo(minor(-30n), cash, KES), { parts: [], rounding: 30n, rest: 0n })
  assert.deepEqual(refundBy(minor(3_333n), { method: 'c', kind: 'credit' }, KES).parts, [
    { tender: null, method: 'c', kind: 'credit', amount: 3_333n },
  ])
})

test('however the units of a line come back, they give back the line to the minor unit, and never more', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return seed % below
  }
  for (let round = 0; round < 20_000; round++) {
    const count = 1 + random(9)
    const sold = line(BigInt(random(100_000)), BigInt(count), [0n, 80_000n, 160_000n][random(3)]!, BigInt(random(50_000)))
    let before = nothingGone
    let left = count
    while (left > 0) {
      const some = 1 + random(left)
      const back = backOf(sold, before, units(some))
      assert.ok(back.total >= 0n && back.tax >= 0n && back.cost >= 0n && back.net >= -1n)
      before = after(before, back, units(some))
      left -= some
    }
    assert.deepEqual([before.total, before.tax, before.cost], [sold.net + sold.tax, sold.tax, sold.cost])
  }
})

test('refunds of a sale in parts add up to what was paid, however it was paid and rounded, and a way is found for each', () => {
  let seed = 11
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return seed % below
  }
  for (let round = 0; round < 20_000; round++) {
    const coins = [KES, CENTS, { currency: 'TZS', step: 5_000n }][random(3)]!
    const parts = Array.from({ length: 1 + random(4) }, () => minor(random(40_000)))
    const total = sum(parts)
    const onCard = random(2) === 0 ? minor(random(Number(total) + 1)) : minor(0)
    const tenders = [
      ...(onCard > 0n ? [{ method: 'card', kind: 'card' as const, given: onCard }] : []),
      { method: 'cash', kind: 'cash' as const, given: minor(1_000_000) },
    ]
    const { kept, due: paid } = settle(total, tenders, coins)
    const left = tenders.map(({ method, kind }, index) => ({ tender: method, method, kind, left: kept[index]! }))
    let [owed, given] = [0n, 0n]
    for (const part of parts) {
      owed += part
      const plan = refundTo(minor(owed - given), left, coins)
      assert.equal(plan.rest, 0n)
      for (const one of plan.parts) {
        const of = left.find(({ tender }) => tender === one.tender)!
        of.left = minor(of.left - one.amount)
        assert.ok(of.left >= 0n)
      }
      const back = sum(plan.parts.map((one): Minor => one.amount))
      assert.equal(back - plan.rounding, owed - given)
      given += back
    }
    assert.equal(given, paid)
  }
})

test('goods are late after the days of their category, else of the store, else a week; none at all is never', () => {
  const late = (sold: string, today: string, category: number | null = null, place: number | null = null) =>
    isLate(sold, today, { category, place })
  assert.deepEqual([late('2026-11-20', '2026-11-27'), late('2026-11-20', '2026-11-28')], [false, true])
  assert.deepEqual([late('2026-11-20', '2026-12-04', null, 14), late('2026-11-20', '2026-12-05', null, 14)], [false, true])
  assert.deepEqual([late('2026-11-20', '2026-11-20', 0, 14), late('2026-11-20', '2026-11-23', 3, 14)], [true, false])
})
