import { sql } from 'kysely'
import { waiting, waitsIn } from '#kit/server/list/waiting.ts'
import { stockDocument } from '../document/document.ts'
import { stockCount } from '../stock-count/stock-count.ts'
import { EXPIRING_DAYS } from '../stock/stock.ts'
import { transfer } from '../transfer/transfer.ts'

const at = 'fromPlace'

/** What waits in the warehouse. */
export const warehouseWaits = [
  waitsIn(transfer, 'transfersToApprove', { can: 'inventory.transfer.approve', at, filters: () => ({ state: 'requested' }) }),
  waitsIn(transfer, 'transfersToSend', { can: 'inventory.stock.adjust', at, filters: () => ({ state: 'approved' }) }),
  waitsIn(transfer, 'transfersToReceive', {
    can: 'inventory.stock.receive',
    filters: () => ({ state: 'dispatched,partlyReceived' }),
  }),
  waitsIn(stockDocument, 'goodsDrafts', { can: 'inventory.document.write', filters: () => ({ state: 'draft' }) }),
  waitsIn(stockCount, 'countsOpen', { can: 'inventory.stock.adjust', filters: () => ({ state: 'open,counting' }) }),
  waitsIn(stockCount, 'countsToPost', { can: 'inventory.stock.adjust', filters: () => ({ state: 'reviewed' }) }),
  waiting({
    name: 'lotsExpiring',
    can: 'inventory.stock.read',
    rows: (_, { reach, place, today }) => sql`
      select 1 from inventory_lot t join inventory_balance b on b.lot = t.id join inventory_location l on l.id = b.location
      where b.on_hand > 0 and t.expires_on <= ${today}::date + ${EXPIRING_DAYS}::int
        and (${reach.all} or l.place = any(${reach.places}::uuid[])) ${place ? sql`and l.place = ${place}` : sql``}
      group by t.id, l.place`,
    leadsTo: () => ({ path: '/inventory/lots', search: { expiring: 'yes' } }),
  }),
  waiting({
    name: 'stockLow',
    can: 'inventory.stock.read',
    // As the list of stock judges it: what is archived or no longer kept on shelves is ordered by nobody.
    rows: (_, { reach, place }) => sql`
      select 1 from inventory_reorder r join catalog_variant_fact v on v.id = r.variant and not v.is_archived and v.kind = 'stocked'
        join place_fact p on p.id = r.place and p.archived_at is null
        left join lateral (select sum(b.on_hand - b.reserved) filter (where l.holds = 'goods') as free
          from inventory_balance b join inventory_location l on l.id = b.location
          where b.variant = r.variant and l.place = r.place) s on true
      where coalesce(s.free, 0) <= r.level
        and (${reach.all} or r.place = any(${reach.places}::uuid[])) ${place ? sql`and r.place = ${place}` : sql``}`,
    leadsTo: ({ place }) => ({ path: '/inventory/stock', search: { low: 'true', ...(place && { place }) } }),
  }),
]
