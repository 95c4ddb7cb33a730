import { sql } from 'kysely'
import type { Document } from '#kit/document.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Read } from '#kit/server/data/read.ts'
import { clockOf } from '#kit/server/door/scheduled.ts'
import { onConstraint } from '#kit/server/door/command.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { DocumentHooks } from '#kit/server/document/document.ts'
import { businessDay } from '#kit/time.ts'
import { minor, rate, type Minor, type Rate } from '#kit/money.ts'
import { sellableIn } from '#modules/catalog/index.ts'
import { loadPlace } from '#modules/places/index.ts'
import { tidy, whyNever, type Draft, type DraftLine } from './promotion.rules.ts'
import { promotion, PromotionProblem } from './promotion.ts'
import type { Rule } from '../rule/rule.rules.ts'

onConstraint('promotion_word', () => PromotionProblem.wordTaken())

type HooksOf<D> = D extends Document<infer F, infer _L, infer _P, infer LF> ? DocumentHooks<F, LF> : never

/** What can never apply is refused as it is written, and what its kind does not need is left out. */
export const promotionHooks: HooksOf<typeof promotion> = {
  async write(tx, head, lines, before) {
    const draft = { ...NOTHING, ...before?.row, ...head } as PlacedDraft
    await refuseNever(tx, draft, lines as readonly DraftLine[])
    if (before) await countWhatWasUsed(tx, head.id, before.row, head)
    return {
      values: tidy(draft),
      lines: lines.map((line) => ({ ...line, ...(draft.kind !== 'buyGet' && { role: 'buy' as const }) })),
    }
  },
}

type PlacedDraft = Draft & { readonly place: string | null }

/**
 * Refuses a promotion that can never apply, as it stands today.
 * @returns which day that is where it holds
 */
export async function refuseNever(tx: Tx, draft: PlacedDraft, lines: readonly DraftLine[]): Promise<string> {
  const clock = draft.place ? await loadPlace(tx.db, draft.place) : await clockOf(tx.db)
  const today = businessDay(tx.now, clock)
  const never = whyNever(draft, lines, today)
  if (never) throw never
  await refuseUnsold(tx, draft, lines)
  return today
}

const NOTHING: PlacedDraft = {
  kind: 'percentage',
  buys: null,
  gives: null,
  rate: null,
  amount: null,
  atLeast: null,
  floor: null,
  validFrom: null,
  validTo: null,
  hourFrom: null,
  hourTo: null,
  coupons: 'none',
  word: null,
  place: null,
}

type Limits = { readonly limitTotal?: number | null; readonly limitEach?: number | null; readonly budget?: Minor | null }

/** A limit that comes later counts what was used before it. Where one stood already, tills count as they sell. */
async function countWhatWasUsed(tx: Tx, id: string, before: Limits, now: Limits): Promise<void> {
  const hadTotal = before.limitTotal !== null || before.budget !== null
  const isTotal = !hadTotal && Boolean(now.limitTotal ?? now.budget)
  const isEach = before.limitEach === null && Boolean(now.limitEach)
  if (!isTotal && !isEach) return
  await sql`insert into promotion_counter (promotion, customer, used, given)
    select promotion, customer, count(*) filter (where back_of is null) - count(back_of), sum(amount) from promotion_use
    where promotion = ${id} group by promotion, grouping sets ((), (customer))
    having (${isTotal} and grouping(customer) = 1) or (${isEach} and grouping(customer) = 0 and customer is not null)
    on conflict (promotion, customer) do update set used = excluded.used, given = excluded.given, most = null, budget = null`.execute(
    tx.db,
  )
}

async function refuseUnsold(tx: Tx, { kind, amount, floor }: Draft, lines: readonly DraftLine[]): Promise<void> {
  for (const role of ['buy', 'get'] as const) {
    const mine = lines.filter((line) => line.role === role)
    if (role === 'get' && mine.length === 0) continue
    const of = (name: 'category' | 'product' | 'variant') => mine.flatMap((line) => (line[name] ? [line[name]] : []))
    const { count, dearest } = await sellableIn(tx.db, {
      categories: of('category'),
      products: of('product'),
      variants: of('variant'),
    })
    if (mine.length > 0 && count === 0) throw PromotionProblem.nothingLeft()
    if (role === 'get' || dearest === null) continue
    if (floor !== null && floor >= dearest) throw PromotionProblem.floorTooHigh()
    if (kind === 'fixedPrice' && amount! >= dearest) throw PromotionProblem.neverLess()
  }
}

/** A rule as it travels to a till: as `Rule`, whole numbers as text. */
export type CarriedRule = {
  readonly [Key in keyof Rule]: Key extends 'targets'
    ? readonly { readonly id: string; readonly count: string }[]
    : Rule[Key] extends bigint | null
      ? string | Extract<Rule[Key], null>
      : Rule[Key]
}

/**
 * The rules that may hold at a place from now on, as one part of what is read together; `place` and `customer` are SQL
 * expressions. What waits for its first day is among them, because days are judged by the rule itself, to the second. Left out is
 * what is used up, by all or by this customer, and what is counted by customer where none is known.
 */
export const promotionsRead = (at: { place: string; customer: string }): Read<CarriedRule> => ({
  name: 'promotions',
  text: `${RULE}
  where p.state in ('scheduled', 'running') and (p.place is null or p.place = ${at.place})
    and (p.limit_each is null or ${at.customer} is not null)
    and not exists (select from promotion_counter c where c.promotion = p.id
      and (c.customer is null and (c.used >= p.limit_total or c.given >= p.budget)
        or c.customer = ${at.customer} and c.used >= p.limit_each))`,
  values: [],
})

const RULE = `
  select p.id, p.version, p.kind, p.priority, p.is_exclusive as "isExclusive", coalesce(t.targets, '[]') as targets,
    coalesce(t.gets, '[]') as gets, coalesce(p.buys, 1)::text as buys, coalesce(p.gives, 1)::text as gives, p.rate::text as rate,
    p.amount::text as amount, p.at_least::text as "atLeast",
    case when p.customer_group is null then '{}' else array[p.customer_group] end as groups,
    case when p.place is null then '{}' else array[p.place::text] end as places,
    p.valid_from::text as "from", p.valid_to::text as "to", p.weekdays::int[] as weekdays,
    p.hour_from as "hourFrom", p.hour_to as "hourTo", p.coupons <> 'none' as "isByCoupon", p.word, p.floor::text as floor
  from promotion p
  left join lateral (
    select jsonb_agg(jsonb_build_object('id', coalesce(variant, product, category), 'count', count::text) order by position)
        filter (where role = 'buy') as targets,
      jsonb_agg(coalesce(variant, product, category) order by position) filter (where role = 'get') as gets
    from promotion_target where document = p.id) t on true`

/** What `promotionsRead` has read. */
export const rulesIn = (carried: readonly CarriedRule[]): Rule[] =>
  carried.map((rule) => ({
    ...rule,
    targets: rule.targets.map(({ id, count }) => ({ id, count: BigInt(count) })),
    buys: BigInt(rule.buys),
    gives: BigInt(rule.gives),
    rate: rule.rate === null ? null : (rate(rule.rate) as Rate),
    amount: minorOf(rule.amount),
    atLeast: minorOf(rule.atLeast),
    floor: minorOf(rule.floor),
  }))
const minorOf = (text: string | null): Minor | null => (text === null ? null : minor(text))

/** The rules that may hold at a place for a customer, by one statement. */
export async function runningRules(db: Db, { place, customer }: { place: string; customer: string | null }): Promise<Rule[]> {
  const { text } = promotionsRead({ place: 'w.place', customer: 'w.customer' })
  const { rows } = await sql<{ rule: CarriedRule }>`
    with w (place, customer) as (values (${place}::uuid, ${customer}::uuid))
    select to_jsonb(r) as rule from w cross join lateral (${sql.raw(text)}) r`.execute(db)
  return rulesIn(rows.map(({ rule }) => rule))
}

/** The rule that a promotion is, also while it is a draft. */
export async function ruleOf(db: Db, promotion: string): Promise<Rule> {
  const { rows } = await sql<{ rule: CarriedRule }>`
    select to_jsonb(r) as rule from (${sql.raw(RULE)} where p.id = ${promotion}) r`.execute(db)
  return rulesIn(rows.map(({ rule }) => rule))[0]!
}
