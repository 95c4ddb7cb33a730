import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { json } from '#kit/server/data/row.ts'
import type { Db } from '#kit/server/data/db.ts'
import type { Tx } from '#kit/server/door/context.ts'
import { CODE_LENGTH, codesFrom } from './coupon.rules.ts'
import { PromotionProblem } from '../promotion/promotion.ts'
import { codeOf, type ShownCoupon } from '../rule/rule.rules.ts'

/** Makes so many codes of chance. */
export async function addCoupons(tx: Tx, promotion: string, count: number): Promise<void> {
  let left = count
  while (left > 0) {
    // A quarter more than needed, for bytes that are passed over; a code that is there already is left to the next turn.
    const codes = codesFrom(randomBytes(Math.ceil(left * CODE_LENGTH * 1.25) + 64)).slice(0, left)
    const { numAffectedRows } = await sql`insert into promotion_coupon (id, promotion, code, made_at)
      select uuidv7(), ${promotion}, c, ${tx.now.toString()}::timestamptz from unnest(${codes}::text[]) as n(c)
      on conflict (code) do nothing`.execute(tx.db)
    left -= Number(numAffectedRows)
  }
}

/** What is known of coupons that somebody shows, in their order: to which rule each belongs, and why one does not count. */
export async function shownCoupons(db: Db, typed: readonly string[], today: string): Promise<ShownCoupon[]> {
  const codes = typed.map(codeOf)
  if (codes.length === 0) return []
  const { rows } = await sql<{ code: string; rule: string; refusal: ShownCoupon['refusal'] }>`
    select distinct on (w.code) w.code, p.id as rule, case
      when c.used_in is not null then 'used'
      when p.state = 'ended' or p.valid_to < ${today}::date then 'over'
      when p.state not in ('scheduled', 'running') then 'notRunning'
      when p.valid_from > ${today}::date then 'notYet'
      when exists (select from promotion_counter n where n.promotion = p.id and n.customer is null
        and (n.used >= p.limit_total or n.given >= p.budget)) then 'limit' end as refusal
    from unnest(${codes}::text[]) as w(code)
    left join promotion_coupon c on c.code = w.code
    join promotion p on p.id = c.promotion or (p.word = w.code and p.coupons = 'word')
    order by w.code, p.state = 'ended', p.created_at desc`.execute(db)
  const known = new Map(rows.map((row) => [row.code, row]))
  return codes.map((code) => known.get(code) ?? { code, rule: null, refusal: 'unknown' })
}

export interface UsedCoupon {
  readonly code: string
  readonly promotion: string
}

/**
 * Takes the coupons that counted in a document, in its transaction: a code is used once, whoever else shows it at that moment. A
 * word for all is nobody's to take.
 * @returns the id of each code that was taken, by its promotion
 * @throws `promotions.promotion.couponUsed`, `couponUnknown`
 */
export async function useCoupons(
  tx: Pick<Tx, 'db' | 'now'>,
  used: readonly UsedCoupon[],
  { document, number }: { readonly document: string; readonly number: string },
): Promise<Map<string, string>> {
  if (used.length === 0) return new Map()
  // Locked in the order of codes, so that two tills never wait for each other in turn.
  const wanted = used
    .map(({ code, promotion }) => ({ code: codeOf(code), promotion }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const { rows } = await sql<{ code: string; promotion: string; id: string | null; isWord: boolean; isTaken: boolean }>`
    select w.code, w.promotion, c.id, p.word is not distinct from w.code as is_word, c.used_in is not null as is_taken
    from jsonb_to_recordset(${json(wanted)}::jsonb) as w(code text, promotion uuid)
    left join promotion p on p.id = w.promotion
    left join lateral (select id, used_in from promotion_coupon where code = w.code and promotion = w.promotion
      for update) c on true`.execute(tx.db)
  for (const { code, id, isWord, isTaken } of rows) {
    if (isTaken) throw PromotionProblem.couponUsed({ code })
    if (id === null && !isWord) throw PromotionProblem.couponUnknown({ code })
  }
  const taken = rows.flatMap(({ id, promotion }) => (id === null ? [] : [[promotion, id] as const]))
  await sql`update promotion_coupon set used_in = ${document}, used_number = ${number}, used_at = ${tx.now.toString()}::timestamptz
    where id = any(${taken.map(([, id]) => id)}::uuid[])`.execute(tx.db)
  return new Map(taken)
}
