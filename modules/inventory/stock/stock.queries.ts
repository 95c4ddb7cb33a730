import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { holdsAt } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import { requireReach } from '#kit/server/door/context.ts'
import { findVariants } from '#modules/catalog/index.ts'
import { locationPlace } from '../location/location.store.ts'
import { shelvesOf } from './shelf.store.ts'

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
    const costs = requireReach(actor, 'catalog.cost.read')
    const seesCost = sql`(${costs.all} or l.place = any(${costs.places}::uuid[]) or b.owner = any(${costs.sellers}::uuid[]))`
    const inReach = (owner: RawBuilder<unknown>) =>
      sql`(${reach.all} or l.place = any(${reach.places}::uuid[]) or ${owner} = any(${reach.sellers}::uuid[]))`
    const [goods, locations, reservations] = await Promise.all([
      db
        .selectFrom('catalogVariantFact')
        .select(['id', 'name', 'sku', 'product', 'decimals'])
        .where('id', '=', variant)
        .executeTakeFirst(),
      sql<ShelfRow>`
        select l.id, l.name, l.code, p.name as place_name, b.on_hand, b.reserved, case when ${seesCost} then b.value end as value, t.id as lot_id, t.code as lot, t.expires_on, o.name as owner_name
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
    const seesCost = holdsAt(actor, 'catalog.cost.read', place)
    const found = await findVariants(db, q, { after, limit })
    const shelves = await shelvesOf(
      db,
      location,
      found.map((one) => one.id),
    )
    return {
      rows: found.map(({ cost, ...one }) => ({
        ...one,
        onHand: shelves.get(one.id)?.onHand ?? '0',
        lots: shelves.get(one.id)?.lots ?? [],
        cost: seesCost ? cost : null,
      })),
      next: found.length === limit ? (found.at(-1)?.id ?? null) : null,
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
