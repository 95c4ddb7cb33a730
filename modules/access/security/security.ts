import { z } from 'zod'
import { groupRole } from './group-role.ts'

export const emailCodeUses = ['off', 'instead', 'besides'] as const

export const codeWays = ['mail', 'sms'] as const

const shape = {
  attemptsPerMinute: z.number().int().min(3).max(1000),
  failuresToLock: z.number().int().min(3).max(100),
  lockMinutes: z.number().int().min(1).max(1440),
  passwordLeast: z.number().int().min(8).max(64),
  /** Asks a server that knows breached passwords, by the first five characters of their hash only. */
  breachCheck: z.boolean(),
  trustDays: z.number().int().min(0).max(90),
  /** A code by e-mail: never, in place of the password, or besides it when a day has passed since the last one. */
  emailCode: z.enum(emailCodeUses),
  /** How such a code goes to those who have confirmed a number; to all others it goes by e-mail. */
  codeBy: z.enum(codeWays),
  /** May somebody who was not invited ask to be let in? */
  registration: z.boolean(),
  /** May somebody who sells through this company? */
  sellerRegistration: z.boolean(),
  /** Which groups of the provider bring which role. */
  groupRoles: z.array(groupRole).max(200),
  /** Where the newest seal of the trail goes every morning. */
  checkpointMails: z.array(z.email().max(254).toLowerCase()).max(5),
}
const given = z.strictObject(shape)
export type Security = z.output<typeof given>

/** Safe, and such that a first day can begin. */
const DEFAULTS: Security = {
  attemptsPerMinute: 5,
  failuresToLock: 5,
  lockMinutes: 15,
  passwordLeast: 10,
  breachCheck: false,
  trustDays: 30,
  emailCode: 'off',
  codeBy: 'mail',
  registration: false,
  sellerRegistration: false,
  groupRoles: [],
  checkpointMails: [],
}
/** What a company decides about how people get in; what it has not decided is as it was given. */
export const securitySchema = z.preprocess((value) => ({ ...DEFAULTS, ...(value as object | undefined) }), z.object(shape))
export const securityInput = given.partial().refine((input) => Object.keys(input).length > 0)
