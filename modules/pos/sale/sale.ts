import { z } from 'zod'
import {
  amountSchema,
  day,
  entity,
  instant,
  integer,
  longText,
  money,
  optional,
  quantitySchema,
  rateSchema,
  readonly,
  ref,
  seenBy,
  text,
  uid,
} from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { approvalKind } from '#kit/approval.ts'
import { problems } from '#kit/problem.ts'

/** A completed sale: goods and money changed hands in the transaction that wrote it. It is never changed afterwards. */
export const sale = entity('pos_sale', {
  name: 'pos.sale',
  path: '/pos/sales',
  fields: {
    id: readonly(uid()),
    number: readonly(text({ max: 40 })),
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
    change: readonly(money()),
    cost: readonly(seenBy('catalog.cost.read', money())),
    note: readonly(optional(longText({ max: 500 }))),
    prints: readonly(integer()),
  },
  can: { read: 'pos.sale.read', export: 'pos.sale.export' },
  // The total comes before what a small screen may leave out.
  list: ['number', 'completedAt', 'total', 'cashierName', 'customer', 'discount', 'place'],
  sort: ['-completedAt', 'total'],
  filters: ['businessDay', 'completedAt', 'place', 'till', 'customer', 'total'],
  search: ['number'],
  headline: 'total',
  title: 'number',
  scope: { place: 'place', own: 'cashier' },
})

/** What a cashier may do only when somebody who may agrees. */
export const otherPrice = approvalKind('pos.price', { permission: 'pos.sale.price', when: 'always' })
export const bigDiscount = approvalKind('pos.discount', { permission: 'pos.sale.discount', when: 'always' })

export const SaleProblem = problems('pos.sale', {
  gone: { status: 409, say: '{name} is not for sale any more. Take it off the basket.' },
  priceChanged: {
    status: 409,
    say: 'The price of {name} is {price:money} now. Look at the basket again before you take payment.',
  },
  totalChanged: { status: 409, say: 'The total is {total:money} now. Look at the basket again before you take payment.' },
  tooFine: { status: 422, say: '{name} is not sold in parts that small. Change the quantity.' },
  noShift: { status: 409, say: 'This till is not open. Open it with its float first.' },
})

const discount = z.union([z.strictObject({ rate: rateSchema(0n, 1_000_000n) }), z.strictObject({ amount: amountSchema(0n) })])

export const saleLineInput = z.object({
  variant: z.uuid(),
  quantity: quantitySchema(1n, 1_000_000_000_000n),
  /** What the till showed; the server looks the price up itself and refuses a basket that has gone stale. */
  listPrice: amountSchema(0n),
  /** A price that somebody approved. */
  unitPrice: amountSchema(0n).optional(),
  discount: discount.nullish(),
})

/** A basket: what somebody may agree to before it is paid. `id` is the id that its sale will have. */
export const basketInput = z.object({
  id: z.uuid(),
  till: z.uuid(),
  customer: z.uuid().nullish(),
  lines: z.array(saleLineInput).min(1).max(500),
  discount: discount.nullish(),
})

export const saleInput = basketInput.extend({
  tenders: z
    .array(z.object({ method: z.uuid(), given: amountSchema(0n), reference: z.string().trim().max(80).nullish() }))
    .min(1)
    .max(10),
  /** What the customer was told, before cash rounding. */
  total: amountSchema(0n),
  /** The parked basket that this is, when nobody took it up before: one's own, of this till. */
  parked: z.uuid().nullish(),
  note: z.string().trim().max(500).nullish(),
})

export const saleCompleted = event(
  'pos.sale.completed',
  'pos.sale.read',
  z.object({ sale: z.uuid(), number: z.string(), place: z.uuid(), till: z.uuid(), total: z.string(), lines: z.number() }),
)
