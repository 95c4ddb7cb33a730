import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kit/server/door/command.ts'
import { findVariants } from '#modules/catalog/index.ts'

/** The stores of the company, as whoever asks another one for goods has to name them: beyond the places where they work. */
export const transferEnds = query({
  name: 'inventory.transferEnds',
  can: 'inventory.transfer.request',
  input: z.object({}),
  async run({ db, reach }) {
    const { rows } = await sql<{ id: string; name: string; place: string; placeName: string; isOurs: boolean }>`
      select l.id, l.name, l.place, p.name as "placeName", (${reach.all} or l.place = any(${reach.places}::uuid[])) as "isOurs"
      from inventory_location l join place_fact p on p.id = l.place and p.archived_at is null
      where l.kind = 'storage' and l.holds = 'goods' and l.archived_at is null order by p.name, l.id`.execute(db)
    return { rows }
  },
})

/** What a store has that could be asked for: by scan or by words, with what is free there. What it cost is told to nobody. */
export const findTransferable = query({
  name: 'inventory.findTransferable',
  can: 'inventory.transfer.request',
  input: z.object({
    location: z.uuid(),
    q: z.string().trim().max(200).default(''),
    limit: z.coerce.number().int().min(1).max(100).default(12),
  }),
  async run({ db }, { location, q, limit }) {
    const found = await findVariants(db, q, { limit })
    const { rows } = await sql<{ variant: string; free: bigint }>`
      select b.variant, sum(b.on_hand::bigint - b.reserved::bigint)::bigint as free from inventory_balance b
      where b.location = ${location} and b.owner is null and b.variant = any(${found.map((one) => one.id)}::uuid[]) group by b.variant`.execute(
      db,
    )
    const free = new Map(rows.map((row) => [row.variant, row.free]))
    return {
      rows: found.map(({ id, name, sku, unit, exact, scanned }) => ({
        id,
        name,
        sku,
        unit,
        exact,
        scanned,
        free: free.get(id) ?? 0n,
      })),
    }
  },
})
