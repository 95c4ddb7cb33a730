import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Memory, type Pass } from '#kit/import.ts'
import { inUnitsOf, isMeasured, pricesFor, priceUnitFor, priceUnitOf, shareOf, type ArticleUnit } from './price-unit.rules.ts'
import { readProduct } from './product-file.rules.ts'

const pass: Pass = { options: {}, marks: {}, headings: {}, memory: new Memory() }

const company = { currency: 'KES', today: '2026-11-30' }
const gram: ArticleUnit = { code: 'g', name: 'Gram', decimals: 0 }
const piece: ArticleUnit = { code: 'pc', name: 'Piece', decimals: 0 }

/** How a new article with this price would be kept: the price, and for how many units; or the code of the refusal. */
function kept(price: string, currency: string, cells: Record<string, string> = {}, unit: ArticleUnit | null = gram) {
  const { product, problems } = readProduct([{ number: 2, cells: { name: 'Saffron', price, ...cells } }], pass, {
    ...company,
    currency,
  })
  if (!product) return problems.map((one) => one.problem).join()
  const said = product.pricesAre?.priceUnit && inUnitsOf(product.pricesAre.priceUnit, unit, () => undefined)
  const one = said ?? shareOf('1')
  const of = { price: one, comparePrice: one, cost: one }
  const per = (said && priceUnitOf(said)) ?? (isMeasured(unit) ? priceUnitFor(product.variants, () => of) : '1')
  const { variants, refusals } = pricesFor(product.variants, {
    of: () => of,
    per,
    isKnown: false,
    roundsCost: !isMeasured(unit),
    currency,
  })
  return (
    refusals[0]?.problem ??
    `${variants[0]!.price} per ${per}${variants[0]!.cost && !isMeasured(unit) ? ` for ${variants[0]!.cost}` : ''}`
  )
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

test('[F12] a weight counts by the unit of its cell, its heading or its row; in one that nobody knows it is refused', () => {
  const weigh = (weight: string, heading = 'Weight', weightUnit = '') => {
    const { product, problems } = readProduct(
      [{ number: 2, cells: { name: 'Tea', price: '5', weight, weightUnit } }],
      { ...pass, headings: { weight: heading } },
      company,
    )
    return product ? String(Number(product.variants[0]!.weight) / 1_000_000) : problems.map((one) => one.problem).join()
  }
  const unknown = 'import.unknownWeight'
  const cases: [is: string, ...Parameters<typeof weigh>][] = [
    ['2', '2'],
    ['2000', '2', 'Weight', 'كجم'],
    ['2000', '2', 'Weight', 'kg.'],
    ['2000', '2', 'Weight', 'Kgs'],
    ['0.5', '500', 'Weight', 'mg'],
    [unknown, '2', 'Weight', 'stone'],
    [unknown, '2', 'Weight', 'l'],
    ['907.18474', '2', 'Weight lbs'],
    ['56.699046', '2', 'Weight oz'],
    ['2000', '2', 'Weight, kg'],
    ['2000', '2', 'Weight [KG]'],
    ['2000', '2', 'Вес (кг)'],
    ['2000', '2', 'Вес, кг'],
    ['2000', '2', 'الوزن (كجم)'],
    ['250', '250', 'Variant Grams', 'kg'],
    ['2', '2', 'Weight (net)'],
    [unknown, '2', 'Weight (stone)'],
    ['2000', '2', 'Weight (stone)', 'kg'],
    ['2500', '2.5 kg'],
    ['500', '500g', 'Weight (g)'],
    [unknown, '500g', 'Weight (kg)'],
    [unknown, '2 stone'],
    ['import.unreadable', 'heavy'],
  ]
  for (const [is, ...given] of cases) assert.equal(weigh(...given), is, given.join(' | '))
})

test('[F9] a comma or a slash inside a name cuts nothing where " > " parts the path', () => {
  const pathOf = (category: string, heading = 'Product Category') => {
    const headings = { category: heading }
    return readProduct([{ number: 2, cells: { name: 'Tea', price: '5', category } }], { ...pass, headings }, company).product
      ?.category
  }
  assert.deepEqual(pathOf('Food, Beverages & Tobacco > Beverages > Coffee'), ['Food, Beverages & Tobacco', 'Beverages', 'Coffee'])
  assert.deepEqual(pathOf('Home / Garden > Tools'), ['Home / Garden', 'Tools'])
  assert.deepEqual(pathOf('All / Food / Tea'), ['Food', 'Tea'])
  assert.deepEqual(pathOf('Clothing > Hoodies, Sale', 'Categories'), ['Clothing', 'Hoodies'])
  assert.deepEqual(pathOf('Food\\, drinks > Tea, Sale', 'Categories'), ['Food, drinks', 'Tea'])
  // One category under a heading of one; under one of several, any sign parts them.
  assert.deepEqual(pathOf('Tea, Coffee & Cocoa', 'Category'), ['Tea, Coffee & Cocoa'])
  assert.deepEqual(pathOf('Tea;Coffee', 'Category'), ['Tea;Coffee'])
  assert.deepEqual(pathOf('Tea, Coffee', 'Categories'), ['Tea'])
  assert.deepEqual(pathOf('Tea;Coffee', 'categories'), ['Tea'])
  assert.deepEqual(pathOf('Tea|Coffee', 'Product categories'), ['Tea'])
  assert.deepEqual(pathOf('Tea &amp; Coffee;Cocoa', 'Categories'), ['Tea & Coffee'])
  assert.deepEqual(pathOf('Clothing, Clothing > Hoodies, Sale', 'Categories'), ['Clothing', 'Hoodies'])
  // Magento has everything inside a root that is no category.
  const magento = 'Default Category,Default Category/Tops,Default Category/Tops/Tanks,Default Category/Sale'
  assert.deepEqual(pathOf(magento, 'categories'), ['Tops', 'Tanks'])
  assert.deepEqual(pathOf('Food/Drink', 'categories'), ['Food/Drink'])
})

test('[F13] words of a status that say neither for sale nor not are refused', () => {
  const sold = (cells: Record<string, string>) => {
    const { product, problems } = readProduct([{ number: 2, cells: { name: 'Tea', price: '5', ...cells } }], pass, company)
    return product ? (product.active ?? null) : problems.map((one) => `${one.field} ${one.problem}`).join()
  }
  for (const status of ['Not for sale', 'discontinued', 'hidden', 'unpublished', 'deleted', 'غير نشط', 'Draft', 'черновик', '0'])
    assert.equal(sold({ status }), false, status)
  for (const status of ['Active', 'publish', 'نشط', 'в продаже', 'yes']) assert.equal(sold({ status }), true, status)
  assert.equal(sold({}), null)
  assert.equal(sold({ status: 'seasonal' }), 'status import.unknownWord')
  assert.equal(sold({ published: 'perhaps' }), 'published import.unknownWord')
  assert.equal(sold({ disabled: 'N' }), true)
  assert.equal(sold({ disabled: 'true', status: 'active' }), false)
  assert.equal(sold({ disabled: 'later' }), 'disabled import.unknownWord')
  assert.equal(sold({ taxable: 'reduced' }), 'taxable import.unknownWord')
})

test('[N4] what is sold by the piece is priced by one: a fine price is refused, a fine cost is rounded', () => {
  for (const unit of [piece, null]) {
    assert.equal(kept('15', 'KES', { cost: '3.3333' }, unit), '1500 per 1 for 333')
    assert.equal(kept('15', 'KES', { cost: '3.33333333333333' }, unit), '1500 per 1 for 333')
    assert.equal(kept('15', 'KES', { cost: '2.99999999' }, unit), '1500 per 1 for 300')
    assert.equal(kept('15.000001', 'KES', {}, unit), 'catalog.product.tooFine')
    assert.equal(kept('0.0567', 'KES', {}, unit), 'catalog.product.tooFine')
    assert.equal(kept('5', 'KES', { cost: '0.0033' }, unit), 'catalog.product.tooFine', 'no cost is rounded to none')
  }
})

test('an average cost of what is weighed that no price unit keeps is refused, not rounded', () => {
  assert.equal(kept('15', 'KES', { cost: '3.33333333333333' }, gram), 'catalog.product.tooFine')
})

test('a variant that is not for sale by itself is told, for it will be sold with its product', () => {
  const row = (number: number, cells: Record<string, string>) => ({
    number,
    cells: { handle: 'tee', option1Name: 'Size', price: '5', ...cells },
  })
  const told = (published: [string, string]) =>
    readProduct(
      [
        row(2, { name: 'Tee', option1Value: 'S', sku: 'S', published: published[0] }),
        row(3, { option1Value: 'M', sku: 'M', published: published[1] }),
      ],
      pass,
      company,
    ).product?.warnings.map((one) => [one.row, one.field, one.problem])
  assert.deepEqual(told(['1', '-1']), [[3, 'published', 'catalog.productFile.variantOffered']])
  for (const fine of [
    ['1', '1'],
    ['1', ''],
    ['0', '0'],
    ['0', '1'],
  ] as [string, string][])
    assert.deepEqual(told(fine), [], fine.join())
})

test('a reduced price counts on its days only, and a price before that a file has no more is over', () => {
  const prices = (cells: Record<string, string>) => {
    const read = readProduct([{ number: 2, cells: { name: 'Mug', price: '45', ...cells } }], pass, company)
    const one = read.product?.variants[0]
    const show = (fine?: bigint | null) => (fine ? Number(fine) / 100_000 : fine)
    const said = [...read.problems, ...(read.product?.warnings ?? [])].map((each) => each.problem.split('.').at(-1))
    return [show(one?.price), show(one?.comparePrice), ...said]
  }
  const [now, not] = [
    [10, 45, 'reducedUntilChanged'],
    [45, null, 'notReducedNow'],
  ]
  const on = (reducedFrom: string, reducedTo: string) => prices({ salePrice: '10', reducedFrom, reducedTo })
  assert.deepEqual(on('2030-01-01', '2030-02-01'), not)
  assert.deepEqual(on('2020-01-01 00:00:00', '2020-02-01 23:59:59'), not)
  assert.deepEqual(on('', '29/11/2026'), not)
  assert.deepEqual(on('2026-12-01', ''), not)
  assert.deepEqual(on('2026-11-30', '2026-11-30'), now)
  assert.deepEqual(on('2026-01-01', ''), now)
  assert.deepEqual(on('', '2027-01-01'), now)
  assert.deepEqual(on('', ''), [10, 45])
  assert.deepEqual(on('2/1/20', ''), [undefined, undefined, 'ambiguous'])
  assert.deepEqual(on('soon', ''), [undefined, undefined, 'unreadable'])
  // Days of no reduced price say nothing.
  assert.deepEqual(prices({ salePrice: '', reducedFrom: 'soon', reducedTo: '' }), [45, null])
  const both = '2026-04-30T09:30-08:00/2026-05-30T23:59-08:00'
  assert.deepEqual(prices({ salePrice: '10', reducedDays: both }), not)
  // Without a regular price nothing is said of the price.
  assert.deepEqual(prices({ price: '', salePrice: '10', reducedTo: '2020-01-01' }), [undefined, undefined, 'notReducedNow'])
  assert.deepEqual(prices({}), [45, undefined])
  assert.deepEqual(prices({ comparePrice: '' }), [45, null])
  assert.deepEqual(prices({ price: '', comparePrice: '', cost: '5' }), [undefined, undefined])
})
