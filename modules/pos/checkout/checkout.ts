import { z } from 'zod'
import { amountSchema } from '#kit/entity.ts'
import { saleBackInput } from '../back/back.ts'
import { basketInput } from '../basket/basket.ts'

/** A basket with what is paid for it. */
export const saleInput = basketInput.extend({
  tenders: z
    .array(z.object({ method: z.uuid(), given: amountSchema(0n), reference: z.string().trim().max(80).nullish() }))
    .max(10),
  /** What the customer was told, before cash rounding. */
  total: amountSchema(0n),
  /** The parked basket that this is, when nobody took it up before: one's own, of this till. */
  parked: z.uuid().nullish(),
  note: z.string().trim().max(500).nullish(),
  /** What comes back for it: it pays as far as it goes. */
  back: saleBackInput.nullish(),
})
