import { minor, sum, zero, type Minor } from '#kit/money.ts'
import { offer } from './offer.rules.ts'
import {
  candidatesOf,
  idsOf,
  isHere,
  isOpen,
  isTheirs,
  steps,
  type CouponRefusal,
  type IndexedRule,
  type Moment,
  type PromotedLine,
  type RuleIndex,
} from './rule.rules.ts'
import { benefitOf, cutRuns, runOf, type Cut, type Run } from './unit.rules.ts'

/** What a rule took from a line. */
export interface Part {
  readonly rule: string
  readonly version: number
  readonly amount: Minor
}

export interface PromotedBy {
  readonly key: string
  readonly benefit: Minor
  readonly parts: readonly Part[]
}

export interface JudgedCoupon {
  readonly code: string
  readonly rule: string | null
  readonly amount: Minor
  /** Why it gave nothing. */
  readonly refusal: CouponRefusal | null
}

export interface Promoted {
  /** In the order of the lines that were asked about. */
  readonly lines: readonly PromotedBy[]
  readonly benefit: Minor
  readonly coupons: readonly JudgedCoupon[]
}

/**
 * What promotions give for a basket: the one rule of till, server, receipt and return. Article, bundle, basket, coupon, each from
 * the price that the step before it left; inside a step by priority, then benefit, then id. The order of lines does not matter,
 * parts make the benefit to the minor unit, and no unit costs less than nothing or its floor.
 *
 * @param index made by `indexRules`, once for as long as rules stay the same
 */
export function promote(lines: readonly PromotedLine[], index: RuleIndex, moment: Moment): Promoted {
  const sorted = lines.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const basket = new Basket(sorted, moment)
  const coupons = judge(index, moment)
  const shown = coupons.flatMap(({ one }) => (one ? [one] : []))
  const rules = [...candidatesOf(index, sorted, moment), ...shown]
  for (const step of steps) {
    const ofStep = rules.filter((one) => one.step === step)
    // Where units don't depend on each other, each line takes what is best for it.
    if (step === 'article') for (const at of sorted.keys()) basket.take(ofStep, at)
    else basket.take(ofStep)
  }
  const result = new Map(sorted.map(({ key }, at) => [key, basket.answer(at)]))
  return {
    lines: lines.map(({ key }) => ({ key, ...result.get(key)! })),
    benefit: sum([...result.values()].map(({ benefit }) => benefit)),
    coupons: coupons.map(({ code, rule, one, refusal }) => {
      const amount = one ? basket.given(one) : zero
      return { code, rule, amount, refusal: refusal ?? (one && amount === 0n ? basket.whyNothing(one) : null) }
    }),
  }
}

/** A basket while rules take from it. */
class Basket {
  readonly #lines: readonly PromotedLine[]
  readonly #ids: readonly (readonly string[])[]
  readonly #moment: Moment
  readonly #runs: Run[][]
  readonly #parts: Map<IndexedRule, Minor>[]
  readonly #fitting = new Map<IndexedRule, ReadonlySet<number>>()

  constructor(lines: readonly PromotedLine[], moment: Moment) {
    this.#lines = lines
    this.#ids = lines.map(idsOf)
    this.#moment = moment
    this.#runs = lines.map((line, at) => [runOf(line, at)])
    this.#parts = lines.map(() => new Map())
  }

  /** All rules of a step, one after the other, on one line or on all of them. */
  take(rules: readonly IndexedRule[], at?: number): void {
    const rated = rules.flatMap((one) => {
      const benefit = benefitOf(this.#offer(one, at))
      return benefit > 0n ? [{ one, benefit }] : []
    })
    for (const { one } of rated.toSorted(byRank)) this.#apply(one, this.#offer(one, at))
  }

  answer(at: number): { benefit: Minor; parts: Part[] } {
    const parts = [...this.#parts[at]!].map(([{ rule }, amount]) => ({ rule: rule.id, version: rule.version, amount }))
    return { benefit: sum(parts.map(({ amount }) => amount)), parts }
  }

  given(one: IndexedRule): Minor {
    return sum(this.#parts.map((parts) => parts.get(one) ?? zero))
  }

  whyNothing(one: IndexedRule): CouponRefusal {
    const meant = this.#ids.filter((ids) => isMeant(one, ids))
    if (meant.length === 0) return 'noArticle'
    if (this.#lines.every((line) => !isOpen(one.rule, line.addedAt, this.#moment))) return 'notNow'
    return one.rule.kind === 'percentage' || one.rule.kind === 'amount' || one.rule.kind === 'fixedPrice'
      ? 'noBenefit'
      : 'tooLittle'
  }

  #offer(one: IndexedRule, at?: number): Cut[] {
    const lines = this.#fit(one)
    const runs = (at === undefined ? this.#runs : this.#runs.slice(at, at + 1)).flatMap((ofLine) =>
      ofLine.filter((run) => lines.has(run.at) && !(one.rule.isExclusive && run.isServed)),
    )
    return runs.length === 0 ? [] : offer(one, runs, this.#ids)
  }

  /** The lines that a rule is for, judged at the moment each was added. */
  #fit(one: IndexedRule): ReadonlySet<number> {
    const known = this.#fitting.get(one)
    if (known) return known
    const fitting = new Set<number>()
    for (const [at, line] of this.#lines.entries())
      if (!line.isPriceSet && isMeant(one, this.#ids[at]!) && isOpen(one.rule, line.addedAt, this.#moment)) fitting.add(at)
    this.#fitting.set(one, fitting)
    return fitting
  }

  #apply(one: IndexedRule, cuts: readonly Cut[]): void {
    if (benefitOf(cuts) === 0n) return
    for (const [at, ofLine] of Map.groupBy(cuts, ({ run }) => run.at)) {
      this.#runs[at] = cutRuns(this.#runs[at]!, ofLine, one.rule)
      const amount = benefitOf(ofLine)
      if (amount > 0n) this.#parts[at]!.set(one, minor((this.#parts[at]!.get(one) ?? 0n) + amount))
    }
  }
}

const isMeant = ({ targets, gets }: IndexedRule, ids: readonly string[]): boolean =>
  targets.size === 0 || ids.some((id) => targets.has(id) || gets.has(id))

interface Rated {
  readonly one: IndexedRule
  readonly benefit: Minor
}
const byRank = (a: Rated, b: Rated): number =>
  b.one.rule.priority - a.one.rule.priority ||
  (a.benefit === b.benefit ? (a.one.rule.id < b.one.rule.id ? -1 : 1) : a.benefit > b.benefit ? -1 : 1)

interface Judged {
  readonly code: string
  readonly rule: string | null
  readonly one: IndexedRule | null
  readonly refusal: CouponRefusal | null
}
/** The rules of the coupons that were shown: each rule once, where and for whom it holds. */
function judge(index: RuleIndex, moment: Moment): Judged[] {
  const seen = new Set<string>()
  return moment.coupons.map(({ code, rule, refusal }) => {
    const no = (why: CouponRefusal): Judged => ({ code, rule, one: null, refusal: why })
    if (refusal !== null) return no(refusal)
    if (rule === null) return no('unknown')
    const one = index.byId.get(rule)
    if (!one?.rule.isByCoupon) return no('notRunning')
    if (seen.has(rule)) return no('twice')
    if (!isHere(one.rule, moment)) return no('elsewhere')
    if (!isTheirs(one.rule, moment)) return no('otherCustomers')
    seen.add(rule)
    return { code, rule, one, refusal: null }
  })
}
