import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minor, RATE_ONE, sum, type Minor, type Rate } from '#kit/money.ts'
import { priceUnits, type Qty } from '#kit/quantity.ts'
import { cashDue, coinsOf, settle } from '#modules/payments/method/settle.rules.ts'
import {
  beyondLimit,
  isFreelyPriced,
  shareTaken,
  shownLine,
  taxesByRate,
  totalsOf,
  wrongAsked,
  type BasketLine,
  type Discount,
} from './basket.rules.ts'

/** Random baskets of any shop: prices of 0 to 3 decimals are all whole minor units, so only their size differs. */
const rate = fc.constantFrom(0n, 50_000n, 80_000n, 160_000n, 75_000n, 333_333n).map((one) => one as Rate)
const discount: fc.Arbitrary<Discount | null> = fc.oneof(
  fc.constant(null),
  fc.bigInt(0n, RATE_ONE).map((share) => ({ rate: share as Rate })),
  fc.bigInt(0n, 10_000_000n).map((amount) => ({ amount: minor(amount) })),
)
const line: fc.Arbitrary<BasketLine> = fc.record({
  quantity: fc.oneof(
    fc.bigInt(1n, 20n).map((count) => (count * 1_000_000n) as Qty),
    fc.bigInt(1n, 5_000_000n).map((part) => part as Qty),
  ),
  unitPrice: fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 50_000_000n)).map(minor),
  priceUnit: fc.constantFrom(...priceUnits),
  taxRate: rate,
  discount,
})
const basket = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 12 }), discount, included: fc.boolean() })
const step = fc.constantFrom(1n, 5n, 10n, 50n, 100n, 250n)

test('lines and tax make the total, discounts make the discount, and nothing is below zero', () => {
  fc.assert(
    fc.property(basket, ({ lines, discount: off, included }) => {
      const totals = totalsOf(lines, off, included)
      for (const one of totals.lines) {
        assert.equal(one.net + one.tax, one.total)
        assert.ok(one.net >= 0n && one.tax >= 0n && one.discount >= 0n && one.discount <= one.gross)
        if (included) assert.equal(one.total, one.gross - one.discount)
        else assert.equal(one.net, one.gross - one.discount)
      }
      assert.equal(totals.total, totals.net + totals.tax)
      assert.equal(totals.total, sum(totals.lines.map((one) => one.total)))
      assert.equal(totals.discount, sum(totals.lines.map((one) => one.discount)))
      assert.equal(totals.gross - totals.discount, included ? totals.total : totals.net)
      for (const one of totals.lines) assert.ok(shareTaken(one) >= 0n && shareTaken(one) <= RATE_ONE)
    }),
    { numRuns: 2000 },
  )
})

test('lines as they are shown, less the discount on everything once, are the total', () => {
  fc.assert(
    fc.property(basket, ({ lines, discount: off, included }) => {
      const totals = totalsOf(lines, off, included)
      const shown = totals.lines.map((one) => shownLine(one, included))
      for (const [index, one] of shown.entries()) {
        assert.equal(one.gross, totals.lines[index]!.gross)
        assert.equal(one.gross - one.off, one.rest)
      }
      assert.equal(sum(shown.map((one) => one.rest)) - totals.basketDiscount, included ? totals.total : totals.net)
      if (!off) assert.equal(totals.basketDiscount, 0n)
    }),
  )
})

test('a discount on everything is spread to the last unit, and all of it is a basket for nothing', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.bigInt(0n, 100_000_000n),
      fc.boolean(),
      (lines, amount, included) => {
        const plain = lines.map((one) => ({ ...one, discount: null }))
        const before = totalsOf(plain, null, included)
        const after = totalsOf(plain, { amount: minor(amount) }, included)
        const most = before.gross < amount ? before.gross : amount
        assert.equal(after.discount, most)
        assert.equal(totalsOf(plain, { rate: RATE_ONE as Rate }, included).total, 0n)
      },
    ),
    { numRuns: 1000 },
  )
})

test('the receipt’s tax by rate adds up to the basket’s', () => {
  fc.assert(
    fc.property(basket, ({ lines, discount: off, included }) => {
      const totals = totalsOf(lines, off, included)
      const groups = taxesByRate(totals.lines.map((one, index) => ({ ...one, taxCode: 'x', taxRate: lines[index]!.taxRate })))
      assert.equal(sum(groups.map((one) => one.tax)), totals.tax)
      assert.equal(sum(groups.map((one) => one.net)), totals.net)
    }),
    { numRuns: 500 },
  )
})

test('what is kept of the tenders is what is due; only cash is rounded, by less than a coin, and gives change', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 100_000_000n),
      fc.bigInt(0n, RATE_ONE),
      fc.bigInt(0n, 1_000_000n),
      step,
      (total, share, extra, coin) => {
        const coins = { currency: 'KES', step: coin }
        const card = (total * share) / RATE_ONE
        const tender = (kind: 'card' | 'cash', given: bigint) => ({ method: kind, kind, given: minor(given) })
        const cash = cashDue(minor(total), [tender('card', card)], coins)
        const pay = () => settle(minor(total), [tender('card', card), tender('cash', cash + extra)], coins)
        const settled = pay()
        assert.equal(sum(settled.kept), settled.due)
        assert.equal(settled.due, total + settled.rounding)
        assert.equal(settled.kept[0], card)
        // [A18] Less than half a coin beside a card is due to the cent: a cent in cash would give the rest away.
        const isCrumb = card > 0n && (total - card) * 2n < coin
        if (isCrumb) assert.equal(settled.rounding, 0n)
        else assert.equal(settled.kept[1]! % coin, 0n)
        assert.equal(settled.change, extra)
        assert.ok((settled.rounding < 0n ? -settled.rounding : settled.rounding) * 2n <= coin)
        if (cash > 0n) assert.throws(() => settle(minor(total), [tender('card', card), tender('cash', cash - 1n)], coins), /./)
        if (total > 0n) assert.throws(() => settle(minor(total), [tender('card', total + 1n)], coins), /./)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a card is charged to the cent', () => {
  const total: Minor = minor(9_999n)
  assert.deepEqual(settle(total, [{ method: 'card', kind: 'card', given: total }], coinsOf('KES')), {
    rounding: 0n,
    due: 9_999n,
    change: 0n,
    kept: [9_999n],
  })
})

test('[A18] a discount of exactly the limit is within it, at every price and on every basket; more than rounding is not', () => {
  const limit = fc.constantFrom(10_000n, 50_000n, 75_000n, 333_333n)
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), limit, fc.boolean(), (lines, share, included) => {
      const off = { rate: share as Rate }
      const plain = lines.map((one) => ({ ...one, discount: null }))
      const each = totalsOf(
        lines.map((one) => ({ ...one, discount: off })),
        null,
        included,
      )
      assert.deepEqual(beyondLimit(each, share, false), [])
      assert.deepEqual(beyondLimit(totalsOf(plain, off, included), share, true), [])
      const twice = totalsOf(
        lines.map((one) => ({ ...one, discount: { rate: (share * 2n) as Rate } })),
        null,
        included,
      )
      const large = twice.lines.flatMap((one, index) => (one.gross * share >= 3n * RATE_ONE ? [index] : []))
      assert.ok(large.every((index) => beyondLimit(twice, share, true).includes(index)))
    }),
    { numRuns: 2000 },
  )
  const one = {
    quantity: 1_000_000n as Qty,
    unitPrice: minor(1_999n),
    priceUnit: '1' as const,
    taxRate: 0n as Rate,
    discount: { rate: 50_000n as Rate },
  }
  assert.deepEqual(beyondLimit(totalsOf([one], null, true), 50_000n, false), [])
  assert.deepEqual(beyondLimit(totalsOf([{ ...one, discount: { amount: minor(101n) } }], null, true), 50_000n, false), [0])
})

test('[N4] a line priced by the hundred or the thousand is rounded once, discount and tax after it', () => {
  const rope = { unitPrice: minor(567n), priceUnit: '100' as const, taxRate: 160_000n as Rate }
  const [line] = totalsOf([{ ...rope, quantity: 1_234_000_000n as Qty, discount: { rate: 100_000n as Rate } }], null, true).lines
  // 1,234 g at 5.67 for 100 g are 69.9678; a tenth off is 7.00, and of the rest 16/116 are tax.
  assert.deepEqual(line, { gross: 6_997n, discount: 700n, basketDiscount: 0n, net: 5_428n, tax: 869n, total: 6_297n })
  const thousand = totalsOf([{ ...rope, priceUnit: '1000', quantity: 1_234_000_000n as Qty }], null, true)
  assert.equal(thousand.gross, 700n)
})

test('a price that is asked is never nothing, and stands between its bounds; without a lowest one a discount is nobody’s matter', () => {
  const bound = fc.option(fc.bigInt(1n, 1_000n))
  fc.assert(
    fc.property(fc.bigInt(-10n, 1_010n), bound, bound, (price, least, most) => {
      const asked = { least: least === null ? null : String(least), most: most === null ? null : String(most) }
      const isRight = price > 0n && price >= (least ?? 0n) && price <= (most ?? price)
      assert.equal(wrongAsked(price, asked) === null, isRight)
      assert.equal(wrongAsked(undefined, asked), 'askPrice')
      if (price <= 0n) assert.equal(wrongAsked(price, asked), 'askPrice')
      assert.equal(isFreelyPriced(asked), least === null)
    }),
  )
  assert.equal(isFreelyPriced(null), false)
})
