import { sql } from 'kysely'
import { z } from 'zod'
import { holdsAt } from '#kit/access.ts'
import type { Minor } from '#kit/money.ts'
import { query } from '#kit/server/door/command.ts'
import { CommonProblem } from '#kit/problem.ts'
import { findVariants, taxRatesOf } from '#modules/catalog/index.ts'
import { businessDayAt } from '#modules/places/index.ts'

/** What can be ordered: by scan or by words, with what the supplier calls it and asks for it, and what lies there. */
export const findPurchasable = query({
  name: 'sourcing.findPurchasable',
  can: 'sourcing.purchase.edit',
  input: z.object({
    q: z.string().trim().max(200).default(''),
    location: z.uuid(),
    supplier: z.uuid().optional(),
    after: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(500).default(12),
  }),
  async run({ db, actor, reach, now }, { q, location, supplier, after, limit }) {
    const { rows: at } = await sql<{
      place: string
    }>`select place from inventory_location_fact where id = ${location} and place is not null`.execute(db)
    const place = at[0]?.place
    if (!place || !(reach.all || reach.places.includes(place))) throw CommonProblem.notFound()
    const found = await findVariants(db, q, { after, limit })
    const ids = found.map((one) => one.id)
    const [rates, { rows: more }] = await Promise.all([
      taxRatesOf(db, ids, await businessDayAt(db, place, now)),
      sql<{ id: string; code: string | null; price: Minor | null; pack: bigint | null; onHand: bigint }>`
        select w.id, o.code, o.price::bigint as price, o.pack::bigint as pack, coalesce(s.free, 0)::bigint as on_hand
        from unnest(${ids}::uuid[]) as w(id)
        left join sourcing_offer o on o.variant = w.id and o.supplier = ${supplier ?? null}::uuid and o.archived_at is null
        left join inventory_on_hand s on s.variant = w.id and s.place = ${place}`.execute(db),
    ])
    const facts = new Map(more.map((one) => [one.id, one]))
    const seesCost = holdsAt(actor, 'catalog.cost.read', place)
    const rows = found.map(({ cost, ...one }) => {
      const { code, price, pack, onHand } = facts.get(one.id)!
      return { ...one, code, pack, onHand, price: seesCost ? (price ?? cost) : null, taxRate: rates.get(one.id) ?? 0n }
    })
    return { rows, next: found.length === limit ? (found.at(-1)?.id ?? null) : null }
  },
})
