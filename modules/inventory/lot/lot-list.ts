import { day, money, oneOf, optional, quantity, readonly, ref, seenBy, text, uid } from '#kit/entity.ts'
import { view } from '#kit/view.ts'

/** Lots where they lie, those that expire first on top. */
export const lotList = view('inventory_lot_list', {
  name: 'inventory.lotStock',
  path: '/inventory/lot-stock',
  fields: {
    id: readonly(uid()),
    name: readonly(text({ max: 300 })),
    sku: readonly(text({ max: 80 })),
    variant: readonly(ref('catalog_variant')),
    lot: readonly(ref('inventory_lot')),
    code: readonly(text({ max: 60 })),
    place: readonly(ref('place')),
    location: readonly(ref('inventory_location')),
    expiresOn: readonly(optional(day())),
    freshness: readonly(oneOf(['expired', 'expiring', 'fresh', 'undated'])),
    onHand: readonly(quantity({ min: -1_000_000_000_000_000n })),
    reserved: readonly(quantity()),
    value: readonly(seenBy('catalog.cost.read', money({ min: -1_000_000_000_000_000n }))),
  },
  can: { read: 'inventory.stock.read', export: 'inventory.stock.export' },
  list: ['name', 'code', 'place', 'location', 'expiresOn', 'freshness', 'onHand', 'value'],
  sort: ['expiresOn', 'name', 'code'],
  filters: ['freshness', 'expiresOn', 'variant', 'place', 'location'],
  search: ['code', 'name', 'sku'],
  headline: 'onHand',
  sums: ['onHand', 'reserved', 'value'],
  title: 'code',
  scope: { place: 'place' },
})
