import { z } from 'zod'
import { currencySchema, nameSchema } from '#kit/entity.ts'
import { problems } from '#kit/problem.ts'

export const SetupProblem = problems('setup.company', {
  done: { status: 409, say: 'This company has been set up already. Sign in instead.' },
  wrongCode: { status: 403, say: 'That is not the code that the terminal shows. Look there again.' },
  hasSales: { status: 409, say: 'The currency and the tax in prices can’t change once something has been sold.' },
})

/** What the first-run wizard sends: everything that a shop needs to sell. */
export const setupInput = z.object({
  code: z.string().trim().max(40),
  company: z.object({
    name: nameSchema,
    country: z.string().length(2),
    currency: currencySchema,
    locale: z.enum(['en', 'ar', 'sw']),
    timeZone: z.string().max(60),
    cutOffHour: z.number().int().min(0).max(12),
    costing: z.enum(['average', 'fifo']).default('average'),
  }),
  store: z.object({ name: z.string().trim().min(1).max(80), till: z.string().trim().min(1).max(60) }),
  owner: z.object({
    name: z.string().trim().min(1).max(120),
    email: z.email().max(254).toLowerCase(),
    password: z.string().min(1).max(256),
  }),
})

export const companyInput = z.object({
  name: nameSchema,
  locale: z.enum(['en', 'ar', 'sw']),
  taxNumber: z.string().trim().max(40).nullish(),
  discountLimit: z.number().int().min(0).max(1_000_000),
})
