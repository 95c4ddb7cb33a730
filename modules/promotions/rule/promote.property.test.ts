import assert from 'node:assert/strict'
import { test } from 'node:test'
import { least, minor, most, shareOf, spread, sum, type Minor, type Rate } from '#kit/money.ts'
import { extend, qty, QTY_ONE, units } from '#kit/quantity.ts'
import { backOf, nothingGone, type Gone } from '#modules/returns/return/return.rules.ts'
import { aLine, aMoment, aRule } from './promote.factory.ts'
import { promote } from './promote.rules.ts'
import { idsOf, indexRules, promotionKinds, stepOf, steps, type PromotedLine, type Rule } from './rule.rules.ts'

/** A hundred thousand with `BASKETS=100000`, which takes half a minute. */
const BASKETS = Number(process.env['BASKETS'] ?? 20_000)

/** mulberry32: the same baskets every time. */
const chance = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

/** The plain way: every unit by itself, and rules written out once more. */
interface Unit {
  readonly at: number
  readonly ids: readonly string[]
  readonly line: PromotedLine
  readonly isWeighed: boolean
  price: bigint
  floor: bigint
  isServed: boolean
}
type Offs = Map<Unit, bigint>

function plainly(lines: readonly PromotedLine[], rules: readonly Rule[]): bigint[] {
  const sorted = lines.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const all = sorted.flatMap((line, at): Unit[] => {
    const isWeighed = line.quantity % QTY_ONE !== 0n
    const price = isWeighed ? extend(line.unitPrice, line.quantity, '1') : line.unitPrice
    const count = isWeighed ? 1 : Number(line.quantity / QTY_ONE)
    return Array.from({ length: count }, () => ({ at, ids: idsOf(line), line, isWeighed, price, floor: 0n, isServed: false }))
  })
  const before = sorted.map((_, at) => sum(all.filter((unit) => unit.at === at).map(({ price }) => price)))
  for (const step of steps) {
    const ofStep = rules.filter((rule) => stepOf(rule) === step)
    const sets = step === 'article' ? sorted.map((_, at) => all.filter((unit) => unit.at === at)) : [all]
    for (const set of sets) {
      const rated = ofStep.map((rule) => ({ rule, benefit: totalOf(offerPlainly(rule, set)) }))
      rated.sort((a, b) => b.rule.priority - a.rule.priority || Number(b.benefit - a.benefit) || (a.rule.id < b.rule.id ? -1 : 1))
      for (const { rule, benefit } of rated) {
        const offs = benefit > 0n ? offerPlainly(rule, set) : new Map<Unit, bigint>()
        if (totalOf(offs) === 0n) continue
        for (const [unit, off] of offs) {
          unit.price -= off
          unit.floor = floorOf(unit, rule)
          unit.isServed ||= rule.isExclusive
        }
      }
    }
  }
  const after = sorted.map((_, at) => sum(all.filter((unit) => unit.at === at).map(({ price }) => price)))
  return lines.map(({ key }) => {
    const at = sorted.findIndex((line) => line.key === key)
    return before[at]! - after[at]!
  })
}

const totalOf = (offs: Offs) => [...offs.values()].reduce((a, b) => a + b, 0n)
const forUnit = (unit: Unit, each: Minor) => (unit.isWeighed ? extend(each, unit.line.quantity, '1') : each)
const floorOf = (unit: Unit, rule: Rule) => most(minor(unit.floor), rule.floor === null ? minor(0) : forUnit(unit, rule.floor))
const roomOf = (unit: Unit, rule: Rule) => most(minor(0), minor(unit.price - floorOf(unit, rule)))
const has = (unit: Unit, ids: readonly string[]) => ids.length === 0 || ids.some((id) => unit.ids.includes(id))
const dear = (of: readonly Unit[]) => of.toSorted((a, b) => Number(b.price - a.price))

function offerPlainly(rule: Rule, set: readonly Unit[]): Offs {
  const targets = rule.targets.map(({ id }) => id)
  const free = set.filter((one) => !one.line.isPriceSet && !(rule.isExclusive && one.isServed))
  const mine = free.filter((one) => has(one, targets))
  const counted = mine.filter((one) => !one.isWeighed)
  const worth = (of: readonly Unit[]) => sum(of.map(({ price }) => price))
  const each = (off: (unit: Unit) => bigint): Offs =>
    new Map(mine.map((one) => [one, least(most(minor(0), minor(off(one))), roomOf(one, rule))]))
  const share = (rate: Rate): Offs => {
    const parts = spread(
      shareOf(worth(mine), rate),
      mine.map(({ price }) => price),
    )
    return new Map(mine.map((one, at) => [one, least(parts[at]!, roomOf(one, rule))]))
  }
  const together = (of: readonly Unit[], amount: bigint): Offs => {
    const offs: Offs = new Map()
    let open = set.filter((one) => of.includes(one))
    let rest = amount
    for (;;) {
      const parts = spread(
        least(minor(rest), sum(open.map((one) => roomOf(one, rule)))),
        open.map(({ price }) => price),
      )
      const over = open.filter((one, at) => parts[at]! > roomOf(one, rule))
      if (over.length === 0) {
        for (const [at, one] of open.entries()) offs.set(one, parts[at]!)
        return offs
      }
      for (const one of over) {
        offs.set(one, roomOf(one, rule))
        rest -= roomOf(one, rule)
      }
      open = open.filter((one) => !over.includes(one))
    }
  }
  const none: Offs = new Map()
  if (rule.kind === 'percentage') return share(rule.rate!)
  if (rule.kind === 'fixedPrice') return each((one) => one.price - forUnit(one, rule.amount!))
  if (rule.kind === 'amount')
    return stepOf(rule) === 'article' ? each((one) => forUnit(one, rule.amount!)) : together(mine, rule.amount!)
  if (rule.kind === 'spend') {
    if (worth(mine) < rule.atLeast!) return none
    return rule.rate === null ? together(mine, rule.amount!) : share(rule.rate)
  }
  if (rule.kind === 'anyFor') {
    const [n, group] = [Number(rule.buys), [] as Unit[]]
    const row = dear(counted)
    let gain = 0n
    for (let at = 0; at + n <= row.length && worth(row.slice(at, at + n)) > rule.amount!; at += n) {
      group.push(...row.slice(at, at + n))
      gain += worth(row.slice(at, at + n)) - rule.amount!
    }
    return gain > 0n ? together(group, gain) : none
  }
  if (rule.kind === 'buyGet') {
    const countable = free.filter((one) => !one.isWeighed)
    const getIds = rule.gets.length === 0 ? targets : rule.gets
    const [x, y] = [Number(rule.buys), Number(rule.gives)]
    // As often as it goes, by trying; what can be both is given only while enough is left to buy.
    for (let times = countable.length; times > 0; times--) {
      const given: Unit[] = []
      for (const one of countable.filter((unit) => has(unit, getIds)).toSorted((a, b) => Number(a.price - b.price))) {
        const buyable = countable.filter((unit) => has(unit, targets) && !given.includes(unit) && unit !== one).length
        if (given.length < times * y && (!has(one, targets) || buyable >= times * x)) given.push(one)
      }
      const bought = dear(countable.filter((unit) => has(unit, targets) && !given.includes(unit))).slice(0, times * x)
      if (given.length < times * y || bought.length < times * x) continue
      const gain = given.reduce((all, unit) => all + shareOf(minor(unit.price), rule.rate!), 0n)
      return gain > 0n ? together([...given, ...bought], gain) : none
    }
    return none
  }
  // A bundle: how often it goes is tried, the narrow part first.
  const parts = rule.targets
    .map(({ id, count }) => ({ id, count: Number(count), size: counted.filter((one) => has(one, [id])).length }))
    .toSorted((a, b) => a.size - b.size || (a.id < b.id ? -1 : 1))
  for (let times = counted.length; times > 0; times--) {
    const gone: Unit[] = []
    const chosen = parts.map(({ id, count }) => {
      const taken = dear(counted.filter((one) => has(one, [id]) && !gone.includes(one))).slice(0, times * count)
      gone.push(...taken)
      return taken
    })
    if (chosen.some((taken, at) => taken.length < times * parts[at]!.count)) continue
    const earned: Unit[] = []
    let gain = 0n
    for (let one = 0; one < times; one++) {
      const bundle = chosen.flatMap((taken, at) => taken.slice(one * parts[at]!.count, (one + 1) * parts[at]!.count))
      if (worth(bundle) <= rule.amount!) break
      earned.push(...bundle)
      gain += worth(bundle) - rule.amount!
    }
    return gain > 0n ? together(earned, gain) : none
  }
  return none
}

/** Small numbers, so that equal prices, rests of a cent and floors meet often. */
function aBasket(random: () => number): { lines: PromotedLine[]; rules: Rule[] } {
  const whole = (below: number) => Math.floor(random() * below)
  const oneOf = <T>(values: readonly T[]): T => values[whole(values.length)]!
  const ids = ['v-0', 'v-1', 'v-2', 'p-0', 'p-1', 'c-0', 'c-1', 'all']
  const lines = Array.from({ length: 1 + whole(5) }, (_, at) =>
    aLine(`${at}`, BigInt(oneOf([1 + whole(20), 100 * (1 + whole(9)), 1 + whole(5_000)])), {
      variant: `v-${whole(4)}`,
      product: `p-${at % 2}`,
      categories: [`c-${at % 2}`, 'all'],
      quantity: random() < 0.15 ? qty(1 + whole(3_000_000)) : units(1 + whole(5)),
      isPriceSet: random() < 0.05,
    }),
  ).map((line) => ({ ...line, product: `p-${line.variant.at(-1)}`, categories: [`c-${Number(line.variant.at(-1)) % 2}`, 'all'] }))
  const rules = Array.from({ length: 1 + whole(4) }, (_, at): Rule => {
    const kind = oneOf(promotionKinds)
    const byRate = kind === 'percentage' || kind === 'buyGet' || (kind === 'spend' && random() < 0.5)
    const targets = [...new Set(Array.from({ length: kind === 'bundle' ? 1 + whole(3) : whole(3) }, () => oneOf(ids)))]
    return aRule(`r${at}`, kind, {
      priority: whole(2),
      isExclusive: random() < 0.5,
      targets: targets.map((id) => ({ id, count: BigInt(1 + whole(2)) })),
      gets: kind === 'buyGet' && random() < 0.4 ? [oneOf(ids)] : [],
      buys: BigInt(1 + whole(3)),
      gives: BigInt(1 + whole(2)),
      rate: byRate ? (BigInt(oneOf([50_000, 333_333, 500_000, 1_000_000])) as Rate) : null,
      amount: byRate ? null : minor(1 + whole(oneOf([10, 500, 3_000]))),
      atLeast: kind === 'spend' ? minor(whole(3_000)) : null,
      floor: random() < 0.2 ? minor(whole(500)) : null,
      isByCoupon: random() < 0.15,
    })
  })
  return { lines, rules }
}

test(`${BASKETS} baskets: in any order of lines and rules the same, as when every unit is worked out by itself`, () => {
  const random = chance(20_261_201)
  const served = new Set<Rule['kind']>()
  for (let run = 0; run < BASKETS; run++) {
    const basket = aBasket(random)
    try {
      for (const kind of judge(basket)) served.add(kind)
    } catch (error) {
      // Written down only where it is needed: it is longer than the basket takes.
      const text = JSON.stringify({ run, ...basket }, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
      throw new Error(`${text}: ${String(error)}`, { cause: error })
    }
  }
  assert.deepEqual([...served].toSorted(), [...promotionKinds].toSorted())
})

/** @returns the kinds that gave something */
function judge({ lines, rules }: ReturnType<typeof aBasket>): Rule['kind'][] {
  const coupons = rules.flatMap(({ id, isByCoupon }) => (isByCoupon ? [{ code: id, rule: id, refusal: null }] : []))
  const moment = aMoment({ coupons })
  const { lines: promoted, benefit } = promote(lines, indexRules(rules), moment)
  const offs = promoted.map((one) => one.benefit)
  assert.equal(offs.join(), plainly(lines, rules).join())
  const told = (of: typeof promoted) =>
    of.map((one) => `${one.key} ${one.parts.map(({ rule, amount }) => `${rule} ${amount}`).join()}`).join()
  const turned = promote(lines.toReversed(), indexRules(rules.toReversed()), moment)
  assert.equal(told(turned.lines.toReversed()), told(promoted))
  assert.equal(benefit, sum(offs))
  for (const [index, { benefit: off, parts }] of promoted.entries()) {
    const line = lines[index]!
    const gross = extend(line.unitPrice, line.quantity, line.priceUnit)
    assert.equal(off, sum(parts.map(({ amount }) => amount)))
    assert.ok(off >= 0n && off <= gross && parts.every(({ amount }) => amount > 0n))
    if (off > 0n && line.quantity % QTY_ONE === 0n) addsUp(line, minor(gross - off), off)
  }
  return promoted.flatMap(({ parts }) => parts.map((part) => rules.find(({ id }) => id === part.rule)!.kind))
}

/** What is returned unit by unit gives back the line. */
function addsUp({ quantity }: PromotedLine, net: Minor, discount: Minor): void {
  let gone: Gone = nothingGone
  const sold = { quantity, net, tax: minor(0), discount, cost: minor(0) }
  for (let count = 0n; count < quantity; count += QTY_ONE) {
    const back = backOf(sold, gone, units(1))
    assert.ok(back.total >= 0n)
    gone = {
      gone: qty(gone.gone + QTY_ONE),
      total: minor(gone.total + back.total),
      tax: minor(0),
      discount: minor(gone.discount + back.discount),
      cost: minor(0),
    }
  }
  assert.equal(gone.total, net)
  assert.equal(gone.discount, discount)
}

test('no unit that a rule served costs less than its floor', () => {
  const random = chance(7)
  for (let run = 0; run < 5_000; run++) {
    const { lines, rules } = aBasket(random)
    const floored = rules.map((rule) => ({ ...rule, floor: minor(200) }))
    const { lines: promoted } = promote(lines, indexRules(floored), aMoment())
    for (const [index, { benefit }] of promoted.entries()) {
      const line = lines[index]!
      const at = (price: Minor) => extend(price, line.quantity, '1')
      if (benefit > 0n) assert.ok(at(line.unitPrice) - benefit >= at(minor(200)))
    }
  }
})
