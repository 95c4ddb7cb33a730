import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currencies, decimalsOf, minor, type Currency } from '#kit/money.ts'
import { cashSuggestions, nameInTwo } from './draft.rules.ts'

test('quick amounts are what people hand over: what is due, and the next notes above it', () => {
  const suggested = (currency: Currency, due: bigint) =>
    cashSuggestions(minor(due), currencies[currency].denominations, 10n ** BigInt(decimalsOf(currency))).map(Number)
  assert.deepEqual(suggested('USD', 80_55n), [80_55, 82_00, 85_00, 90_00, 100_00])
  assert.deepEqual(suggested('USD', 3_20n), [3_20, 4_00, 5_00, 10_00, 20_00])
  assert.deepEqual(suggested('KWD', 240_165n), [240_165, 245_000, 250_000, 260_000])
  assert.deepEqual(suggested('KES', 80_00n), [80_00, 100_00, 200_00, 500_00, 1_000_00])
  assert.deepEqual(suggested('UGX', 12_300n), [12_300, 12_500, 13_000, 14_000, 15_000])
})

test('[W5] the end of a long name stands apart, where its options do not say what it is', () => {
  const name = 'Premium heavy duty stainless steel kitchen utensil set 24 pieces size XL colour red'
  assert.deepEqual(nameInTwo({ name }), {
    start: 'Premium heavy duty stainless steel kitchen utensil set 24 pieces size',
    end: 'XL colour red',
  })
  assert.deepEqual(nameInTwo({ name: 'Clay pot' }), { start: 'Clay pot', end: '' })
  assert.deepEqual(nameInTwo({ name: `${name} · XL`, options: 'XL' }), { start: name, end: 'XL' })
  const joined = nameInTwo({ name: 'x'.repeat(40) })
  assert.equal(joined.start + joined.end, 'x'.repeat(40))
})
