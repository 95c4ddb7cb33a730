import { listFilter, ref, seenBy, type Beyond } from '#kit/entity.ts'
import { moveList } from '#modules/inventory/stock/move-list.ts'
import { stockList } from '#modules/inventory/stock/stock-list.ts'

/** Articles that a supplier offers, whoever else does. */
const supplier: Beyond = {
  field: seenBy('sourcing.purchase.read', ref('party', { roles: 'supplier' })),
  through: { table: 'sourcing_offered', of: 'variant', row: 'variant' },
  column: 'supplier',
}

/** What it brings to the lists of others. */
export const filters = [stockList, moveList].map((list) => listFilter(list, 'supplier', supplier))
