import { sql } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'
import type { Minor } from '#kit/money.ts'
import type { Qty } from '#kit/quantity.ts'
import type { Span } from '../report/report.rules.ts'

export interface Mover {
  readonly variant: string
  readonly name: string
  readonly unit: string | null
  readonly quantity: Qty
  readonly net: Minor
}
export interface Slow {
  readonly variant: string
  readonly name: string
  readonly unit: string | null
  readonly sold: Qty
  readonly left: Qty
}

const MOST = 5

const soldIn = ({ from, to }: Span, places: readonly string[] | null) => sql`
  select l.variant, sum(l.quantity)::bigint as quantity, sum(l.net)::bigint as net
  from pos_sale_fact s join pos_sale_line_fact l on l.sale = s.id
  where s.business_day between ${from} and ${to} ${places ? sql`and s.place = any(${places}::uuid[])` : sql``} group by 1`

/** What brought most, by net sales. */
export async function topMovers(db: Db, span: Span, places: readonly string[] | null): Promise<Mover[]> {
  const { rows } = await sql<Mover>`
    select m.variant, v.name, v.unit, m.quantity, m.net
    from (${soldIn(span, places)} order by net desc, l.variant limit ${MOST}) m join catalog_variant_fact v on v.id = m.variant
    order by m.net desc, m.variant`.execute(db)
  return rows
}

/** What lies on shelves and sold least of what there is; among those that sold nothing, the largest heaps. */
export async function slowMovers(db: Db, span: Span, places: readonly string[] | null): Promise<Slow[]> {
  const { rows } = await sql<Slow>`
    select v.id as variant, v.name, v.unit, coalesce(m.quantity, 0)::bigint as sold, h.on_hand as left
    from (select variant, sum(on_hand)::bigint as on_hand from inventory_on_hand
        where true ${places ? sql`and place = any(${places}::uuid[])` : sql``} group by 1 having sum(on_hand) > 0) h
      join catalog_variant_fact v on v.id = h.variant and not v.is_archived
      left join (${soldIn(span, places)}) m on m.variant = h.variant
    where coalesce(m.quantity, 0) < h.on_hand / 4
    order by coalesce(m.quantity, 0)::numeric / h.on_hand, h.on_hand desc, v.id limit ${MOST}`.execute(db)
  return rows
}
