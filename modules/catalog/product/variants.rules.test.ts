import assert from 'node:assert/strict'
import { test } from 'node:test'
import { combinationsOf, isMistyped, keyOf, variantsOf } from './variants.rules.ts'

test('options make every combination once, in order', () => {
  assert.deepEqual(combinationsOf([]), [[]])
  assert.deepEqual(
    combinationsOf([
      { name: 'Size', values: ['S', 'L'] },
      { name: 'Colour', values: ['Red', 'Blue'] },
      { name: 'Empty', values: [] },
    ]),
    [
      ['S', 'Red'],
      ['S', 'Blue'],
      ['L', 'Red'],
      ['L', 'Blue'],
    ],
  )
})

test('a variant without a price of its own costs what the first one costs; without any, nothing can be saved', () => {
  const rows = combinationsOf([{ name: 'Size', values: ['S', 'L'] }])
  const typed = { price: '1000', cost: null, sku: '', barcode: '' }
  assert.deepEqual(
    variantsOf(rows, { [keyOf(['S'])]: typed })?.map((one) => one.price),
    ['1000', '1000'],
  )
  assert.equal(variantsOf(rows, {}), null)
  assert.equal(variantsOf(rows, { [keyOf(['S'])]: { ...typed, barcode: '6291041500214' } }), null)
})

test('a barcode of GTIN length needs its check digit; a short code of the house does not', () => {
  assert.deepEqual(['6291041500213', '6291041500214', 'SHELF-7', '1234'].map(isMistyped), [false, true, false, false])
})
