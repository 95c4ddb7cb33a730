import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kit/server/command.ts'
import { saying } from '#kit/server/list.ts'
import { variantsOfCode } from '#modules/catalog/index.ts'
import { pageInput, readCursor, uuidOf, writeCursor } from '../stock/cursor.ts'
import { EXPIRING_DAYS } from './lot.ts'

const NEVER = 'infinity'

/** How much of a lot lies at a place; quantities in millionths. */
interface LotOnShelf {
  readonly id: string
  readonly code: string
  readonly expiresOn: string | null
  readonly variant: string
  readonly name: string
  readonly sku: string
  readonly place: string
  readonly placeName: string
  readonly onHand: bigint
  readonly reserved: bigint
}

/** Lots that lie on a shelf, those that expire first on top; by place. */
export const listLotStock = query({
  name: 'inventory.listLotStock',
  can: 'inventory.stock.read',
  input: z.object({ ...pageInput, place: z.uuid().optional(), expiring: z.enum(['true', 'false']).optional() }),
  async run({ db, reach, ctx }, { q, cursor, limit, place, expiring }) {
    const after = readCursor(cursor)
    const { rows } = await sql<LotOnShelf>`
      select t.id, t.code, t.expires_on, v.id as variant, v.name, v.sku, l.place, pl.name as place_name,
        sum(b.on_hand)::bigint as on_hand, sum(b.reserved)::bigint as reserved
      from inventory_balance b join inventory_lot t on t.id = b.lot join inventory_location l on l.id = b.location
      join place_fact pl on pl.id = l.place join catalog_variant_fact v on v.id = t.variant
      where b.on_hand <> 0 and (${reach.all} or l.place = any(${reach.places}::uuid[])) and (${place ?? null}::uuid is null or l.place = ${place ?? null}::uuid)
        ${q ? sql`and ((${saying(sql`t.code || ' ' || v.name || ' ' || v.sku`, q)}) or v.id = any(${variantsOfCode(q)}))` : sql``}
        ${expiring === 'true' ? sql`and t.expires_on <= ${ctx.now.toString()}::timestamptz::date + ${EXPIRING_DAYS}::int` : sql``}
        ${after ? sql`and (coalesce(t.expires_on, ${NEVER}), t.id, l.place) > (${after[0]}::date, ${uuidOf(after[1])}::uuid, ${uuidOf(after[2])}::uuid)` : sql``}
      group by t.id, v.id, v.name, v.sku, l.place, pl.name order by coalesce(t.expires_on, ${NEVER}), t.id, l.place limit ${limit + 1}`.execute(
      db,
    )
    const more = rows.length > limit
    if (more) rows.pop()
    const last = rows.at(-1)
    return { rows, next: more && last ? writeCursor(last.expiresOn ?? NEVER, last.id, last.place) : null }
  },
})
