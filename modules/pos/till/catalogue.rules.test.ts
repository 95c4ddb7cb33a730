import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gtinCheckDigit } from '#kit/barcode.ts'
import { indexCatalogue, type TillProduct } from './catalogue.rules.ts'

const product = (more: Partial<TillProduct>): TillProduct => ({
  id: 'olives',
  product: 'olives',
  name: 'Olives',
  sku: '12345',
  kind: 'stocked',
  category: null,
  image: null,
  options: '',
  price: '998',
  priceUnit: '1',
  unit: 'kg',
  ownPrice: '998',
  prices: [],
  taxCode: 'standard',
  taxRate: '160000',
  decimals: 3,
  codes: [],
  ...more,
})
const label = (cents: string) => `2012345${cents}` + gtinCheckDigit(`2012345${cents}`)
const bought = (cents: string, more: Partial<TillProduct> = {}) =>
  indexCatalogue([product(more)]).find(label(cents))?.quantity ?? null

test('a label that carries a price stands for a part that is sold: no finer than its unit, and pieces only whole', () => {
  assert.equal(bought('00499'), 500_000n)
  assert.equal(bought('00500'), 501_000n, 'not 0.501002 kg, which the server refuses')
  assert.equal(bought('00500', { decimals: 0, price: '250' }), 2_000_000n)
  assert.equal(bought('00499', { decimals: 0 }), null, 'half a piece')
  assert.equal(bought('00499', { priceUnit: '100', decimals: 0 }), 50_000_000n)
})
