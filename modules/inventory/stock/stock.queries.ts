import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/command.ts'
import { shownName, wordsFor } from '#kit/server/words.ts'
import type { Db } from '#kit/server/db.ts'
import { saying } from '#kit/server/list.ts'
import { findVariants, variantsOfCode } from '#modules/catalog/index.ts'
import { locationPlace } from '../location/location.store.ts'
import { instantOf, pageInput, readCursor, uuidOf, writeCursor } from './cursor.ts'

interface StockRow {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly product: string
  readonly place: string
  readonly placeName: string
  readonly onHand: bigint
  readonly reserved: bigint
  readonly value: bigint | null
  readonly level: bigint | null
  readonly decimals: number
}

/** Stock by product and place: on hand, reserved, value (for those who may see costs), reorder level. Sorted by name. */
export const listStock = query({
  name: 'inventory.listStock',
  can: 'inventory.stock.read',
  input: z.object({
    ...pageInput,
    place: z.uuid().optional(),
    low: z.enum(['true', 'false']).optional(),
    category: z.uuid().optional(),
  }),
  async run({ db, actor, reach }, { q, cursor, limit, place, low, category }) {
    const after = readCursor(cursor)
    if (!reach.all && reach.places.length === 0) return listOwned(db, reach.sellers, { q, cursor, limit, place, category })
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const found = q ? sql`and ((${saying(sql`v.name || ' ' || v.sku`, q)}) or v.id = any(${variantsOfCode(q)}))` : sql``
    const { rows } = await sql<StockRow>`
      select v.id, v.name, v.sku, v.product, pl.id as place, pl.name as place_name,
        coalesce(s.on_hand, 0)::bigint as on_hand, coalesce(s.reserved, 0)::bigint as reserved,
        ${seesCost ? sql`coalesce(s.value, 0)::bigint` : sql`null`} as value, r.level::bigint as level, v.decimals
      from catalog_variant_fact v join place_fact pl on pl.archived_at is null
        and (${reach.all} or pl.id = any(${reach.places}::uuid[])) and (${place ?? null}::uuid is null or pl.id = ${place ?? null}::uuid)
      left join inventory_on_hand s on s.variant = v.id and s.place = pl.id
      left join inventory_reorder r on r.variant = v.id and r.place = pl.id
      where not v.is_archived and v.kind = 'stocked' ${found}
        ${category ? sql`and v.category = ${category}` : sql``}
        ${low === 'true' ? sql`and r.level is not null and coalesce(s.on_hand - s.reserved, 0) <= r.level` : sql``}
        ${after ? sql`and (v.name, v.id, pl.id) > (${after[0]}, ${uuidOf(after[1])}::uuid, ${uuidOf(after[2])}::uuid)` : sql``}
      order by v.name, v.id, pl.id limit ${limit + 1}`.execute(db)
    const more = rows.length > limit
    if (more) rows.pop()
    const last = rows.at(-1)
    return { rows, next: more && last ? writeCursor(last.name, last.id, last.place) : null }
  },
})

interface OwnedPage {
  readonly q: string | undefined
  readonly cursor: string | undefined
  readonly limit: number
  readonly place: string | undefined
  readonly category: string | undefined
}

/** The goods of some sellers, where they lie here. What these goods are worth is told by no cost of ours. */
async function listOwned(db: Db, sellers: readonly string[], { q, cursor, limit, place, category }: OwnedPage) {
  const after = readCursor(cursor)
  const found = q ? sql`and ((${saying(sql`v.name || ' ' || v.sku`, q)}) or v.id = any(${variantsOfCode(q)}))` : sql``
  const { rows } = await sql<StockRow>`
    select v.id, v.name, v.sku, v.product, pl.id as place, pl.name as place_name, sum(b.on_hand)::bigint as on_hand,
      sum(b.reserved)::bigint as reserved, null as value, null as level, v.decimals
    from inventory_balance b join inventory_location l on l.id = b.location join place_fact pl on pl.id = l.place
    join catalog_variant_fact v on v.id = b.variant
    where b.owner = any(${sellers}::uuid[]) ${place ? sql`and pl.id = ${place}` : sql``} ${category ? sql`and v.category = ${category}` : sql``}
      ${found}
      ${after ? sql`and (v.name, v.id, pl.id) > (${after[0]}, ${uuidOf(after[1])}::uuid, ${uuidOf(after[2])}::uuid)` : sql``}
    group by v.id, v.name, v.sku, v.product, pl.id, pl.name, v.decimals
    order by v.name, v.id, pl.id limit ${limit + 1}`.execute(db)
  const more = rows.length > limit
  if (more) rows.pop()
  const last = rows.at(-1)
  return { rows, next: more && last ? writeCursor(last.name, last.id, last.place) : null }
}

interface ShelfRow {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly placeName: string | null
  readonly onHand: bigint
  readonly reserved: bigint
  readonly value: bigint | null
  readonly lotId: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
  readonly ownerName: string | null
}
interface PromiseRow {
  readonly id: string
  readonly quantity: bigint
  readonly documentKind: string
  readonly document: string
  readonly expiresAt: Temporal.Instant | null
  readonly locationName: string
  readonly place: string | null
  readonly lot: string | null
  readonly customerName: string | null
  readonly note: string | null
}

/** One variant in all locations that the reader may see, with what is promised to whom. */
export const showStock = query({
  name: 'inventory.showStock',
  can: 'inventory.stock.read',
  input: z.object({ variant: z.uuid() }),
  async run({ db, actor, reach }, { variant }) {
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const inReach = (owner: RawBuilder<unknown>) =>
      sql`(${reach.all} or l.place = any(${reach.places}::uuid[]) or ${owner} = any(${reach.sellers}::uuid[]))`
    const [goods, locations, reservations] = await Promise.all([
      db
        .selectFrom('catalogVariantFact')
        .select(['id', 'name', 'sku', 'product', 'decimals'])
        .where('id', '=', variant)
        .executeTakeFirst(),
      sql<ShelfRow>`
        select l.id, l.name, l.code, p.name as place_name, b.on_hand, b.reserved, ${seesCost ? sql`b.value` : sql`null`} as value, t.id as lot_id, t.code as lot, t.expires_on, o.name as owner_name
        from inventory_balance b join inventory_location l on l.id = b.location left join place_fact p on p.id = l.place
        left join inventory_lot t on t.id = b.lot left join party_fact o on o.id = b.owner
        where b.variant = ${variant} and (b.on_hand <> 0 or b.reserved <> 0) and ${inReach(sql`b.owner`)} order by p.name, l.name, t.code`.execute(
        db,
      ),
      sql<PromiseRow>`
        select r.id, r.quantity, r.document_kind, r.document, r.expires_at, l.name as location_name, l.place, t.code as lot, c.name as customer_name, r.note
        from inventory_reservation r join inventory_location l on l.id = r.location
        left join inventory_lot t on t.id = r.lot left join party_fact c on c.id = r.customer
        where r.variant = ${variant} and r.state = 'active' and ${inReach(sql`r.owner`)} order by r.id desc limit 100`.execute(
        db,
      ),
    ])
    // To people from outside, what they have nothing of here does not exist.
    const isForeign = !reach.all && reach.places.length === 0 && locations.rows.length === 0
    if (!goods || isForeign) throw CommonProblem.notFound()
    return { goods, locations: locations.rows, reservations: reservations.rows }
  },
})

/** A lot at a location: the day it expires, and how many millionths of a unit lie there. */
export interface ShelfLot {
  readonly code: string
  readonly expiresOn: string | null
  readonly onHand: string
}

/** Goods for a paper: found by scan or name, with what lies at its location and, for those who may see it, the last cost. */
export const findGoods = query({
  name: 'inventory.findGoods',
  can: 'inventory.stock.read',
  input: z.object({
    location: z.uuid(),
    q: z.string().trim().max(80).default(''),
    after: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(12),
  }),
  async run({ db, actor, reach }, { location, q, after, limit }) {
    const place = await locationPlace(db, location)
    if (!place || !(reach.all || reach.places.includes(place))) throw CommonProblem.notFound()
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const found = await findVariants(db, q, { after, limit })
    const { rows: here } = await sql<{ variant: string; onHand: bigint; lots: ShelfLot[] }>`
      select b.variant, sum(b.on_hand)::bigint as on_hand,
        coalesce(json_agg(json_build_object('code', t.code, 'expiresOn', t.expires_on, 'onHand', b.on_hand::text) order by t.expires_on nulls last, t.code)
          filter (where t.id is not null and b.on_hand <> 0), '[]') as lots
      from inventory_balance b left join inventory_lot t on t.id = b.lot
      where b.location = ${location} and b.owner is null and b.variant = any(${found.map((one) => one.id)}::uuid[]) group by b.variant`.execute(
      db,
    )
    const shelf = new Map(here.map((row) => [row.variant, row]))
    return {
      rows: found.map(({ cost, ...one }) => ({
        ...one,
        onHand: String(shelf.get(one.id)?.onHand ?? 0n),
        lots: shelf.get(one.id)?.lots ?? [],
        cost: seesCost ? cost : null,
      })),
      next: found.length === limit ? (found.at(-1)?.id ?? null) : null,
    }
  },
})

interface MoveRow {
  readonly id: string
  readonly at: Temporal.Instant
  readonly businessDay: string
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly fromName: string
  readonly fromKind: string
  readonly toName: string
  readonly toKind: string
  readonly quantity: bigint
  readonly cost: bigint | null
  readonly documentKind: string
  readonly document: string
  readonly reason: string | null
  readonly lot: string | null
  readonly movedByName: string | null
}

/** The goods ledger of one variant, or of everything, newest first. */
export const listMoves = query({
  name: 'inventory.listMoves',
  can: 'inventory.stock.read',
  input: z.object({
    ...pageInput,
    variant: z.uuid().optional(),
    document: z.uuid().optional(),
    place: z.uuid().optional(),
    lot: z.uuid().optional(),
  }),
  async run({ db, actor, reach }, { cursor, limit, variant, document, place, lot }) {
    const after = readCursor(cursor)
    const seesCost = reachOf(actor, 'catalog.cost.read') !== undefined
    const { rows } = await sql<MoveRow>`
      select m.id, m.at, m.business_day, m.variant, v.name, v.sku, f.name as from_name, f.kind as from_kind, t.name as to_name, t.kind as to_kind,
        m.quantity, ${seesCost ? sql`m.cost` : sql`null`} as cost, m.document_kind, m.document, m.reason, b.code as lot, u.name as moved_by_name
      from inventory_move m join catalog_variant_fact v on v.id = m.variant
      join inventory_location f on f.id = m.from_location join inventory_location t on t.id = m.to_location
      left join access_user_name u on u.id = m.moved_by left join inventory_lot b on b.id = m.lot
      where (${reach.all} or f.place = any(${reach.places}::uuid[]) or t.place = any(${reach.places}::uuid[]) or m.owner = any(${reach.sellers}::uuid[]))
        ${variant ? sql`and m.variant = ${variant}` : sql``} ${document ? sql`and m.document = ${document}` : sql``} ${lot ? sql`and m.lot = ${lot}` : sql``}
        ${place ? sql`and (f.place = ${place} or t.place = ${place})` : sql``}
        ${after ? sql`and (m.at, m.id) < (${instantOf(after[0])}::timestamptz, ${uuidOf(after[1])}::uuid)` : sql``}
      order by m.at desc, m.id desc limit ${limit + 1}`.execute(db)
    const more = rows.length > limit
    if (more) rows.pop()
    const last = rows.at(-1)
    const t = wordsFor(actor.locale)
    const shown = (name: string) => shownName(t, 'location', name)
    return {
      rows: rows.map((row) => ({ ...row, fromName: shown(row.fromName), toName: shown(row.toName) })),
      next: more && last ? writeCursor(last.at.toString(), last.id) : null,
    }
  },
})

/** Compares the balances with the goods ledger; no rows means that all is well. */
export const checkStock = query({
  name: 'inventory.check',
  can: 'inventory.stock.read',
  input: z.object({}),
  async run({ db, reach }) {
    // It compares the whole company.
    if (!reach.all) throw CommonProblem.forbidden()
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
