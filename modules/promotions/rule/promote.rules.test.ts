import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minor, sum, type Rate } from '#kit/money.ts'
import { extend, qty, units } from '#kit/quantity.ts'
import { backOf, nothingGone } from '#modules/returns/return/return.rules.ts'
import { aLine, aMoment, aRule } from './promote.factory.ts'
import { promote } from './promote.rules.ts'
import { codeOf, indexRules, isOpen, type PromotedLine, type Rule } from './rule.rules.ts'

const TENTH = 100_000n as Rate
const ALL = 1_000_000n as Rate
const all = [{ id: 'all', count: 1n }]
const benefits = (lines: readonly PromotedLine[], rules: readonly Rule[], more = {}) =>
  promote(lines, indexRules(rules), aMoment(more)).lines.map(({ benefit }) => benefit)
/** What each line costs in the end. */
const cost = (lines: readonly PromotedLine[], rules: readonly Rule[], more = {}) => {
  const off = benefits(lines, rules, more)
  return lines.map((line, index) => extend(line.unitPrice, line.quantity, line.priceUnit) - off[index]!)
}

test('[C7] what is given with what is bought is paid by all of them, and each returned unit gives back what it cost', () => {
  const rule = aRule('2+1', 'buyGet', { rate: ALL, targets: all })
  const three = aLine('a', 9_000n, { quantity: units(3) })
  assert.deepEqual(cost([three], [rule]), [18_000n])
  const line = { quantity: units(3), net: minor(18_000n), tax: minor(0), discount: minor(9_000n), cost: minor(0) }
  assert.equal(backOf(line, nothingGone, units(2)).total, 12_000n)
  assert.deepEqual(cost([aLine('a', 10_000n), aLine('b', 7_000n), aLine('c', 4_000n)], [rule]), [8_095n, 5_667n, 3_238n])
})

test('[C8] an amount off everything is spread to the cent', () => {
  const rule = aRule('50 off', 'amount', { amount: minor(5_000n), isExclusive: false })
  assert.deepEqual(benefits([aLine('a', 3_333n), aLine('b', 3_333n), aLine('c', 3_334n)], [rule]), [1_667n, 1_666n, 1_667n])
})

test('[C9] one exclusive rule a unit; what takes from the basket comes later and keeps the floor', () => {
  const rules = [
    aRule('eighty', 'fixedPrice', { amount: minor(8_000n), targets: all }),
    aRule('tenth', 'percentage', { rate: TENTH, targets: all }),
  ]
  const basket = aRule('basket', 'percentage', { rate: 50_000n as Rate, isExclusive: false })
  const line = [aLine('a', 10_000n)]
  assert.deepEqual(cost(line, rules), [8_000n])
  assert.deepEqual(cost(line, [...rules, basket]), [7_600n])
  assert.deepEqual(cost(line, [...rules, { ...basket, floor: minor(7_800n) }]), [7_800n])
  assert.deepEqual(cost(line, [{ ...rules[0]!, floor: minor(7_800n) }, rules[1]!, basket]), [7_800n])
  assert.deepEqual(cost(line, [rules[0]!, { ...rules[1]!, priority: 1 }]), [9_000n])
})

test('each article takes the rule that is best for it, however much another gives elsewhere', () => {
  const wide = aRule('a wide', 'percentage', { rate: TENTH, targets: all })
  const narrow = aRule('b narrow', 'percentage', { rate: 200_000n as Rate, targets: [{ id: 'p-a', count: 1n }] })
  assert.deepEqual(benefits([aLine('a', 1_000n), aLine('b', 100_000n)], [wide, narrow]), [200n, 10_000n])
})

test('[C11] hours and days are those of the place: the last hour is over at its first second, the last day counts whole', () => {
  const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime('Africa/Nairobi').toInstant()
  const clock = { timeZone: 'Africa/Nairobi', cutOffHour: 4 }
  const open = (rule: Partial<Rule>, text: string) => isOpen(aRule('r', 'amount', rule), at(text), clock)
  const happy = { hourFrom: '17:00', hourTo: '19:00' }
  assert.deepEqual(
    ['16:59:59', '17:00:00', '18:59:59', '19:00:00'].map((time) => open(happy, `2026-12-01T${time}`)),
    [false, true, true, false],
  )
  const year = { to: '2026-12-31' }
  // The business day of the 31st ends at four in the morning.
  assert.deepEqual(
    ['2026-12-31T00:00:00', '2026-12-31T23:59:59', '2027-01-01T03:59:59', '2027-01-01T04:00:00'].map((day) => open(year, day)),
    [true, true, true, false],
  )
  // 4 December 2026 is a Friday.
  const night = { hourFrom: '22:00', hourTo: '06:00', weekdays: [5] }
  assert.deepEqual(
    ['2026-12-04T05:00:00', '2026-12-04T22:00:00', '2026-12-05T05:59:59', '2026-12-05T06:00:00', '2026-12-05T23:00:00'].map(
      (day) => open(night, day),
    ),
    [false, true, true, false, false],
  )
})

test('a line is judged at the moment it was added', () => {
  const rule = aRule('happy', 'percentage', { rate: TENTH, targets: all, hourFrom: '17:00', hourTo: '19:00' })
  const added = (time: string) => ({ addedAt: Temporal.Instant.from(`2026-12-01T${time}+03:00`) })
  assert.deepEqual(benefits([aLine('a', 1_000n, added('18:59:59')), aLine('b', 1_000n, added('19:00:00'))], [rule]), [100n, 0n])
})

test('what repeats gives once for each: six of "2 and 1" give two, seven no more', () => {
  const rule = aRule('2+1', 'buyGet', { rate: ALL, targets: all })
  for (const [count, given] of [
    [2n, 0n],
    [3n, 1n],
    [5n, 1n],
    [6n, 2n],
    [7n, 2n],
    [3_000n, 1_000n],
  ] as const)
    assert.deepEqual(benefits([aLine('a', 100n, { quantity: units(count) })], [rule]), [given * 100n])
})

test('what is given may be other goods, and a part of their price', () => {
  const rule = aRule('shirt and tie', 'buyGet', {
    targets: [{ id: 'p-shirt', count: 1n }],
    gets: ['p-tie'],
    buys: 1n,
    rate: 500_000n as Rate,
  })
  assert.deepEqual(cost([aLine('shirt', 3_000n), aLine('tie', 1_000n)], [rule]), [2_625n, 875n])
  assert.deepEqual(cost([aLine('tie', 1_000n)], [rule]), [1_000n])
  // What can be bought and given is bought where nothing else is.
  const both = { ...rule, targets: all, rate: ALL }
  assert.deepEqual(cost([aLine('tie', 1_000n), aLine('other', 500n)], [both]), [333n, 167n])
})

test('any three for a price, the dearest together, and never dearer than apart', () => {
  const rule = aRule('3 for 100', 'anyFor', { buys: 3n, amount: minor(10_000n), targets: all })
  const lines = [6_000n, 5_000n, 4_000n, 3_000n, 2_000n, 1_000n].map((price, index) => aLine(`${index}`, price))
  assert.deepEqual(cost(lines, [rule]), [4_000n, 3_333n, 2_667n, 3_000n, 2_000n, 1_000n])
})

test('a bundle takes one of each part, and the narrow part does not go to the wide one', () => {
  const rule = aRule('set', 'bundle', {
    amount: minor(3_000n),
    targets: [
      { id: 'p-a', count: 1n },
      { id: 'all', count: 1n },
    ],
  })
  assert.deepEqual(cost([aLine('a', 3_000n, { quantity: units(2) }), aLine('b', 1_000n, { quantity: units(2) })], [rule]), [
    4_500n,
    1_500n,
  ])
  assert.deepEqual(cost([aLine('a', 3_000n)], [rule]), [3_000n])
})

test('from a spend: once it is reached after what took before it', () => {
  const spend = aRule('spend', 'spend', { atLeast: minor(10_000n), amount: minor(1_000n), isExclusive: false })
  assert.deepEqual(benefits([aLine('a', 6_000n), aLine('b', 3_999n)], [spend]), [0n, 0n])
  assert.deepEqual(benefits([aLine('a', 6_000n), aLine('b', 4_000n)], [spend]), [600n, 400n])
  const before = aRule('before', 'percentage', { rate: TENTH, targets: [{ id: 'p-a', count: 1n }] })
  assert.deepEqual(benefits([aLine('a', 6_000n), aLine('b', 4_000n)], [spend, before]), [600n, 0n])
})

test('what is weighed takes a share, a price and an amount, and is never counted; a price by hand takes nothing', () => {
  const weighed = aLine('a', 1_000n, { quantity: qty(1_500_000n) })
  const rules = [aRule('tenth', 'percentage', { rate: TENTH, targets: all })]
  assert.deepEqual(benefits([weighed], rules), [150n])
  assert.deepEqual(benefits([weighed], [aRule('price', 'fixedPrice', { amount: minor(800n), targets: all })]), [300n])
  assert.deepEqual(benefits([weighed], [aRule('off', 'amount', { amount: minor(100n), targets: all })]), [150n])
  const pair = aRule('1+1', 'buyGet', { buys: 1n, rate: ALL, targets: all })
  assert.deepEqual(benefits([weighed, aLine('b', 500n)], [pair]), [0n, 0n])
  assert.deepEqual(benefits([{ ...weighed, isPriceSet: true }], rules), [0n])
})

test('groups and places; a coupon says why it gave nothing', () => {
  const rule = (id: string, more: Partial<Rule>) =>
    aRule(id, 'percentage', { rate: TENTH, isByCoupon: true, isExclusive: false, ...more })
  const rules = [
    rule('good', { word: 'WELCOME' }),
    rule('there', { places: ['there'] }),
    rule('traders', { groups: ['traders'] }),
    rule('shoes', { targets: [{ id: 'shoes', count: 1n }] }),
    rule('night', { hourFrom: '22:00', hourTo: '23:00' }),
    aRule('much', 'spend', { rate: TENTH, atLeast: minor(1_000_000n), isByCoupon: true }),
    rule('kept', { floor: minor(900n) }),
  ]
  const shown = [...rules.map(({ id }) => id), 'good', 'gone'].map((id) => ({ code: id, rule: id, refusal: null }))
  const coupons = [...shown, { code: 'X', rule: null, refusal: null }, { code: 'Y', rule: 'good', refusal: 'used' as const }]
  const { coupons: judged, lines } = promote([aLine('a', 1_000n)], indexRules(rules), aMoment({ coupons }))
  assert.deepEqual(
    judged.map(({ refusal }) => refusal),
    [
      null,
      'elsewhere',
      'otherCustomers',
      'noArticle',
      'notNow',
      'tooLittle',
      'noBenefit',
      'twice',
      'notRunning',
      'unknown',
      'used',
    ],
  )
  assert.deepEqual(lines[0]!.parts, [{ rule: 'good', version: 1, amount: 100n }])
  assert.equal(judged[0]!.amount, 100n)
  assert.equal(sum(benefits([aLine('a', 1_000n)], rules)), 0n)
  assert.equal(indexRules(rules).byWord.get(codeOf(' wel-come'))?.rule.id, 'good')
  const traders = aRule('t', 'percentage', { rate: TENTH, groups: ['traders'], places: ['here'] })
  assert.deepEqual(benefits([aLine('a', 1_000n)], [traders]), [0n])
  assert.deepEqual(benefits([aLine('a', 1_000n)], [traders], { customerGroup: 'traders' }), [100n])
})
