import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { couldBe, currenciesOf, shownCurrency } from './currency-codes.ts'
import { isCurrencyName, shopNames } from './currency-names.ts'
import { markOf, markOfLanguage, readDecimal, type DecimalMark } from './decimal.ts'
import { parseAmount } from './money.ts'

const money = (text: string, mark?: DecimalMark, scale = 2) => {
  const read = readDecimal(text, { scale, mark })
  return read.kind === 'value' ? read.value : read.kind === 'ambiguous' ? read.readings.join(' or ') : read.kind
}

const ours = (currency: string) => (named: string) => couldBe(named, currency)

test('[N1] a comma or dot with one or two digits behind it is the decimal sign; both signs are clear', () => {
  for (const [text, value] of [
    ['12,50', 1250n],
    ['2,4', 240n],
    ['12.50', 1250n],
    ['1.250,00', 125000n],
    ['1,250.00', 125000n],
    ['1,250,000', 125000000n],
    ['1.250.000,5', 125000050n],
    ['1,00,000.50', 10000050n],
    ['0,250', 25n],
    ['1234,5', 123450n],
    ['1234.500', 123450n],
    ['-12,50', -1250n],
    ['(12.50)', -1250n],
    ['12,50-', -1250n],
    ['−12,50', -1250n],
    ['5.', 500n],
  ] as const)
    assert.equal(money(text), value, text)
})

test('[N1] what can be read two ways comes back with both readings until something settles it', () => {
  assert.equal(money('1,250'), '1250 or 1.250')
  assert.equal(money('1.250'), '1250 or 1.250')
  assert.equal(money('-1,250'), '-1250 or -1.250')
  assert.equal(money('1,250', '.'), 125000n)
  assert.equal(money('1,250', ','), 125n)
  assert.equal(money('1.250', ','), 125000n)
  // Kuwait has three decimals, so there as well it could be either.
  assert.equal(money('1,250', undefined, 3), '1250 or 1.250')
  assert.equal(money('1,250', ',', 3), 1250n)
  // No currency without decimals has half a unit.
  assert.equal(money('1,250', undefined, 0), 1250n)
  assert.equal(money('1,000', undefined, 0), '1000 or 1.000')
  assert.equal(money('1,255', ','), 'tooFine')
})

test('[N1] the other values of a column settle it, unless they contradict each other', () => {
  assert.equal(markOf(['1,250', '12,50'], 2), ',')
  assert.equal(markOf(['1.250', '12,50', ''], 2), ',')
  assert.equal(markOf(['1,250', '1,250,000'], 2), '.')
  assert.equal(markOf(['1,250', '3'], 2), null)
  assert.equal(markOf(['1,250', '12,50', '12.50'], 2), null)
  assert.deepEqual(['en', 'ar', 'sw', 'de', 'ru', 'pt-BR'].map(markOfLanguage), ['.', '.', '.', ',', ',', ','])
})

test('[N2] Arabic and Persian digits, and every space and apostrophe between thousands', () => {
  for (const text of ['١٢٫٥', '۱۲٫۵', '١٢,٥', '١٢،٥', '12٫5', '\u200f١٢٫٥\u200f']) assert.equal(money(text), 1250n, text)
  for (const space of [' ', '\u00a0', '\u202f', '\u2009', "'", '’', '٬'])
    assert.equal(money(`1${space}234${space}567,50`), 123456750n, JSON.stringify(space))
  assert.equal(money('١٬٢٣٤٫٥٠'), 123450n)
})

test('[N3] decimals without a nought before them', () => {
  for (const text of ['.5', ',5', '0.5', '٫٥']) assert.equal(money(text), 50n, text)
  assert.equal(money(',250'), 25n)
})

test('a currency beside the amount is taken off, another one than the company’s is refused', () => {
  for (const text of ['Ksh 1 250,00', 'KES1,250.00', '1,250.00 KES', 'KSh.1,250.00', '1,250.00/=', '1,250.00/-', 'Shs 1,250.00'])
    assert.deepEqual(readDecimal(text, { scale: 2, isOurs: ours('KES') }).kind, 'value', text)
  for (const text of ['ر.س 12.50', '12.50 ر.س.', 'SAR 12.50', '12,50 SR'])
    assert.deepEqual(readDecimal(text, { scale: 2, isOurs: ours('SAR') }), {
      kind: 'value',
      value: 1250n,
      mark: text.includes(',') ? ',' : '.',
    })
  assert.equal(readDecimal('Rs. 1,250.00', { scale: 2, isOurs: ours('INR') }).kind, 'value')
  assert.deepEqual(readDecimal('USD 12', { scale: 2, isOurs: ours('KES') }), { kind: 'otherCurrency', named: 'USD' })
  assert.equal(money('-$12.50'), -1250n)
  assert.equal(money('$-12.50'), -1250n)
})

test('every name of a currency stands for some', () => {
  for (const name of ['KES', 'Ksh', 'Rs.', 'US$', 'د.إ', '$', '₿']) assert.ok(isCurrencyName(name), name)
  for (const name of shopNames.trim().split(/\s+/)) assert.notDeepEqual(currenciesOf(name) ?? [], [], name)
  for (const name of ['', 'pcs', 'kg']) assert.equal(isCurrencyName(name), false, name)
})

test('a sign that several currencies share is taken only where the company’s is one of them', () => {
  const read = (text: string, currency: string) => {
    const found = readDecimal(text, { scale: 2, isOurs: ours(currency) })
    return found.kind === 'otherCurrency' ? shownCurrency(found.named) : found.kind
  }
  for (const [text, fitting, other, called] of [
    ['$5', 'USD', 'KES', '$'],
    ['5 $', 'NAD', 'EUR', '$'],
    ['US$ 5', 'USD', 'NAD', 'USD'],
    ['£5', 'EGP', 'KES', '£'],
    ['¥5', 'CNY', 'KES', '¥'],
    ['kr 5', 'SEK', 'KES', 'kr'],
    ['Rs. 1,250.00', 'INR', 'KES', 'Rs'],
    ['Sh 5', 'UGX', 'EUR', 'Sh'],
    ['5 dh', 'MAD', 'KES', 'dh'],
    ['٥ دينار', 'KWD', 'KES', 'دينار'],
    ['Br 5', 'ETB', 'KES', 'Br'],
    ['₺5', 'TRY', 'KES', 'TRY'],
  ] as const) {
    assert.equal(read(text, fitting), 'value', text)
    assert.equal(read(text, other), called, text)
  }
  assert.equal(read('₿5', 'KES'), '₿', 'a sign that nobody knows is not ours')
  assert.equal(read('¤5', 'KES'), 'value', 'the sign for any currency')
})

test('what is no number, or no longer a whole one, is none', () => {
  for (const text of [
    '',
    ' ',
    '.',
    ',',
    'five',
    '12 50',
    '1,2,3',
    '1.2.3',
    '1,250.00,0',
    '12.5x',
    '12 pcs',
    '--1',
    '$12$',
    '1/2',
    'Rs.50',
    "1''000",
    '1e',
  ])
    assert.equal(money(text), 'none', text)
  assert.equal(money('3.65275E+11'), 'rounded')
  assert.equal(money('0.005678'), 'tooFine')
  assert.equal(money('9'.repeat(61)), 'none')
})

/** Every way in which somebody may write an amount of so many minor units. */
const written = fc
  .record({
    value: fc.bigInt(0n, 10n ** 13n),
    scale: fc.constantFrom(0, 2, 3, 6),
    negative: fc.boolean(),
    mark: fc.constantFrom<DecimalMark[]>('.', ','),
    group: fc.constantFrom('', 'other', ' ', '\u00a0', '\u202f', "'", '’'),
    digits: fc.constantFrom('latn', 'arab', 'arabext'),
    keep: fc.integer({ min: 0, max: 6 }),
    around: fc.constantFrom('', 'KES ', 'Ksh', ' KES', '/='),
    bareFraction: fc.boolean(),
  })
  .map((one) => {
    const text = one.value.toString().padStart(one.scale + 1, '0')
    const whole = text.slice(0, text.length - one.scale)
    let fraction = text.slice(text.length - one.scale)
    while (fraction.length > one.keep && fraction.endsWith('0')) fraction = fraction.slice(0, -1)
    const sign = one.group === 'other' ? (one.mark === '.' ? ',' : '.') : one.group
    const grouped = sign === '' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, sign)
    // "Ksh.50" alone is refused: its dot could close the name.
    const shown = one.bareFraction && one.around !== 'Ksh' && whole === '0' && fraction ? '' : grouped
    const number = fraction ? shown + one.mark + fraction : shown
    const base = { latn: 0x30, arab: 0x660, arabext: 0x6f0 }[one.digits]
    const local = number.replace(/\d/g, (digit) => String.fromCodePoint(base + Number(digit)))
    const named = one.around.startsWith(' ') || one.around.startsWith('/') ? local + one.around : one.around + local
    return { ...one, text: one.negative ? `-${named}` : named, is: one.negative ? -one.value : one.value }
  })

test('an amount written in any of these ways is read back exactly, or is told to be ambiguous: never another number', () => {
  fc.assert(
    fc.property(written, ({ text, scale, is, mark }) => {
      const read = readDecimal(text, { scale, isOurs: ours('KES') })
      if (read.kind === 'ambiguous') {
        const readings = read.readings.map((one) => parseAmount(one, scale, '.'))
        assert.ok(readings.includes(is as never), `${text}: ${read.readings.join(' or ')}`)
      } else assert.deepEqual(read.kind === 'value' ? read.value : read.kind, is, text)
      const settled = readDecimal(text, { scale, isOurs: ours('KES'), mark })
      assert.deepEqual(settled.kind === 'value' ? settled.value : settled.kind, is, `${text} with ${mark}`)
    }),
    { numRuns: 3000 },
  )
})

test('no text, however hostile, takes long or breaks the reader', () => {
  const started = performance.now()
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,' ٫٬-+()eE$KES/=\u00a0ر") }), (text) => {
      const { kind } = readDecimal(text, { scale: 2 })
      assert.ok(kind)
    }),
    { numRuns: 3000 },
  )
  for (const one of ['1,', '1.', "1'", '1 ', 'a', '-', '(', '٫']) readDecimal(one.repeat(1_000_000), { scale: 2 })
  assert.ok(performance.now() - started < 10_000)
})
