import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aCompany } from '#test/harness.ts'
import { codeKey, gtinCheckDigit } from './barcode.ts'
import { foldText, hasWords } from './fold.ts'

const { database } = await aCompany()
const SCRIPTS: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x3ff],
  [0x400, 0x4ff],
  [0x590, 0x5f4],
  [0x600, 0x6ff],
  [0x900, 0x97f],
  [0x1e00, 0x1eff],
  [0x2100, 0x218b],
  [0x3040, 0x30ff],
  [0xac00, 0xad00],
  [0xfb50, 0xfdcf],
  [0xff01, 0xff5e],
]
const letter = fc
  .oneof(...SCRIPTS.map(([from, to]) => fc.integer({ min: from, max: to })))
  .map((code) => String.fromCodePoint(code))
const text = fc.array(letter, { maxLength: 30 }).map((all) => all.join(''))

/** What the database makes of many texts at once. */
async function inSql(rule: 'fold_text' | 'code_key', texts: readonly string[]): Promise<string[]> {
  const { rows } = await database.pool.query<{ made: string }>(
    `select ${rule}(t) as made from unnest($1::text[]) with ordinality as w(t, at) order by at`,
    [texts],
  )
  return rows.map((row) => row.made)
}

test('[Q2] the till and the database fold every text to the same', async () => {
  const texts = [...new Set(fc.sample(text, 5000))]
  const folded = await inSql('fold_text', texts)
  assert.deepEqual(
    texts.flatMap((one, index) => (foldText(one) === folded[index] ? [] : [[one, foldText(one), folded[index]]])),
    [],
  )
  for (const [one, same] of [
    ['Café Crème Noël', 'CAFE CREME NOEL'],
    ['إدارة', 'اداره'],
    ['مُحَمَّد', 'محمد'],
    ['مـــنى', 'مني'],
    ['١٢۳', '123'],
    ['Straße', 'STRASSE'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['İstanbul', 'istanbul'],
    ['Łódź', 'lodz'],
  ] as const)
    assert.equal(foldText(one), foldText(same), one)
})

test('[Q1] a GTIN is one number in 8, 12, 13 and 14 digits, for the till as for the database; other codes only lose their capitals', async () => {
  const gtin = fc
    .tuple(fc.constantFrom(7, 11, 12, 13), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 13 }))
    .map(([length, digits]) => digits.slice(0, length).join(''))
    .map((body) => body + gtinCheckDigit(body))
  const any = fc.oneof(gtin, fc.stringMatching(/^[ -~]{1,14}$/), fc.stringMatching(/^\d{8,14}$/))
  const codes = [...fc.sample(any, 3000), '036000291452', '0036000291452', '00036000291452', '٠٣٦٠٠٠٢٩١٤٥٢', ' ab-1 ', '0012']
  const keys = await inSql('code_key', codes)
  assert.deepEqual(
    codes.flatMap((code, index) => (codeKey(code) === keys[index] ? [] : [[code, codeKey(code), keys[index]]])),
    [],
  )
  assert.equal(new Set(keys.slice(-6, -2)).size, 1)
  assert.deepEqual(keys.slice(-2), ['ab-1', '0012'])
})

test('what is searched for in a page is found word by word, whichever way it is written', () => {
  assert.ok(hasWords('1100 إيرادات المبيعات', 'مبيعات ايرادات'))
  assert.ok(hasWords('5300 Café expenses', 'EXP cafe'))
  assert.ok(!hasWords('5300 Café expenses', 'cafe rent'))
})
