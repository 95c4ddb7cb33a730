import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Memory, type Pass } from '#kit/import.ts'
import { pricesFor, priceUnitFor, readProduct } from './product-file.rules.ts'

const pass: Pass = { options: {}, marks: {}, headings: {}, memory: new Memory() }

/** How a new article with this price would be kept: the price, and for how many units; or the code of the refusal. */
function kept(price: string, currency: string, cells: Record<string, string> = {}) {
  const { product, problems } = readProduct([{ number: 2, cells: { name: 'Saffron', price, ...cells } }], pass, currency)
  if (!product) return problems.map((one) => one.problem).join()
  const per = product.priceUnit ?? priceUnitFor(product.variants)
  const { variants, refusals } = pricesFor(product.variants, { of: product.priceUnit ?? '1', per, isKnown: false, currency })
  return refusals[0]?.problem ?? `${variants[0]!.price} per ${per}`
}

test('[N4] the fewest units by which a price is whole, in currencies with two, three and no decimals', () => {
  const cases: [price: string, currency: string, kept: string][] = [
    ['0.0567', 'KES', '567 per 100'],
    ['0.056', 'KES', '560 per 100'],
    ['0.00567', 'KES', '567 per 1000'],
    ['0.005678', 'KES', 'catalog.product.tooFine'],
    ['0.005678', 'KWD', '5678 per 1000'],
    ['0.0567', 'KWD', '5670 per 100'],
    ['0.567', 'KWD', '567 per 1'],
    ['0.0567', 'UGX', 'catalog.product.tooFine'],
    ['0.567', 'UGX', '567 per 1000'],
    ['0.5', 'UGX', '50 per 100'],
    ['1250', 'UGX', '1250 per 1'],
    // What was a thousand and a quarter stays one: a currency without decimals has no half of one.
    ['1,250', 'UGX', '1250 per 1'],
    ['1,250', 'KES', 'import.ambiguous'],
    ['0', 'KES', '0 per 1'],
    ['-0.0567', 'KES', 'import.unreadable'],
  ]
  for (const [price, currency, as] of cases) assert.equal(kept(price, currency), as, `${price} ${currency}`)
})

test('[N4] every price and cost of an article has to fit', () => {
  assert.equal(kept('5', 'KES', { cost: '0.0567' }), '50000 per 100')
  assert.equal(kept('0.0567', 'KES', { cost: '0.03125' }), '5670 per 1000')
  assert.equal(kept('0.0567', 'KES', { comparePrice: '0.005678' }), 'catalog.product.tooFine')
  assert.equal(kept('5.67', 'KES', { priceUnit: '100' }), '567 per 100')
  assert.equal(kept('5.6789', 'KES', { priceUnit: '100' }), 'catalog.product.tooFine')
})
