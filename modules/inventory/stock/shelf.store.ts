import { sql } from 'kysely'
import type { Db } from '#kit/server/data/db.ts'

/** A lot at a location: the day it expires, and how many millionths of a unit lie there. */
export interface ShelfLot {
  readonly code: string
  readonly expiresOn: string | null
  readonly onHand: string
}

export interface Shelf {
  readonly onHand: string
  readonly lots: readonly ShelfLot[]
}

/** What lies at a location of some articles, and in which lots; one statement for all of them. */
export async function shelvesOf(db: Db, location: string, variants: readonly string[]): Promise<Map<string, Shelf>> {
  if (variants.length === 0) return new Map()
  const { rows } = await sql<Shelf & { variant: string }>`
    select b.variant, sum(b.on_hand)::bigint::text as "onHand",
      coalesce(json_agg(json_build_object('code', t.code, 'expiresOn', t.expires_on, 'onHand', b.on_hand::text) order by t.expires_on nulls last, t.code)
        filter (where t.id is not null and b.on_hand <> 0), '[]') as lots
    from inventory_balance b left join inventory_lot t on t.id = b.lot
    where b.location = ${location} and b.owner is null and b.variant = any(${[...variants]}::uuid[]) group by b.variant`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.variant, row]))
}
