import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escpos, rasterStrips } from './escpos.ts'

const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ')

test('the bytes are those of the published vectors', () => {
  for (const [bytes, expected] of [
    [escpos.init(), '1B 40'],
    [escpos.drawer(), '1B 70 30 3C 78'],
    [escpos.cut(3, 'full'), '1D 56 41 03'],
    [escpos.cut(), '1D 56 42 03'],
    [escpos.size(2, 2), '1D 21 11'],
    [escpos.ean13('6291041500213'), '1D 6B 43 0D 36 32 39 31 30 34 31 35 30 30 32 31 33'],
    [escpos.code128('PROD-1001'), '1D 6B 49 0B 7B 42 50 52 4F 44 2D 31 30 30 31'],
    [escpos.rasterHead(384, 24), '1D 76 30 00 30 00 18 00'],
    [escpos.qr('https://e.ke/r/1').slice(0, 25), '1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31'],
    [escpos.qr('https://e.ke/r/1').slice(25, 33), '1D 28 6B 13 00 31 50 30'],
    [escpos.qr('https://e.ke/r/1').slice(49), '1D 28 6B 03 00 31 51 30'],
  ] as const) {
    assert.equal(hex(bytes), expected)
  }
})

test('a long picture goes in strips', () => {
  const strips = [...rasterStrips({ bytes: new Uint8Array(2 * 300), width: 16, height: 300 })]
  assert.deepEqual(
    strips.map(({ length }) => length),
    [8, 2 * 256, 8, 2 * 44],
  )
})
