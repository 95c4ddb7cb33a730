import { z } from 'zod'
import { currencySchema, nameSchema } from '#kit/entity.ts'

/** The company, kept as one setting: what every amount, language and price is read by. */
export const companySchema = z.object({
  name: nameSchema,
  country: z.string().length(2),
  currency: currencySchema,
  locale: z.string().min(2).max(10),
  languages: z.array(z.string()).default(['en']),
  timeZone: z.string(),
  cutOffHour: z.number().int().min(0).max(12),
  pricesIncludeTax: z.boolean(),
  costing: z.enum(['average', 'fifo']).default('average'),
  taxNumber: z.string().max(40).optional(),
})
export type Company = z.output<typeof companySchema>
