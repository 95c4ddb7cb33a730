import assert from 'node:assert/strict'
import { test } from 'node:test'
import { otherCurrencyIn, saysCurrency, scaleIn, taxOf, withoutCurrency, withoutScale, withoutTax } from './heading.ts'

test('a heading names its currency anywhere, by code, name or sign', () => {
  for (const [heading, called, rest] of [
    ['Price (USD)', 'USD', 'Price'],
    ['Price [USD]', 'USD', 'Price'],
    ['Price USD', 'USD', 'Price'],
    ['Price usd', 'USD', 'Price'],
    ['USD Price', 'USD', 'Price'],
    ['Price_EUR', 'EUR', 'Price'],
    ['price_eur', 'EUR', 'price'],
    ['priceUsd', 'USD', 'price'],
    ['PriceUSD', 'USD', 'Price'],
    ['USDPrice', 'USD', 'Price'],
    ['Price in EUR', 'EUR', 'Price'],
    ['Price, EUR', 'EUR', 'Price'],
    ['Price-EUR', 'EUR', 'Price'],
    ['Price/EUR', 'EUR', 'Price'],
    ['PRICE EUR', 'EUR', 'PRICE'],
    ['Price $', '$', 'Price'],
    ['$ Price', '$', 'Price'],
    ['Price ($)', '$', 'Price'],
    ['Price €', 'EUR', 'Price'],
    ['Unit Price (US$)', 'USD', 'Unit Price'],
    ['Variant Price EUR', 'EUR', 'Variant Price'],
    ['Price (EUR) incl. tax', 'EUR', 'Price  incl. tax'],
    ['Price (Tsh)', 'TZS', 'Price'],
    ['Price in dollars', 'dollars', 'Price'],
    ['Price (ALL)', 'ALL', 'Price'],
    ['Prix (fr)', 'fr', 'Prix'],
    ['السعر (د.إ)', 'AED', 'السعر'],
    ['السعر بالدولار', 'USD', 'السعر'],
    ['Цена, руб.', 'руб.', 'Цена'],
  ] as const) {
    assert.equal(otherCurrencyIn(heading, 'KES'), called, heading)
    assert.equal(withoutCurrency(heading), rest, heading)
  }
})

test('the company’s own currency, or a sign that it shares, is no other', () => {
  for (const heading of ['Price', 'Price (KES)', 'KES price', 'Price KSh', 'Price (Ksh)', 'Price (Sh.)', 'Price [Main Street]'])
    assert.equal(otherCurrencyIn(heading, 'KES'), undefined, heading)
  assert.equal(otherCurrencyIn('Price $', 'USD'), undefined)
  assert.equal(otherCurrencyIn('السعر بالدولار', 'USD'), undefined)
  assert.equal(otherCurrencyIn('Price £', 'EGP'), undefined)
  assert.equal(otherCurrencyIn('Price (USD) KES', 'KES'), 'USD', 'two at once are not guessed')
  assert.equal(otherCurrencyIn('السعر (د.إ)', 'AED'), undefined)
  assert.ok(saysCurrency('Price KSh', 'KES') && !saysCurrency('Price', 'KES'))
})

test('words that happen to be codes are words', () => {
  for (const heading of [
    'Price per cup',
    'Price of all',
    'ALL PRICES',
    'PRICE PER CUP',
    'Top price',
    'Price, try it',
    'Le prix normal',
    'Price [All stores]',
    'Cost per item',
    'Price per 100 g',
    'Price (excl. VAT)',
    'MSRP',
    'RRP',
  ])
    assert.deepEqual([otherCurrencyIn(heading, 'KES'), withoutCurrency(heading)], [undefined, heading])
})

test('a heading says whether its prices hold their tax', () => {
  const headings = [
    'Price (excl. VAT)',
    'Price tax excluded',
    'price_excl_tax',
    'Price ex GST',
    'السعر بدون الضريبة',
    'Цена без НДС',
    'Bei bila VAT',
    'Price (incl. VAT)',
    'Tax included price',
    'السعر شامل الضريبة',
    'Цена с НДС',
    'Bei pamoja na kodi',
    'Price',
    'Tax',
    'VAT',
    'Expected price',
  ]
  assert.deepEqual(headings.map(taxOf), [
    ...Array.from({ length: 7 }, () => 'outside'),
    ...Array.from({ length: 5 }, () => 'inside'),
    ...Array.from({ length: 4 }, () => undefined),
  ])
  assert.deepEqual(['Price (excl. VAT)', 'price_tax_included', 'Selling price'].map(withoutTax), [
    'Price',
    'price',
    'Selling price',
  ])
})

test('prices without their tax are told by any of the ways in which people say so', () => {
  const outside =
    'Selling price (exc VAT)|Price (exc. VAT)|Price (excluding 16% VAT)|Price exc. tax|Price ex-VAT|Price w/o VAT|Net price|Price (net)|Price (excl)|Price (no VAT)|Price (pre-tax)|Price (+VAT)|VAT not included|SalePriceExTax|Prix (HT)|Prix H.T.|السعر (صافي)|السعر غير شامل ضريبة القيمة المضافة|Цена, НДС не включён|Bei kabla ya kodi'
  const inside =
    'Price (gross)|Gross price|Price inc GST|Price (incl. of all taxes)|SalePriceIncTax|Prix TTC|السعر (شامل)|Цена (вкл. НДС)|Bei yenye kodi'
  const neither = 'Net weight|Gross weight (kg)|Price per gross|Next price|Text|Price (ex works)|Internet price|Tax %|VAT rate'
  for (const heading of outside.split('|')) assert.equal(taxOf(heading), 'outside', heading)
  for (const heading of inside.split('|')) assert.equal(taxOf(heading), 'inside', heading)
  for (const heading of neither.split('|')) assert.deepEqual([taxOf(heading), withoutTax(heading)], [undefined, heading], heading)
  assert.deepEqual(['Net price', 'Price (gross)', 'Price (excluding 16% VAT)', 'السعر (صافي)'].map(withoutTax), [
    'price',
    'Price',
    'Price',
    'السعر',
  ])
})

test('a heading says what its amounts are counted in, other than the currency', () => {
  const headings =
    "Price (cents)|Price [fils]|price_in_cents|priceInCents|Price (thousands)|Price (in thousands)|Price (KES '000)|السعر (بالآلاف)|Цена, тыс. руб.|Bei (elfu)"
  for (const heading of headings.split('|')) {
    assert.ok(scaleIn(heading), heading)
    assert.match(withoutScale(withoutCurrency(heading)), /^(?:Price|price|السعر|Цена|Bei)$/, heading)
  }
  for (const heading of 'Price|Price per 1,000|Price (1,000)|Price per 1000 g|Price per thousand|Recents|Percentage'.split('|'))
    assert.deepEqual([scaleIn(heading), withoutScale(heading)], [undefined, heading], heading)
})
