import { z } from 'zod'
import { amountSchema } from '#kit/entity.ts'
import { event } from '#kit/event.ts'
import { problems } from '#kit/problem.ts'

// What nests deeper than any basket does could not even be written down.
const isFlat = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' || value === null || (levels > 0 && Object.values(value).every((one) => isFlat(one, levels - 1)))

/** A basket put aside: any till of the store can take it up again. */
export const parkInput = z.object({
  id: z.uuid(),
  till: z.uuid(),
  label: z.string().trim().min(1).max(80),
  basket: z
    .record(z.string(), z.unknown())
    .refine((basket) => isFlat(basket, 8) && JSON.stringify(basket).length < 200_000, { error: 'tooLong' }),
  lines: z.number().int().min(1).max(500),
  total: amountSchema(0n),
})

/** As many wait in a store as its tills can show. */
export const MOST_PARKED = 200

export const ParkedProblem = problems('pos.parked', {
  tooMany: {
    status: 409,
    say: '{most} baskets are parked in this store. Take up those that nobody comes back for, and clear them.',
  },
  notYours: { status: 409, say: 'This basket is not parked at this till by you. Take it up before you sell it.' },
})

export const basketParked = event('pos.basket.parked', 'pos.sale.complete', z.object({ parked: z.uuid(), place: z.uuid() }))
