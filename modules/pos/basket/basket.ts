import { z } from 'zod'
import { basketLineInput, discountInput } from '#modules/pricing/basket/basket.ts'

/** A basket of a till: what somebody may agree to before it is paid. `id` is the id that its sale will have. */
export const basketInput = z.object({
  id: z.uuid(),
  till: z.uuid(),
  customer: z.uuid().nullish(),
  lines: z.array(basketLineInput).min(1).max(500),
  discount: discountInput.nullish(),
})
