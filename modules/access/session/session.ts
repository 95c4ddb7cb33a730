import { z } from 'zod'
import { event } from '#kit/event.ts'
import { secret } from '#kit/mark.ts'
import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'

export const SESSION = { cookie: '__Host-duka' } as const
/** A bound session: how long a proof of the device holds, how long a question, and when the first proof must have come. */
export const BOUND = { minutes: 10, challengeMinutes: 5, firstMinutes: 10, graceSeconds: 15 } as const

export const SessionProblem = problems('access.session', {
  wrong: { status: 401, say: 'The e-mail or the password is not right.' },
  weak: {
    status: 422,
    say: 'Choose a longer password: at least {least} characters that are easy to remember and hard to guess.',
  },
  common: { status: 422, say: 'This password is one of the first that others would try. Choose another one.' },
  breached: {
    status: 422,
    say: 'This password stands in a list of stolen ones. Choose another one, and change it wherever you use it.',
  },
  wrongPassword: { status: 422, say: 'The current password is not right.' },
  badPin: { status: 422, say: 'A PIN has four to eight digits, not all the same and not in a row.' },
  pinLocked: { status: 429, say: 'Too many wrong PINs. This person’s PIN works again in {minutes} minutes.' },
  wrongPin: { status: 403, say: 'That PIN is not right, or its owner may not approve this.' },
  wrongDevice: { status: 401, say: 'This session belongs to another device. Sign in here.' },
  noPin: { status: 409, say: 'Give yourself a PIN on your profile first; without one nobody could unlock this device.' },
})

export const newDeviceMessage = message('access.newDevice', {
  name: { sample: 'Amina' },
  device: { sample: 'Chrome · Android' },
  when: { sample: '21 Nov 2026, 10:15' },
})
export const passwordChangedMessage = message('access.passwordChanged', {
  name: { sample: 'Amina' },
  device: { sample: 'Chrome · Android' },
  when: { sample: '21 Nov 2026, 10:15' },
})

/** Sessions of somebody were ended, locked, or look through other eyes: what they have open on other screens follows at once. */
export const sessionEnded = event('access.session.ended', 'access.user.read', z.object({ user: z.uuid() }), { rightsOf: 'user' })

export const calendars = ['gregory', 'islamic-umalqura'] as const
export type Calendar = (typeof calendars)[number]

export const passwordInput = secret(z.string().min(1).max(256))
/** What a session is called outside: its secret and the hash of it never leave the server. */
export const sessionId = z.string().regex(/^[\w-]{22}$/)
/** What a scanner types: `DUKA-` and 26 letters. */
export const badgeInput = secret(
  z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^DUKA-[A-Z2-9]{26}$/),
)
export const pinInput = secret(z.string().regex(/^\d{4,8}$/))

export function judgePin(pin: string): void {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  if (steps.every((step) => step === 0) || steps.every((step) => step === 1) || steps.every((step) => step === -1))
    throw SessionProblem.badPin()
}

/** How somebody has shown who they are. */
export const proofKinds = ['password', 'passkey', 'emailCode', 'provider', 'totp', 'backup', 'pin', 'badge', 'reset'] as const
export type Proof = (typeof proofKinds)[number]
