import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gtinCheckDigit } from '#kit/barcode.ts'
import { bestFirst, indexCatalogue, type TillProduct } from './catalogue.rules.ts'

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
  measure: 'kg',
  ownPrice: '998',
  prices: [],
  taxCode: 'standard',
  taxRate: '160000',
  decimals: 3,
  codes: [],
  ...more,
})
const label = (kind: '20' | '21', value: string) => `${kind}12345${value}` + gtinCheckDigit(`${kind}12345${value}`)
const found = (code: string, more: Partial<TillProduct>) => indexCatalogue([product(more)]).find(code)?.quantity ?? null
const bought = (cents: string, more: Partial<TillProduct> = {}) => found(label('20', cents), more)
const weighed = (grams: string, more: Partial<TillProduct> = {}) => found(label('21', grams), more)

test('a label that carries a price is charged at that price; pieces only whole, what has no measure in parts that are sold', () => {
  const piece = { decimals: 0, unit: 'pc', measure: null } as const
  assert.equal(bought('00499'), 500_000n)
  assert.equal(bought('00500'), 501_002n)
  assert.equal(bought('12345', { price: '99900' }), 123_574n, '0.124 kg would cost 123.88')
  assert.equal(bought('00500', { unit: 'bunch', measure: null, decimals: 2 }), 500_000n)
  assert.equal(bought('00500', { ...piece, price: '250' }), 2_000_000n)
  assert.equal(bought('00499', piece), null, 'half a piece')
  assert.equal(bought('00499', { decimals: 0 }), null, 'half a kilogram of what is sold by whole ones')
  assert.equal(bought('00499', { priceUnit: '100', unit: 'g', measure: 'g', decimals: 0 }), 50_000_000n)
})

test('[N4] an amount at a price for 100 g buys what costs that, to the coin', () => {
  const olives = { price: '567', priceUnit: '100', decimals: 0 } as const
  assert.equal(bought('00500', { ...olives, unit: 'g', measure: 'g' }), 88_183_422n)
  assert.equal(bought('00500', { ...olives, unit: 'ml', measure: 'ml' }), 88_183_422n)
  assert.equal(bought('00500', { ...olives, unit: 'pc', measure: null }), null)
})

test('a label that carries a weight is in kilograms, whatever unit the article is sold in', () => {
  assert.equal(weighed('00250'), 250_000n)
  assert.equal(weighed('00250', { unit: 'g', measure: 'g', decimals: 0, priceUnit: '100' }), 250_000_000n)
  assert.equal(weighed('00250', { unit: 'lb', measure: 'lb', decimals: 3 }), 551_000n)
  assert.equal(weighed('00250', { unit: 'lb', measure: 'lb', decimals: 2 }), 550_000n)
  assert.equal(weighed('01250', { decimals: 2 }), 1_250_000n)
  assert.equal(weighed('02000', { decimals: 0 }), 2_000_000n)
  assert.equal(weighed('01250', { decimals: 0 }), null, 'a quarter is not rounded off')
  assert.equal(weighed('00000'), null)
  for (const measure of ['l', 'm', null] as const) assert.equal(weighed('00250', { measure }), null, `no weight in ${measure}`)
})

test('what sells best stands first; what is not sold here any more leaves no gap', () => {
  const all = ['a', 'b', 'c', 'd'].map((id) => product({ id }))
  const order = (...best: string[]) => bestFirst(all, best).map(({ id }) => id)
  assert.deepEqual(order('d', 'gone', 'b'), ['d', 'b', 'a', 'c'])
  assert.deepEqual(order(), ['a', 'b', 'c', 'd'])
})
