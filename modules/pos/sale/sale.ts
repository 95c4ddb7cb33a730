import { z } from 'zod'
import { day, entity, hour, instant, longText, money, oneOf, optional, readonly, ref, seenBy, text, uid } from '#kit/entity.ts'
import { documentKind } from '#kit/document-kind.ts'
import { event } from '#kit/event.ts'
import { machine } from '#kit/machine.ts'

/** Goods that were sold, and what was paid for them. */
export const sold = documentKind('pos.sale', { path: '/pos/sales', can: 'pos.sale.read' })

/** Monday to Sunday, as the business day of a sale falls. */
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** A sale is completed as it is written; as long as its shift is open it may be struck out. */
export const saleLife = machine('completed', {
  void: { from: ['completed'], to: 'voided', can: 'pos.sale.complete' },
})

/** A completed sale: goods and money changed hands in the transaction that wrote it. It is never changed afterwards, but for a void. */
export const sale = entity('pos_sale', {
  name: 'pos.sale',
  path: '/pos/sales',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
    state: readonly(oneOf(saleLife.states)),
    completedAt: readonly(instant()),
    place: readonly(ref('place')),
    till: readonly(ref('pos_till')),
    shift: readonly(ref('pos_shift')),
    cashierName: readonly(text({ max: 120 })),
    customer: readonly(optional(ref('party'))),
    businessDay: readonly(day()),
    net: readonly(money()),
    tax: readonly(money()),
    discount: readonly(money()),
    rounding: readonly(money({ min: -1_000_000n })),
    total: readonly(money()),
    /** What of it was paid by goods that came back for it. */
    exchanged: readonly(money()),
    change: readonly(money()),
    cost: readonly(seenBy('catalog.cost.read', money())),
    note: readonly(optional(longText({ max: 500 }))),
  },
  can: { read: 'pos.sale.read', export: 'pos.sale.export' },
  // The total comes before what a small screen may leave out.
  list: ['number', 'completedAt', 'total', 'state', 'cashierName', 'customer', 'discount', 'place'],
  sort: ['-completedAt', 'total'],
  filters: ['state', 'businessDay', 'completedAt', 'place', 'till', 'customer', 'total'],
  beyond: {
    cashier: { field: ref('access_user'), column: 'cashier' },
    method: { field: ref('payment_method'), through: { table: 'pos_tender', of: 'sale' }, column: 'method' },
    category: {
      field: optional(ref('catalog_category')),
      through: { table: 'pos_sale_category', of: 'sale' },
      column: 'category',
    },
    hour: { field: hour(), through: { table: 'pos_sale_moment', of: 'sale' }, column: 'hour' },
    weekday: { field: oneOf(weekdays), through: { table: 'pos_sale_moment', of: 'sale' }, column: 'weekday' },
    variant: { field: ref('catalog_variant'), through: { table: 'pos_sale_line', of: 'sale' }, column: 'variant' },
  },
  sums: ['total', 'discount'],
  uncounted: ['voided'],
  search: ['number'],
  headline: 'total',
  title: 'number',
  scope: { place: 'place', own: 'cashier' },
  life: saleLife,
})

export const saleCompleted = event(
  'pos.sale.completed',
  'pos.sale.read',
  z.object({ sale: z.uuid(), number: z.string(), place: z.uuid(), till: z.uuid(), total: z.string(), lines: z.number() }),
)
