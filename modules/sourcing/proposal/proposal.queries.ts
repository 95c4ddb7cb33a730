import { sql } from 'kysely'
import { z } from 'zod'
import { holdsAt } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import type { Minor } from '#kit/money.ts'
import type { PriceUnit } from '#kit/quantity.ts'
import { query } from '#kit/server/door/command.ts'
import { taxRatesOf } from '#modules/catalog/index.ts'
import { businessDayAt } from '#modules/places/index.ts'
import { proposed, type Need } from './proposal.rules.ts'

interface Low extends Need {
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly unit: string | null
  readonly priceUnit: PriceUnit
  readonly supplier: string | null
  readonly supplierName: string | null
  readonly code: string | null
  readonly price: Minor | null
  readonly leadDays: number | null
}

/** An article is looked for among so many that are low. */
const MOST = 1000

/**
 * What a place should order: articles at or below their reorder level, with what is under way taken into account, from the supplier
 * who asks least for it, or who sold it last where nobody said a price.
 */
export const proposePurchases = query({
  name: 'sourcing.proposePurchases',
  can: 'sourcing.purchase.edit',
  input: z.object({ place: z.uuid() }),
  async run({ db, actor, reach, now }, { place }) {
    if (!(reach.all || reach.places.includes(place))) throw CommonProblem.notFound()
    const { rows } = await sql<Low>`
      select r.variant, v.name, v.sku, v.unit, v.price_unit as "priceUnit",
        coalesce(s.free, 0)::bigint as available, coalesce(o.on_order, 0)::bigint as "onOrder",
        r.level::bigint as level, r.target::bigint as target, f.pack::bigint as pack, f.least::bigint as least,
        f.supplier, p.name as "supplierName", f.code, coalesce(f.price, v.cost)::bigint as price, f.lead_days as "leadDays"
      from inventory_reorder_level r join catalog_variant_fact v on v.id = r.variant and not v.is_archived
      left join inventory_on_hand s on s.variant = r.variant and s.place = r.place
      left join lateral (select sum(greatest(l.quantity - l.received, 0)) as on_order from sourcing_purchase_line l
        join sourcing_purchase h on h.id = l.document
        where l.variant = r.variant and h.place = r.place and h.state in ('draft', 'submitted', 'approved', 'partlyReceived')) o on true
      left join lateral (select * from (
          select f.supplier, f.code, f.price, f.pack, f.least, f.lead_days, 0 as rank from sourcing_offer f
            where f.variant = r.variant and f.archived_at is null
          union all
          (select h.supplier, l.code, l.price, null, null, null, 1 from sourcing_purchase_line l
            join sourcing_purchase h on h.id = l.document and h.decided_at is not null where l.variant = r.variant
            order by h.decided_at desc limit 1)) x order by rank, price nulls last limit 1) f on true
      left join party_fact p on p.id = f.supplier
      where r.place = ${place} and coalesce(s.free, 0) <= r.level
      order by p.name nulls last, v.name limit ${MOST}`.execute(db)
    const rates = await taxRatesOf(
      db,
      rows.map((row) => row.variant),
      await businessDayAt(db, place, now),
    )
    const seesCost = holdsAt(actor, 'catalog.cost.read', place)
    return {
      rows: rows.map((row) => ({
        ...row,
        price: seesCost ? row.price : null,
        taxRate: rates.get(row.variant) ?? 0n,
        quantity: proposed(row),
      })),
    }
  },
})
