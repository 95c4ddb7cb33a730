import { sql } from 'kysely'
import { z } from 'zod'
import { reachOf } from '#kit/access.ts'
import { CommonProblem } from '#kit/problem.ts'
import { query } from '#kit/server/door/command.ts'
import type { Reading } from '#kit/server/door/context.ts'
import { shared, type Shelf, type Wish } from './transfer-proposal.rules.ts'

interface Offered extends Wish, Shelf {
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly unit: string | null
  readonly locationName: string
  readonly giverName: string
}

/** Articles times shelves; whoever is that short asks again when these are on their way. */
const MOST = 2000

/**
 * What a place could be sent by others: articles at or below their reorder level here, of which a store whose stock the reader may
 * see has more than it needs. What others have asked it for already is not offered again.
 */
export const proposeTransfers = query({
  name: 'inventory.proposeTransfers',
  can: 'inventory.transfer.request',
  input: z.object({ place: z.uuid() }),
  async run(reading, { place }) {
    if (!(reading.reach.all || reading.reach.places.includes(place))) throw CommonProblem.notFound()
    const byArticle = Map.groupBy(await offeredTo(reading, place), (row) => row.variant)
    const rows = [...byArticle.values()].flatMap((shelves) => {
      const given = shared(shelves[0]!, shelves)
      return shelves.flatMap((row) => {
        const quantity = given.get(row.location)
        return quantity === undefined ? [] : [{ ...row, quantity }]
      })
    })
    return { rows }
  },
})

async function offeredTo({ db, actor }: Reading, place: string): Promise<readonly Offered[]> {
  const seen = reachOf(actor, 'inventory.stock.read')
  const { rows } = await sql<Offered>`
    select low.*, g.location, g."locationName", g.giver, g."giverName", g.free::bigint as there, g."giverFree"::bigint, g.level::bigint as "giverLevel"
    from (
      select r.variant, v.name, v.sku, v.unit, v.decimals, coalesce(s.free, 0)::bigint as available, coalesce(c.coming, 0)::bigint as coming,
        r.level::bigint as level, r.target::bigint as target
      from inventory_reorder r join catalog_variant_fact v on v.id = r.variant and v.kind = 'stocked' and not v.is_archived
      left join lateral (select h.free from inventory_on_hand h where h.variant = r.variant and h.place = r.place) s on true
      left join lateral (
        select sum(l.quantity::bigint - l.received::bigint - l.damaged::bigint - l.missing::bigint) as coming
        from inventory_transfer_line l join inventory_transfer h on h.id = l.document
        where l.variant = r.variant and h.place = r.place and h.state in ('requested', 'approved', 'dispatched', 'partlyReceived')) c on true
      where r.place = ${place} and coalesce(s.free, 0) <= r.level) low
    cross join lateral (
      select f.*, sum(f.free) over (partition by f.giver) as "giverFree" from (
        select l.id as location, l.name as "locationName", p.id as giver, p.name as "giverName", o.level,
          sum(b.on_hand::bigint - b.reserved::bigint) - coalesce((select sum(a.quantity) from inventory_transfer_line a
            join inventory_transfer h on h.id = a.document
            where a.variant = low.variant and h.location = l.id and h.state = 'requested'), 0) as free
        from inventory_balance b
        join inventory_location l on l.id = b.location and l.kind = 'storage' and l.holds = 'goods' and l.archived_at is null
        join place_fact p on p.id = l.place and p.archived_at is null
        left join inventory_lot t on t.id = b.lot
        left join inventory_reorder o on o.variant = b.variant and o.place = p.id
        where b.variant = low.variant and b.owner is null and p.id <> ${place}
          and (${seen?.all === true} or p.id = any(${[...(seen?.places ?? [])]}::uuid[]))
          and (t.expires_on is null or t.expires_on >= ((now() at time zone p.time_zone) - make_interval(hours => p.cut_off_hour))::date)
        group by l.id, p.id, p.name, o.level) f) g
    where g.free > 0 and g."giverFree" > coalesce(g.level, 0)
    order by low.name, low.variant, g."giverName", g.location limit ${MOST}`.execute(db)
  return rows
}
