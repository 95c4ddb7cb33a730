import { z } from 'zod'
import { currencySchema, nameSchema, localeSchema } from '#kit/entity.ts'
import { secret } from '#kit/mark.ts'
import { problems } from '#kit/problem.ts'
import { optionalAreas, PAPER_TEXT } from '#modules/places/company.ts'

export const SetupProblem = problems('setup.company', {
  done: { status: 409, say: 'This company has been set up already. Sign in instead.' },
  wrongCode: { status: 403, say: 'That is not the code that the terminal shows. Look there again.' },
  hasSales: { status: 409, say: 'Whether prices include tax can’t change once something has been sold.' },
  hasEntries: { status: 409, say: 'The currency can’t change once an amount stands in the books.' },
  otherDecimals: {
    status: 409,
    say: 'Prices are kept in the smallest coin, and {currency} has another one. Change the currency before products are added.',
  },
})

const onPapers = {
  taxNumber: z.string().trim().max(40).nullish(),
  receiptHead: z.string().trim().max(PAPER_TEXT).nullish(),
  receiptNote: z.string().trim().max(PAPER_TEXT).nullish(),
}

/** What the first-run wizard sends: everything that a shop needs to sell. */
export const setupInput = z.object({
  code: secret(z.string().trim().max(40)),
  company: z.object({
    name: nameSchema,
    country: z.string().length(2),
    currency: currencySchema,
    locale: localeSchema,
    timeZone: z.string().max(60),
    cutOffHour: z.number().int().min(0).max(12),
    costing: z.enum(['average', 'fifo']).default('average'),
    areasOff: z.array(z.enum(optionalAreas)).default([]),
    ...onPapers,
  }),
  store: z.object({ name: z.string().trim().min(1).max(80), till: z.string().trim().min(1).max(60) }),
  owner: z.object({
    name: z.string().trim().min(1).max(120),
    email: z.email().max(254).toLowerCase(),
    password: secret(z.string().min(1).max(256)),
  }),
})

export const companyInput = z.object({
  name: nameSchema,
  ...onPapers,
  country: z.string().length(2),
  currency: currencySchema,
  pricesIncludeTax: z.boolean(),
  /** In millionths: how much those with the smaller right may take off. */
  discountLimit: z.number().int().min(0).max(1_000_000),
  locale: localeSchema,
  languages: z.array(localeSchema).min(1),
  timeZone: z.string().max(60),
  cutOffHour: z.number().int().min(0).max(12),
  areasOff: z.array(z.enum(optionalAreas)).optional(),
})
