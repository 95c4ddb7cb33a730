import { day, instant, money, optional, quantity, rateField, readonly, ref, seenBy, text, uid } from '#kit/entity.ts'
import { view } from '#kit/view.ts'

/** What came back stands below zero. */
const LEAST = -1_000_000_000_000_000n

/** What was sold and what came back, line by line, with the tax that was in force: what figures by article or tax are made of. */
export const saleLines = view('pos_sale_line_list', {
  name: 'pos.saleLine',
  path: '/pos/sale-lines',
  fields: {
    id: readonly(uid()),
    sale: readonly(optional(ref('pos_sale'))),
    return: readonly(optional(ref('return_note'))),
    completedAt: readonly(instant()),
    businessDay: readonly(day()),
    place: readonly(ref('place')),
    cashier: readonly(ref('access_user')),
    variant: readonly(ref('catalog_variant')),
    name: readonly(text({ max: 300 })),
    sku: readonly(text({ max: 80 })),
    quantity: readonly(quantity()),
    discount: readonly(money({ min: LEAST })),
    net: readonly(money({ min: LEAST })),
    tax: readonly(money({ min: LEAST })),
    total: readonly(money({ min: LEAST })),
    cost: readonly(seenBy('catalog.cost.read', money({ min: LEAST }))),
    taxCode: readonly(text({ max: 40 })),
    taxRate: readonly(rateField()),
  },
  can: { read: 'pos.sale.read', export: 'pos.sale.export' },
  list: ['completedAt', 'name', 'quantity', 'total', 'net', 'taxRate', 'tax', 'discount', 'sale', 'return', 'place'],
  // Ids are made in the order of time.
  sort: ['-id'],
  filters: ['businessDay', 'place', 'cashier', 'variant', 'taxCode', 'taxRate', 'sale'],
  headline: 'total',
  sums: ['net', 'tax', 'total', 'discount'],
  title: 'name',
  scope: { place: 'place', own: 'cashier' },
})
