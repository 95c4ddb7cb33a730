import { z } from 'zod'
import {
  amountSchema,
  day,
  instant,
  instantSchema,
  money,
  oneOf,
  optional,
  quantity,
  quantitySchema,
  readonly,
  ref,
  text,
  uid,
} from '#kit/entity.ts'
import { view } from '#kit/view.ts'

export const removalKinds = ['removed', 'cleared'] as const
/** As many are sent at once. */
export const MOST_REMOVALS = 200

/** What a till tells, a moment after it happened. */
export const removalsInput = z.object({
  till: z.uuid(),
  removals: z
    .array(
      z.object({
        id: z.uuid(),
        kind: z.enum(removalKinds),
        /** The id that the sale of the basket would have. */
        basket: z.uuid(),
        what: z.string().trim().min(1).max(300),
        variant: z.uuid().nullish(),
        quantity: quantitySchema(1n, 1_000_000_000_000n).nullish(),
        worth: amountSchema(0n),
        at: instantSchema,
      }),
    )
    .min(1)
    .max(MOST_REMOVALS),
})

/** What was taken out of baskets, and baskets that were emptied. */
export const removals = view('pos_removal_list', {
  name: 'pos.removal',
  path: '/pos/removals',
  fields: {
    id: readonly(uid()),
    at: readonly(instant()),
    businessDay: readonly(day()),
    kind: readonly(oneOf(removalKinds)),
    what: readonly(text({ max: 300 })),
    variant: readonly(optional(ref('catalog_variant'))),
    quantity: readonly(optional(quantity())),
    worth: readonly(money()),
    removedBy: readonly(ref('access_user')),
    sale: readonly(optional(ref('pos_sale'))),
    till: readonly(ref('pos_till')),
    place: readonly(ref('place')),
  },
  can: { read: 'pos.removal.read', export: 'pos.sale.export' },
  list: ['at', 'removedBy', 'kind', 'what', 'quantity', 'worth', 'sale', 'till'],
  // Ids are made in the order of time.
  sort: ['-id'],
  filters: ['removedBy', 'businessDay', 'kind', 'place', 'till', 'variant'],
  sums: ['worth'],
  headline: 'worth',
  title: 'what',
  scope: { place: 'place' },
})
