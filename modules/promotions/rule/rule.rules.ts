import type { Minor, Rate } from '#kit/money.ts'
import type { PriceUnit, Qty } from '#kit/quantity.ts'
import { businessDay, type DayRule } from '#kit/time.ts'

/** What a promotion does. `promotionKinds` is in the order in which a form offers them. */
export const promotionKinds = ['percentage', 'amount', 'fixedPrice', 'buyGet', 'anyFor', 'bundle', 'spend'] as const
export type PromotionKind = (typeof promotionKinds)[number]

/** In which order rules take from a price: what a step left is what the next one starts from. */
export const steps = ['article', 'bundle', 'basket', 'coupon'] as const
export type Step = (typeof steps)[number]

/** A variant, a product or a category with all below it, by its id; and how many of it a bundle needs. */
export interface Target {
  readonly id: string
  readonly count: bigint
}

/** A promotion as till and server judge it. */
export interface Rule {
  readonly id: string
  readonly version: number
  readonly kind: PromotionKind
  /** The higher one goes first. */
  readonly priority: number
  /** A unit serves one exclusive rule. */
  readonly isExclusive: boolean
  /** What it is for; none is everything. Of a bundle: its parts. */
  readonly targets: readonly Target[]
  /** What is given, of `buyGet`; none is the same goods that are bought. */
  readonly gets: readonly string[]
  /** How many are bought, and how many given; of `anyFor` how many cost the amount. */
  readonly buys: bigint
  readonly gives: bigint
  /** Of `percentage` and `spend`; of `buyGet` how much of the given units, all of it where they are free. */
  readonly rate: Rate | null
  /** Off each unit, off the basket, or what unit, bundle or units cost together. */
  readonly amount: Minor | null
  readonly atLeast: Minor | null
  /** Names of groups of customers, and ids of places; none is all. */
  readonly groups: readonly string[]
  readonly places: readonly string[]
  /** Days of the place's business clock, both counted whole. */
  readonly from: string | null
  readonly to: string | null
  /** 1 is Monday; none is all. */
  readonly weekdays: readonly number[]
  /** "17:00" to "19:00"; the end is not in it. An end before the beginning is on the next day. */
  readonly hourFrom: string | null
  readonly hourTo: string | null
  /** Only who shows a coupon has it. */
  readonly isByCoupon: boolean
  /** The word that is its coupon for all. */
  readonly word: string | null
  /** A unit that it served never costs less, whatever comes after it. */
  readonly floor: Minor | null
}

export interface PromotedLine {
  readonly key: string
  readonly variant: string
  readonly product: string
  /** Its category and those above it. */
  readonly categories: readonly string[]
  readonly quantity: Qty
  /** The price that holds for it, list or approved. */
  readonly unitPrice: Minor
  readonly priceUnit: PriceUnit
  /** Somebody gave the price by hand: it takes no promotion. */
  readonly isPriceSet: boolean
  readonly addedAt: Temporal.Instant
}

/** A coupon that somebody showed, and what the server knows of it; a word for all is known by its rule. */
export interface ShownCoupon {
  readonly code: string
  readonly rule: string | null
  /** Why it does not count, where more is known than its rule says. */
  readonly refusal: CouponRefusal | null
}

/** Why a coupon gave nothing: each has its sentence, `coupon.refusal.<…>`. */
export const couponRefusals = [
  'unknown',
  'used',
  'notRunning',
  'notYet',
  'over',
  'elsewhere',
  'otherCustomers',
  'notNow',
  'noArticle',
  'tooLittle',
  'noBenefit',
  'twice',
  'limit',
] as const
export type CouponRefusal = (typeof couponRefusals)[number]

export interface Moment extends DayRule {
  readonly place: string
  readonly customerGroup: string | null
  readonly customer: string | null
  readonly coupons: readonly ShownCoupon[]
}

/** Coupons first, because a code is shown last; then whatever is counted together; then what takes from everything. */
export function stepOf({ kind, isByCoupon, targets }: Pick<Rule, 'kind' | 'isByCoupon' | 'targets'>): Step {
  if (isByCoupon) return 'coupon'
  if (kind === 'buyGet' || kind === 'bundle' || kind === 'anyFor') return 'bundle'
  if (kind === 'fixedPrice') return 'article'
  return kind === 'spend' || targets.length === 0 ? 'basket' : 'article'
}

/** A rule with what is asked of it for every line. */
export interface IndexedRule {
  readonly rule: Rule
  readonly step: Step
  readonly targets: ReadonlySet<string>
  readonly gets: ReadonlySet<string>
}

export interface RuleIndex {
  readonly byId: ReadonlyMap<string, IndexedRule>
  readonly byWord: ReadonlyMap<string, IndexedRule>
  readonly byTarget: ReadonlyMap<string, readonly IndexedRule[]>
  /** Those for everything, by the group that they are for; '' is all. */
  readonly everything: ReadonlyMap<string, readonly IndexedRule[]>
}

/** Made once for as long as rules stay the same, so that a basket looks only at those that name what lies in it. */
export function indexRules(rules: readonly Rule[]): RuleIndex {
  const [byId, byWord] = [new Map<string, IndexedRule>(), new Map<string, IndexedRule>()]
  const [byTarget, everything] = [new Map<string, IndexedRule[]>(), new Map<string, IndexedRule[]>()]
  for (const rule of rules) {
    const one = { rule, step: stepOf(rule), targets: new Set(rule.targets.map(({ id }) => id)), gets: new Set(rule.gets) }
    byId.set(rule.id, one)
    if (rule.isByCoupon) {
      if (rule.word !== null) byWord.set(codeOf(rule.word), one)
    } else if (rule.kind === 'bundle') {
      // All its parts are needed, so that one of them finds it.
      const first = rule.targets[0]
      if (first) push(byTarget, first.id, one)
    } else if (one.targets.size > 0) for (const id of one.targets) push(byTarget, id, one)
    else for (const group of rule.groups.length > 0 ? rule.groups : ['']) push(everything, group, one)
  }
  return { byId, byWord, byTarget, everything }
}

function push(map: Map<string, IndexedRule[]>, key: string, one: IndexedRule): void {
  const list = map.get(key)
  if (list) list.push(one)
  else map.set(key, [one])
}

/** A code as it is compared: however it was typed, with spaces, strokes and small letters. */
export const codeOf = (typed: string): string => typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()

/** The rules that may hold for these lines, each once. */
export function candidatesOf(index: RuleIndex, lines: readonly PromotedLine[], moment: Moment): IndexedRule[] {
  const found = new Set<IndexedRule>()
  const add = (list: readonly IndexedRule[] | undefined) => {
    for (const one of list ?? []) if (isHere(one.rule, moment) && isTheirs(one.rule, moment)) found.add(one)
  }
  add(index.everything.get(''))
  if (moment.customerGroup !== null && moment.customerGroup !== '') add(index.everything.get(moment.customerGroup))
  for (const line of lines) for (const id of idsOf(line)) add(index.byTarget.get(id))
  return [...found]
}

export const idsOf = ({ variant, product, categories }: PromotedLine): string[] => [variant, product, ...categories]

export const isHere = ({ places }: Rule, { place }: Moment): boolean => places.length === 0 || places.includes(place)

export const isTheirs = ({ groups }: Rule, { customerGroup }: Moment): boolean =>
  groups.length === 0 || (customerGroup !== null && groups.includes(customerGroup))

/**
 * Does a rule hold at an instant, by the clock of a place? Its last day counts whole, its last hour does not count; a window over
 * midnight belongs to the business day on which it began.
 */
export function isOpen(rule: Rule, at: Temporal.Instant, clock: DayRule): boolean {
  if (rule.from === null && rule.to === null && rule.hourFrom === null && rule.weekdays.length === 0) return true
  const began = beginOf(rule, at, clock)
  if (began === null) return false
  const day = businessDay(began, clock)
  return (
    (rule.from === null || rule.from <= day) &&
    (rule.to === null || day <= rule.to) &&
    (rule.weekdays.length === 0 || rule.weekdays.includes(Temporal.PlainDate.from(day).dayOfWeek))
  )
}

/** When the window began in which an instant lies: the instant itself where hours don't matter, nothing outside. */
function beginOf({ hourFrom, hourTo }: Rule, at: Temporal.Instant, { timeZone }: DayRule): Temporal.Instant | null {
  if (hourFrom === null || hourTo === null) return at
  const local = at.toZonedDateTimeISO(timeZone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'trunc' })
  const isOverMidnight = hourTo <= hourFrom
  const isEvening = time >= hourFrom && (isOverMidnight || time < hourTo)
  const isMorning = isOverMidnight && time < hourTo
  if (!isEvening && !isMorning) return null
  const date = isEvening ? local.toPlainDate() : local.toPlainDate().subtract({ days: 1 })
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(hourFrom) }).toInstant()
}
