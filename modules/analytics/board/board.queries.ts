import { sql } from 'kysely'
import { z } from 'zod'
import { daySchema } from '#kit/entity.ts'
import type { Minor } from '#kit/money.ts'
import { query } from '#kit/server/door/command.ts'
import { requireReach } from '#kit/server/door/context.ts'
import { shownName, wordsFor } from '#kit/server/host/words.ts'
import { businessDay } from '#kit/time.ts'
import { loadPlaces } from '#modules/places/index.ts'

/** The day at each place, from the sales themselves: figures, the week before beside them, ways to pay, top products, low stock. */
export const showBoard = query({
  name: 'analytics.showBoard',
  can: 'analytics.board.read',
  input: z.object({ place: z.uuid().optional(), day: daySchema.optional() }),
  async run({ db, now, reach, actor }, input) {
    const places = (await loadPlaces(db)).filter(
      (place) => (reach.all || reach.places.includes(place.id)) && (!input.place || place.id === input.place),
    )
    const costs = requireReach(actor, 'catalog.cost.read')
    const days = places.map((place) => input.day ?? businessDay(now, place))
    const ids = places.map((place) => place.id)
    const scope = sql`from pos_sale_fact s join unnest(${ids}::uuid[], ${days}::date[]) as d(place, day) on d.place = s.place and s.business_day = d.day`
    // A day that is not over is held against the same hours of its weekday, not against a whole day.
    const before = sql`from pos_sale_fact s join unnest(${ids}::uuid[], ${days}::date[]) as d(place, day) on d.place = s.place and s.business_day = d.day - 7
      and s.completed_at <= ${now}::timestamptz - interval '7 days'`
    const figures = sql`(count(*) filter (where not s.is_return))::int as baskets, coalesce(sum(s.total), 0)::bigint as total, coalesce(sum(s.net), 0)::bigint as net,
      case when ${costs.all} or s.place = any(${costs.places}::uuid[]) then coalesce(sum(s.net - s.cost), 0)::bigint end as margin, coalesce(sum(s.discount), 0)::bigint as discount`
    interface Figures {
      baskets: number
      total: Minor
      net: Minor
      margin: Minor | null
      discount: Minor
    }
    const [byPlace, lastWeek, byHour, byMethod, top, low] = await Promise.all([
      sql<Figures & { place: string }>`select s.place, ${figures} ${scope} group by s.place`.execute(db),
      sql<Figures & { place: string }>`select s.place, ${figures} ${before} group by s.place`.execute(db),
      sql<{ hour: number; total: Minor; baskets: number }>`
        select extract(hour from s.completed_at at time zone p.time_zone)::int as hour, sum(s.total)::bigint as total, (count(*) filter (where not s.is_return))::int as baskets
        ${scope} join place_fact p on p.id = s.place group by 1 order by 1`.execute(db),
      sql<{ kind: string; name: string; amount: Minor; count: number }>`
        select m.kind, m.name, sum(t.amount)::bigint as amount, (count(distinct s.id) filter (where not s.is_return))::int as count ${scope}
        join pos_tender_fact t on t.sale = s.id join payment_method_name m on m.id = t.method group by 1, 2 order by 3 desc`.execute(
        db,
      ),
      sql<{ variant: string; name: string; quantity: string; total: Minor }>`
        select l.variant, min(l.name) as name, sum(l.quantity)::text as quantity, sum(l.net + l.tax)::bigint as total ${scope}
        join pos_sale_line_fact l on l.sale = s.id group by 1 order by 4 desc limit 8`.execute(db),
      sql<{ variant: string; name: string; place: string; placeName: string; available: string; level: string }>`
        select r.variant, v.name, r.place, p.name as place_name, coalesce(b.free, 0)::text as available, r.level::text as level
        from inventory_reorder_level r join catalog_variant_fact v on v.id = r.variant join place_fact p on p.id = r.place
        left join inventory_on_hand b on b.variant = r.variant and b.place = r.place
        where r.place = any(${ids}::uuid[]) and coalesce(b.free, 0) <= r.level order by 5 limit 12`.execute(db),
    ])
    return {
      places: places.map((place, index) => ({
        id: place.id,
        name: place.name,
        day: days[index]!,
        figures: byPlace.rows.find((row) => row.place === place.id) ?? null,
        weekBefore: lastWeek.rows.find((row) => row.place === place.id) ?? null,
      })),
      byHour: byHour.rows,
      byMethod: byMethod.rows.map((row) => ({ ...row, name: shownName(wordsFor(actor.locale), 'method', row.name) })),
      top: top.rows,
      low: low.rows,
    }
  },
})
