import { flag, money, optional, quantity, readonly, ref, seenBy, text, uid } from '#kit/entity.ts'
import { view } from '#kit/view.ts'

const LEAST = -1_000_000_000_000_000n

/** What lies where: each article in each place, also where none of it is left. */
export const stockList = view('inventory_stock_list', {
  name: 'inventory.stock',
  path: '/inventory/stock',
  fields: {
    id: readonly(uid()),
    name: readonly(text({ max: 300 })),
    variant: readonly(ref('catalog_variant')),
    sku: readonly(text({ max: 80 })),
    place: readonly(ref('place')),
    category: readonly(optional(ref('catalog_category'))),
    onHand: readonly(quantity({ min: LEAST })),
    reserved: readonly(quantity()),
    free: readonly(quantity({ min: LEAST })),
    level: readonly(optional(quantity())),
    low: readonly(flag()),
    value: readonly(seenBy('catalog.cost.read', money({ min: LEAST }))),
  },
  can: { read: 'inventory.stock.read', export: 'inventory.stock.export' },
  list: ['name', 'sku', 'place', 'category', 'onHand', 'reserved', 'free', 'level', 'value'],
  sort: ['name', 'sku'],
  filters: ['variant', 'place', 'category', 'low', 'free', 'onHand'],
  search: ['name', 'sku'],
  headline: 'free',
  sums: ['onHand', 'reserved', 'free', 'value'],
  title: 'name',
  scope: { place: 'place', seller: 'seller' },
})
