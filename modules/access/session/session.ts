import { z } from 'zod'
import { problems } from '#kit/problem.ts'

/** Absolute and idle life of a session. A till keeps its cashier for the shift. */
export const SESSION = { hours: 12, idleMinutes: 60, cookie: '__Host-duka' } as const

export const SessionProblem = problems('access.session', {
  wrong: { status: 401, say: 'The e-mail or the password is not right.' },
  locked: { status: 429, say: 'Too many wrong passwords. Wait {minutes} minutes and try again.' },
  weak: {
    status: 422,
    say: 'Choose a longer password: at least {least} characters that are easy to remember and hard to guess.',
  },
  common: { status: 422, say: 'This password is one of the first that others would try. Choose another one.' },
  wrongPassword: { status: 422, say: 'The current password is not right.' },
  badPin: { status: 422, say: 'A PIN has four to eight digits, not all the same and not in a row.' },
  pinLocked: { status: 429, say: 'Too many wrong PINs. This person’s PIN works again in {minutes} minutes.' },
  wrongPin: { status: 403, say: 'That PIN is not right, or its owner may not approve this.' },
})

export const calendars = ['gregory', 'islamic-umalqura'] as const
export type Calendar = (typeof calendars)[number]

export const PASSWORD_LEAST = 10
export const passwordInput = z.string().min(1).max(256)
/** What a session is called outside: its secret and the hash of it never leave the server. */
export const sessionId = z.string().regex(/^[\w-]{22}$/)
export const pinInput = z.string().regex(/^\d{4,8}$/)

const COMMON = [
  'password',
  '12345678',
  'qwertyui',
  'iloveyou',
  'football',
  'baseball',
  'welcome1',
  'sunshine',
  'princess',
  'duka',
  'letmein',
  'abcd1234',
]

/** Length counts, composition does not (NIST 800-63B-4). `own` are words of the company and the person. */
export function judgePassword(password: string, own: readonly string[] = []): void {
  const plain = password.normalize('NFKC').toLowerCase()
  if ([...plain].length < PASSWORD_LEAST) throw SessionProblem.weak({ least: PASSWORD_LEAST })
  const words = [...COMMON, ...own.map((word) => word.toLowerCase()).filter((word) => word.length > 3)]
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), plain).replace(/\d+|[^\p{L}]/gu, '')
  if (new Set(plain).size < 5 || (rest.length < 3 && words.some((word) => plain.includes(word)))) throw SessionProblem.common()
}

export function judgePin(pin: string): void {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]))
  if (steps.every((step) => step === 0) || steps.every((step) => step === 1) || steps.every((step) => step === -1))
    throw SessionProblem.badPin()
}
