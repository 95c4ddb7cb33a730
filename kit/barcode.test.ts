import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embeddedPatterns, gtinCheckDigit, isGtin, readEmbedded, toGtin14, writeEmbedded } from './barcode.ts'

test('check digits of GTIN-8 to SSCC', () => {
  for (const [body, digit] of [
    ['629104150021', '3'],
    ['400638133393', '1'],
    ['590123412345', '7'],
    ['9638507', '4'],
    ['61414112345', '2'],
    ['00614141123456789', '0'],
    ['12345678901234567', '5'],
  ] as const) {
    assert.equal(gtinCheckDigit(body), digit)
  }
  assert.ok(isGtin('6291041500213'))
  assert.ok(!isGtin('6291041500214'))
  assert.equal(toGtin14('96385074'), '00000096385074')
})

test('in-store codes carry a price or a weight', () => {
  assert.deepEqual(readEmbedded('2012345004993'), { item: '12345', price: 499n })
  assert.deepEqual(readEmbedded('2112345012506'), { item: '12345', weight: 1_250_000n })
  assert.deepEqual(readEmbedded('0200123003456'), { item: '00123', price: 345n })
  assert.equal(readEmbedded('6291041500213'), null)
  assert.equal(writeEmbedded(embeddedPatterns[1]!, '12345', 1250), '2112345012506')
})
