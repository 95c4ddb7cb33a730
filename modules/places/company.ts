import { z } from 'zod'
import { currencySchema, nameSchema } from '#kit/entity.ts'

export const LOGO_MEGABYTES = 5
/** Parts of the business that a company may do without; their pages leave the menu, and what stands in them stays. */
export const optionalAreas = ['counter', 'warehouse', 'customers', 'money'] as const

/** How long a text above or below a receipt may be. */
export const PAPER_TEXT = 400

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
  areasOff: z.array(z.enum(optionalAreas)).default([]),
  taxNumber: z.string().max(40).optional(),
  /** The picture on papers, a file. */
  logo: z.uuid().optional(),
  /** Above what was sold, and below it where the place says nothing of its own. */
  receiptHead: z.string().max(PAPER_TEXT).optional(),
  receiptNote: z.string().max(PAPER_TEXT).optional(),
})
export type Company = z.output<typeof companySchema>
