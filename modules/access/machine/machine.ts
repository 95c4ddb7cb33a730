import { z } from 'zod'
import { event } from '#kit/event.ts'
import { life, machine, PROGRAM } from '#kit/machine.ts'
import { secret } from '#kit/mark.ts'
import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'
import { tokenInput } from '../invitation/invitation.ts'

export const apiKeyLife = life(
  'access.apiKey',
  'access_api_key',
  machine('active', {
    revoke: { from: ['active'], to: 'revoked', can: 'signedIn' },
    /** Its holder is erased. */
    end: { from: ['active'], to: 'revoked', can: PROGRAM },
  }),
)

/** `duka_` and 43 characters of base64url: told from anything else at a glance, and by scanners for leaked secrets. */
export const API_KEY = /^duka_[\w-]{43}$/

export const TOKEN = {
  audience: 'duka-api',
  accessMinutes: 15,
  refreshDays: 7,
  /** An app whose answer was lost may ask once more within this time, if its newer token was not used yet. */
  graceSeconds: 10,
  codeSeconds: 60,
  /** A signing key is replaced after this time, and known for a day longer. */
  keyDays: 30,
} as const

/** An address or a network: one that is none would let nobody in, and break where it is looked at. */
const cidr = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
export const apiKeyInput = z.object({
  name: z.string().trim().min(1).max(80),
  permissions: z.array(z.string().max(80)).min(1).max(300),
  addresses: z.array(cidr).max(50).default([]),
  rate: z.number().int().min(1).max(6000).default(120),
  days: z.number().int().min(1).max(3650).nullable().default(365),
})

/** Where a code may be brought: our own app's scheme, or a port of the device itself (RFC 8252, 7.3). */
export const isAppRedirect = (text: string): boolean =>
  text === 'duka://connected' || /^http:\/\/(127\.0\.0\.1|\[::1\]):\d{2,5}\/connected$/.test(text)

export const connectInput = z.object({
  app: z.string().trim().min(1).max(80),
  redirect: z.string().max(200).refine(isAppRedirect, { error: 'redirect' }),
  /** PKCE, S256 only (RFC 7636). */
  challenge: z.string().regex(/^[\w-]{43}$/),
  /** The permissions that it needs, separated by spaces; all that its user holds when it names none. */
  scope: z
    .string()
    .regex(/^[\w.]+( [\w.]+)*$/)
    .max(4000)
    .optional(),
})
export const exchangeInput = z.object({
  code: tokenInput,
  verifier: secret(z.string().regex(/^[\w.~-]{43,128}$/)),
  redirect: z.string().max(200),
})
export const refreshInput = z.object({ refreshToken: tokenInput })

export const MachineProblem = problems('access.machine', {
  beyond: { status: 422, say: 'A key can only have rights that you hold yourself: {permission} is not among them.' },
  unknownScope: { status: 422, say: 'There is no permission called {permission}, so the app can’t be connected like this.' },
  badCode: { status: 401, say: 'This code is used up, or it was not meant for this app. Connect the app again.' },
  badToken: { status: 401, say: 'This app’s connection is over. Connect it again.' },
})

export const apiKeyChanged = event('access.apiKey.changed', 'access.user.read', z.object({ user: z.uuid() }), {
  rightsOf: 'user',
})
export const tokenReusedMessage = message('access.tokenReused', {
  name: { sample: 'Amina' },
  app: { sample: 'Duka for riders' },
  device: { sample: 'okhttp' },
  when: { sample: '21 Nov 2026, 10:15' },
})
