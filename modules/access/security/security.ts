import { z } from 'zod'
import { roleNames, type RoleName } from '#kit/access.ts'
import { groupRole } from '../provider/provider.ts'

/** How long a session lives: in all, without use, and, on a shared device, until a PIN is asked for. */
export interface SessionLife {
  readonly hours: number
  readonly idleMinutes: number
  readonly lockMinutes: number | null
}

const OFFICE: SessionLife = { hours: 8, idleMinutes: 60, lockMinutes: null }
const COUNTER: SessionLife = { hours: 12, idleMinutes: 60, lockMinutes: 5 }
export const givenLife = (role: RoleName): SessionLife => (role === 'cashier' ? COUNTER : OFFICE)

const lifeSchema = z.object({
  hours: z
    .number()
    .int()
    .min(1)
    .max(24 * 90),
  idleMinutes: z
    .number()
    .int()
    .min(5)
    .max(60 * 24 * 90),
  lockMinutes: z.number().int().min(1).max(120).nullable(),
})

export const emailCodeUses = ['off', 'instead', 'besides'] as const

const shape = {
  attemptsPerMinute: z.number().int().min(3).max(1000),
  failuresToLock: z.number().int().min(3).max(100),
  lockMinutes: z.number().int().min(1).max(1440),
  passwordLeast: z.number().int().min(8).max(64),
  /** Asks a server that knows breached passwords, by the first five characters of their hash only. */
  breachCheck: z.boolean(),
  /** Roles that may not sign in with a password alone. */
  secondFactorRoles: z.array(z.enum(roleNames)).max(50),
  trustDays: z.number().int().min(0).max(90),
  /** A code by e-mail: never, in place of the password, or besides it when a day has passed since the last one. */
  emailCode: z.enum(emailCodeUses),
  /** May somebody who was not invited ask to be let in? */
  registration: z.boolean(),
  /** Which groups of the provider bring which role. */
  groupRoles: z.array(groupRole).max(200),
  sessions: z.partialRecord(z.enum(roleNames), lifeSchema),
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
  secondFactorRoles: [],
  trustDays: 30,
  emailCode: 'off',
  registration: false,
  groupRoles: [],
  sessions: {},
}
/** What a company decides about how people get in; what it has not decided is as it was given. */
export const securitySchema = z.preprocess((value) => ({ ...DEFAULTS, ...(value as object | undefined) }), z.object(shape))
export const securityInput = given.partial().refine((input) => Object.keys(input).length > 0)

/** The strictest of what a person's roles allow. */
export function lifeOf(security: Pick<Security, 'sessions'>, roles: readonly RoleName[]): SessionLife {
  const lives = roles.map((role) => security.sessions[role] ?? givenLife(role))
  if (lives.length === 0) return OFFICE
  const locks = lives.map((one) => one.lockMinutes).filter((one) => one !== null)
  return {
    hours: Math.min(...lives.map((one) => one.hours)),
    idleMinutes: Math.min(...lives.map((one) => one.idleMinutes)),
    lockMinutes: locks.length > 0 ? Math.min(...locks) : null,
  }
}
