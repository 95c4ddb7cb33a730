import { sql } from 'kysely'
import { newId } from '#kit/id.ts'
import { minor, type Minor } from '#kit/money.ts'
import type { Db } from '#kit/server/data/db.ts'
import { json } from '#kit/server/data/row.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { PromotionProblem } from '../promotion/promotion.ts'

/** What a rule gave in all of a document. */
export interface UsedRule {
  readonly rule: string
  readonly version: number
  readonly amount: Minor
}

export interface UsedIn {
  readonly kind: string
  readonly document: string
  readonly number: string
  readonly place: string
  readonly customer: string | null
  /** What `useCoupons` took, by promotion. */
  readonly coupons: ReadonlyMap<string, string>
}

/**
 * Writes down what rules gave in a document, in its transaction, and counts where there is a limit. Counters are taken in the order
 * of promotions, that of all before that of the customer, so that two tills never wait for each other in turn.
 * @throws `promotions.promotion.limit` for what is used up, `needsCustomer`
 */
export async function useRules(tx: Pick<Tx, 'db' | 'now'>, used: readonly UsedRule[], at: UsedIn): Promise<void> {
  if (used.length === 0) return
  const rows = used.map(({ rule, version, amount }) => ({
    id: newId(),
    promotion: rule,
    rule_version: version,
    amount: String(amount),
    coupon: at.coupons.get(rule) ?? null,
  }))
  const { rows: refused } = await sql<{ name: string; isForCustomer: boolean }>`
    with w as (select * from jsonb_to_recordset(${json(rows)}::jsonb)
        as r(id uuid, promotion uuid, rule_version int, amount bigint, coupon uuid)),
    k as (
      select w.promotion, n.customer, w.amount, p.name, n.is_each, case when n.is_each then p.limit_each else p.limit_total end as most,
        case when not n.is_each then p.budget::bigint end as budget
      from w join promotion p on p.id = w.promotion
      cross join lateral (
        select null::uuid as customer, false as is_each where p.limit_total is not null or p.budget is not null
        union all select ${at.customer}::uuid, true where p.limit_each is not null) n),
    counted as (
      insert into promotion_counter as c (promotion, customer, used, given, most, budget)
      select promotion, customer, 1, amount, most, budget from k
      where (budget is null or amount <= budget) and (not is_each or customer is not null)
      order by promotion, is_each
      on conflict (promotion, customer) do update
        set used = c.used + 1, given = c.given + excluded.given, most = excluded.most, budget = excluded.budget
        where (excluded.most is null or c.used < excluded.most) and (excluded.budget is null or c.given + excluded.given <= excluded.budget)
      returning promotion, customer),
    written as (
      insert into promotion_use (id, promotion, rule_version, document_kind, document, number, place, customer, coupon, amount, used_at)
      select id, promotion, rule_version, ${at.kind}, ${at.document}, ${at.number}, ${at.place}, ${at.customer}::uuid, coupon, amount,
        ${tx.now.toString()}::timestamptz from w)
    select k.name, k.is_each and k.customer is null as is_for_customer from k
    where not exists (select from counted c where c.promotion = k.promotion and c.customer is not distinct from k.customer)
    order by k.promotion, k.is_each limit 1`.execute(tx.db)
  const [first] = refused
  if (!first) return
  throw first.isForCustomer ? PromotionProblem.needsCustomer({ name: first.name }) : PromotionProblem.limit({ name: first.name })
}

/** A document that is void gives back what it used: counts, budget and codes. Repeating it gives nothing more. */
export async function giveBack(tx: Pick<Tx, 'db' | 'now'>, document: string): Promise<void> {
  // Whoever gives back the same at that moment waits here, and finds that it is done.
  const { rows } = await sql<{ promotion: string; customer: string | null; amount: string }>`
    insert into promotion_use (id, promotion, rule_version, document_kind, document, number, place, customer, coupon, amount, back_of, used_at)
    select uuidv7(), promotion, rule_version, document_kind, document, number, place, customer, coupon, -amount, id, ${tx.now.toString()}::timestamptz
    from promotion_use where document = ${document} and back_of is null
    on conflict (back_of) do nothing returning promotion, customer, (-amount)::text as amount`.execute(tx.db)
  if (rows.length === 0) return
  await sql`with held as (
      select c.promotion, c.customer, r.amount from promotion_counter c
      join jsonb_to_recordset(${json(rows)}::jsonb) as r(promotion uuid, customer uuid, amount bigint)
        on r.promotion = c.promotion and (c.customer is null or c.customer = r.customer)
      order by c.promotion, c.customer nulls first for update of c)
    update promotion_counter c set used = c.used - 1, given = c.given - h.amount
    from held h where h.promotion = c.promotion and h.customer is not distinct from c.customer`.execute(tx.db)
  await sql`update promotion_coupon set used_in = null, used_number = null, used_at = null where used_in = ${document}`.execute(
    tx.db,
  )
}

/** In how many documents a promotion has given something, and how much: what was taken back does not count. */
export async function usedSoFar(db: Db, promotion: string): Promise<{ times: number; given: Minor }> {
  const { rows } = await sql<{ times: number; given: string }>`
    select (count(*) filter (where back_of is null) - count(back_of))::int as times, coalesce(sum(amount), 0)::text as given
    from promotion_use where promotion = ${promotion}`.execute(db)
  const { times, given } = rows[0]!
  return { times, given: minor(given) }
}
