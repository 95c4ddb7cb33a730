import assert from 'node:assert/strict'
import { test } from 'node:test'
import { otherCurrencyIn, saysCurrency, taxOf, withoutCurrency, withoutTax } from './heading.ts'

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
