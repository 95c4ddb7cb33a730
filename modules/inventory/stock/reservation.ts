import { z } from 'zod'
import { instantSchema, quantitySchema } from '#kit/entity.ts'
import { life, machine, PROGRAM } from '#kit/machine.ts'
import { problems } from '#kit/problem.ts'

/** Goods put aside on their shelf, for somebody or for a while. */
export const putAsideInput = z.object({
  id: z.uuid(),
  variant: z.uuid(),
  location: z.uuid(),
  quantity: quantitySchema(1n),
  lot: z.uuid().nullish(),
  customer: z.uuid().nullish(),
  note: z.string().trim().max(200).nullish(),
  /** When they go back on sale by themselves. */
  until: instantSchema.nullish(),
})

/** Goods stay aside until somebody puts them back on sale, or their time is over. */
export const reservationLife = life(
  'inventory.reservation',
  'inventory_reservation',
  machine('active', {
    release: { from: ['active'], to: 'released', can: 'inventory.stock.reserve' },
    expire: { from: ['active'], to: 'expired', can: PROGRAM },
    // With the document that kept them: it takes them, or does without.
    use: { from: ['active'], to: 'used', can: PROGRAM },
    letGo: { from: ['active'], to: 'released', can: PROGRAM },
  }),
)

export const ReservationProblem = problems('inventory.reservation', {
  past: { status: 422, say: 'That moment has passed. Choose one that is still to come.' },
  over: { status: 409, say: 'These goods are not put aside any more.' },
})
