import { minor, shareOf, type Minor } from '#kit/money.ts'
import type { IndexedRule, Rule } from './rule.rules.ts'
import {
  byUnit,
  cheapestFirst,
  countOf,
  dearestFirst,
  piecesOf,
  priceEach,
  takeAmount,
  takeEach,
  takeFirst,
  takeShare,
  worthOf,
  type Cut,
  type Piece,
  type Run,
} from './unit.rules.ts'

type Ids = readonly (readonly string[])[]

/**
 * What a rule would take from these runs, which are all that it may take from, in the order of units.
 * @param ids of each line: its variant, product and categories
 */
export function offer(one: IndexedRule, runs: readonly Run[], ids: Ids): Cut[] {
  const { rule, step } = one
  const all = piecesOf(runs)
  const counted = all.filter(({ run }) => !run.isWeighed)
  switch (rule.kind) {
    case 'percentage':
      return takeShare(all, rule, rule.rate!)
    case 'amount':
      // For an article it is off each unit; for a basket, and for a coupon, it is given once.
      return step === 'article' ? takeEach(all, rule, rule.amount!) : takeAmount(all, rule, rule.amount!)
    case 'fixedPrice':
      return priceEach(all, rule, rule.amount!)
    case 'spend':
      if (worthOf(all) < rule.atLeast!) return []
      return rule.rate === null ? takeAmount(all, rule, rule.amount!) : takeShare(all, rule, rule.rate)
    case 'buyGet':
      return spreadGift(rule, gift(one, counted, ids))
    case 'anyFor':
      return spreadGift(rule, groups(rule, counted))
    case 'bundle':
      return spreadGift(rule, bundles(rule, counted, ids))
  }
}

/** Units that earn something together, and what. */
interface Earned {
  readonly units: readonly Piece[]
  readonly benefit: Minor
}

const spreadGift = (rule: Rule, { units, benefit }: Earned): Cut[] =>
  benefit > 0n ? takeAmount(units.toSorted(byUnit), rule, benefit) : []

const isOneOf = (targets: ReadonlySet<string>, { run }: Piece, ids: Ids): boolean =>
  targets.size === 0 || ids[run.at]!.some((id) => targets.has(id))

/** Of what may be given, the cheapest units are; of what may be bought, the dearest count. As often as there are enough of both. */
function gift({ rule, targets, gets }: IndexedRule, units: readonly Piece[], ids: Ids): Earned {
  const mayBuy = (piece: Piece) => isOneOf(targets, piece, ids)
  const mayGet = (piece: Piece) => (gets.size === 0 ? mayBuy(piece) : isOneOf(gets, piece, ids))
  const onlyBought = countOf(units.filter((piece) => mayBuy(piece) && !mayGet(piece)))
  const onlyGot = countOf(units.filter((piece) => mayGet(piece) && !mayBuy(piece)))
  const either = countOf(units.filter((piece) => mayBuy(piece) && mayGet(piece)))
  const times = smallest(
    (onlyBought + either) / rule.buys,
    (onlyGot + either) / rule.gives,
    (onlyBought + onlyGot + either) / (rule.buys + rule.gives),
  )
  // What can be both is left for buying where nothing else is.
  const kept = times * rule.buys - onlyBought
  let free = kept > 0n ? either - kept : either
  let wanted = times * rule.gives
  const [given, left]: [Piece[], Piece[]] = [[], units.filter((piece) => mayBuy(piece) && !mayGet(piece))]
  for (const piece of cheapestFirst(units.filter(mayGet))) {
    const count = smallest(wanted, piece.count, mayBuy(piece) ? free : piece.count)
    const { taken, left: rest } = takeFirst([piece], count)
    given.push(...taken)
    if (mayBuy(piece)) {
      free -= count
      left.push(...rest)
    }
    wanted -= count
  }
  const { taken: bought } = takeFirst(dearestFirst(left), times * rule.buys)
  const benefit = given.reduce((sum, { run, count }) => sum + shareOf(run.price, rule.rate!) * count, 0n)
  return { units: [...given, ...bought], benefit: minor(benefit) }
}

/** So many for a price, the dearest together, for as long as that is less than they cost. */
function groups(rule: Rule, units: readonly Piece[]): Earned {
  const [earned, price]: [Piece[], Minor] = [[], rule.amount!]
  let benefit = 0n
  let rest = dearestFirst(units)
  while (countOf(rest) >= rule.buys) {
    const first = rest[0]!
    // Those of one price are taken at once: a thousand pieces are not a thousand turns.
    const times = first.count >= rule.buys ? first.count / rule.buys : 1n
    const { taken, left } = takeFirst(rest, times * rule.buys)
    const gain = worthOf(taken) - price * times
    if (gain <= 0n) break
    earned.push(...taken)
    benefit += gain
    rest = left
  }
  return { units: earned, benefit: minor(benefit) }
}

/**
 * One of each part for a price, the dearest together. Parts lie inside one another (a variant in its product, that in its category)
 * or apart, so the narrower one chooses first, and there are as many bundles as the scarcest has units for all parts inside it.
 */
function bundles(rule: Rule, units: readonly Piece[], ids: Ids): Earned {
  const parts = rule.targets
    .map((target) => ({ ...target, units: units.filter(({ run }) => ids[run.at]!.includes(target.id)) }))
    .map((part) => ({ ...part, size: countOf(part.units) }))
    .toSorted((a, b) => (a.size === b.size ? (a.id < b.id ? -1 : 1) : a.size < b.size ? -1 : 1))
  const needs = parts.map((part) => {
    const inside = parts.filter((other) => other.units.every((piece) => part.units.includes(piece)))
    return part.size / inside.reduce((sum, { count }) => sum + count, 0n)
  })
  const times = needs.length === 0 ? 0n : smallest(...needs)
  let rest = dearestFirst(units)
  const chosen = parts.map(({ id, count }) => {
    const mine = rest.filter(({ run }) => ids[run.at]!.includes(id))
    const { taken, left } = takeFirst(mine, times * count)
    rest = dearestFirst([...rest.filter((piece) => !mine.includes(piece)), ...left])
    return { count, units: taken }
  })
  return cheaperTogether(rule.amount!, times, chosen)
}

/** The bundles that cost less together than apart: the first are the dearest, so the first that does not is the end. */
function cheaperTogether(price: Minor, times: bigint, parts: { count: bigint; units: Piece[] }[]): Earned {
  const earned: Piece[] = []
  let benefit = 0n
  for (let left = times; left > 0n;) {
    // As many at once as are alike.
    const alike = smallest(left, ...parts.map(({ count, units }) => (units[0]!.count < count ? 1n : units[0]!.count / count)))
    const taken = parts.flatMap((part) => {
      const { taken: mine, left: others } = takeFirst(part.units, alike * part.count)
      part.units = others
      return mine
    })
    const gain = worthOf(taken) - price * alike
    if (gain <= 0n) break
    earned.push(...taken)
    benefit += gain
    left -= alike
  }
  return { units: earned, benefit: minor(benefit) }
}

const smallest = (...values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a))
