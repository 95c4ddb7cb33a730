import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/command.ts'

const page = {
  q: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

function readPair(cursor: string | undefined): [string, string] | undefined {
  if (!cursor) return undefined
  try {
    return z.tuple([z.string(), z.uuid()]).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw CommonProblem.badCursor()
  }
}
const writePair = (pair: [string, string]) => Buffer.from(JSON.stringify(pair)).toString('base64url')

/** Stock by product and place: on hand, reserved, value (for those who may see costs), reorder level. Sorted by name. */
export const listStock = query({
  name: 'inventory.listStock',
  can: 'inventory.stock.read',
  input: z.object({
    ...page,
    place: z.uuid().optional(),
    low: z.enum(['true', 'false']).optional(),
    category: z.uuid().optional(),
  }),
  async run({ db, actor, reach }, { q, cursor, limit, place, low, category }) {
    const after = readPair(cursor)
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const pattern = q ? `%${q.replace(/[\\%_]/g, (character) => `\\${character}`)}%` : undefined
    const { rows } = await sql<Record<string, unknown> & { id: string; name: string; place: string }>`
      select v.id, v.name, v.sku, v.product, pl.id as place, pl.name as place_name,
        coalesce(s.on_hand, 0)::bigint as on_hand, coalesce(s.reserved, 0)::bigint as reserved,
        ${seesCost ? sql`coalesce(s.value, 0)::bigint` : sql`null`} as value, r.level::bigint as level, v.decimals
      from catalog_variant_fact v join place_fact pl on pl.archived_at is null
        and (${reach.all} or pl.id = any(${reach.places}::uuid[])) and (${place ?? null}::uuid is null or pl.id = ${place ?? null}::uuid)
      left join inventory_on_hand s on s.variant = v.id and s.place = pl.id
      left join inventory_reorder r on r.variant = v.id and r.place = pl.id
      where not v.is_archived and v.kind = 'stocked' ${pattern ? sql`and (v.name ilike ${pattern} or v.sku ilike ${pattern})` : sql``}
        ${category ? sql`and v.category = ${category}` : sql``}
        ${low === 'true' ? sql`and r.level is not null and coalesce(s.on_hand - s.reserved, 0) <= r.level` : sql``}
        ${after ? sql`and (v.name, v.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
      order by v.name, v.id, pl.name limit ${limit + 1}`.execute(db)
    const more = rows.length > limit
    if (more) rows.pop()
    const last = rows.at(-1)
    return { rows, next: more && last ? writePair([last.name, last.id]) : null }
  },
})

/** The goods ledger of one variant, or of everything, newest first. */
export const listMoves = query({
  name: 'inventory.listMoves',
  can: 'inventory.stock.read',
  input: z.object({ ...page, variant: z.uuid().optional(), document: z.uuid().optional(), place: z.uuid().optional() }),
  async run({ db, actor, reach }, { cursor, limit, variant, document, place }) {
    const after = readPair(cursor)
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const { rows } = await sql<Record<string, unknown> & { id: string; at: Temporal.Instant }>`
      select m.id, m.at, m.business_day, m.variant, v.name, v.sku, f.name as from_name, f.kind as from_kind, t.name as to_name, t.kind as to_kind,
        m.quantity, ${seesCost ? sql`m.cost` : sql`null`} as cost, m.document_kind, m.document, m.reason, u.name as moved_by_name
      from inventory_move m join catalog_variant_fact v on v.id = m.variant
      join inventory_location f on f.id = m.from_location join inventory_location t on t.id = m.to_location
      left join access_user_name u on u.id = m.moved_by
      where (${reach.all} or f.place = any(${reach.places}::uuid[]) or t.place = any(${reach.places}::uuid[]))
        ${variant ? sql`and m.variant = ${variant}` : sql``} ${document ? sql`and m.document = ${document}` : sql``}
        ${place ? sql`and (f.place = ${place} or t.place = ${place})` : sql``}
        ${after ? sql`and (m.at, m.id) < (${after[0]}, ${after[1]}::uuid)` : sql``}
      order by m.at desc, m.id desc limit ${limit + 1}`.execute(db)
    const more = rows.length > limit
    if (more) rows.pop()
    const last = rows.at(-1)
    return { rows, next: more && last ? writePair([last.at.toString(), last.id]) : null }
  },
})

/** Compares the balances with the goods ledger; no rows means that all is well. */
export const checkStock = query({
  name: 'inventory.check',
  can: 'inventory.stock.read',
  input: z.object({}),
  async run({ db }) {
    const { rows } = await sql<{ variant: string; location: string; kept: bigint; moved: bigint; value: bigint; cost: bigint }>`
      with moved as (
        select variant, location, lot, owner, sum(quantity)::bigint as moved, sum(cost)::bigint as cost from (
          select variant, to_location as location, lot, owner, quantity, cost from inventory_move
          union all select variant, from_location, lot, owner, -quantity, -cost from inventory_move) m
        where location in (select id from inventory_location where kind = 'storage') group by 1, 2, 3, 4)
      select coalesce(b.variant, m.variant) as variant, coalesce(b.location, m.location) as location,
        coalesce(b.on_hand, 0)::bigint as kept, coalesce(m.moved, 0)::bigint as moved, coalesce(b.value, 0)::bigint as value, coalesce(m.cost, 0)::bigint as cost
      from inventory_balance b full join moved m
        on m.variant = b.variant and m.location = b.location and m.lot is not distinct from b.lot and m.owner is not distinct from b.owner
      where coalesce(b.on_hand, 0) <> coalesce(m.moved, 0) or coalesce(b.value, 0) <> coalesce(m.cost, 0)`.execute(db)
    return { differences: rows }
  },
})
