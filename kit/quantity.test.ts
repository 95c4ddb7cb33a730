import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { minor } from './money.ts'
import { extend, priceUnits, qty, units, type PriceUnit } from './quantity.ts'
import { formatRate } from './words.ts'

test('[N4] a quantity costs price × quantity ÷ price unit, rounded half up once', () => {
  const cases: [price: bigint, per: PriceUnit, quantity: bigint, amount: bigint][] = [
    // Of KES, with two decimals: 1,234 g at 5.67 for 100 g, at 5.67 for 1,000 g and at 5.67 a gram.
    [567n, '100', units(1_234), 6_997n],
    [567n, '1000', units(1_234), 700n],
    [567n, '1', units(1_234), 699_678n],
    // Of KWD, with three: 250 g at 5.678 for 1,000 g, which is 0.005678 a gram.
    [5_678n, '1000', units(250), 1_420n],
    // Of UGX, with none: a gram at 57 for 100 g, and half of one.
    [57n, '100', units(1), 1n],
    [57n, '100', qty(500_000n), 0n],
    // Half a minor unit goes up.
    [5n, '1000', units(100), 1n],
    [5n, '1000', units(99), 0n],
  ]
  for (const [price, per, quantity, amount] of cases) assert.equal(extend(minor(price), qty(quantity), per), amount)
})

test('[N4] so many units as the price is for cost the price', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10_000_000_000_000n), fc.constantFrom(...priceUnits), (price, per) =>
      assert.equal(extend(minor(price), units(BigInt(per)), per), price),
    ),
  )
})

test('a rate is told with its thousands apart, in the reader’s digits', () => {
  assert.equal(formatRate('-28002000', 'en'), '-2,800.2%')
  assert.equal(formatRate('160000', 'en'), '16%')
  assert.match(formatRate('28002000', 'ar', 'arab'), /٢٬٨٠٠٫٢/)
  const change = (rate: string) => formatRate(rate, 'en', 'latn', 'exceptZero')
  assert.deepEqual(['90000', '-60000', '0', '5000'].map(change), ['+9%', '-6%', '0%', '+0.5%'])
  // Arabic writes its sign before the number, which stands at its right: Intl says so with marks of direction.
  assert.equal(formatRate('90000', 'ar', 'arab', 'exceptZero'), '\u061c+٩٪\u061c')
})
