import { z } from 'zod'
import { life, machine, PROGRAM } from '#kit/machine.ts'
import { secret } from '#kit/mark.ts'
import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'
import type { Proof } from '../session/session.ts'

/**
 * A sign-in, from the first proof to the session. The first proof is a password, a passkey, a code by e-mail or the word
 * of another provider. Then `nextVerb` says what is still wanted.
 */
export const signInLife = life(
  'access.signIn',
  'access_sign_in',
  machine('begun', {
    askSecond: { from: ['begun'], to: 'secondAsked', can: PROGRAM },
    askEnrolment: { from: ['begun'], to: 'enrolmentAsked', can: PROGRAM },
    askPassword: { from: ['begun', 'secondAsked', 'enrolmentAsked'], to: 'passwordAsked', can: PROGRAM },
    complete: { from: ['begun', 'secondAsked', 'enrolmentAsked', 'passwordAsked'], to: 'completed', can: PROGRAM },
    refuse: { from: ['begun', 'secondAsked', 'enrolmentAsked', 'passwordAsked'], to: 'refused', can: PROGRAM },
  }),
  { key: 'tokenHash' },
)
export type SignInState = (typeof signInLife.states)[number]

export interface Standing {
  readonly proofs: readonly Proof[]
  /** A role or the person asks for a second proof. */
  readonly needsSecond: boolean
  /** There is one to ask for. */
  readonly hasSecond: boolean
  /** Without an app or a passkey the second proof is a code by e-mail, where the company asks for that. */
  readonly secondIsMailed: boolean
  /** This browser was trusted within the last days. */
  readonly isTrusted: boolean
  readonly mustChangePassword: boolean
}

const SECOND: readonly Proof[] = ['totp', 'backup', 'passkey', 'provider']
// A code to the mailbox is a second proof beside the password, never beside itself.
const hasBoth = (proofs: readonly Proof[]) => proofs.includes('password') && proofs.includes('emailCode')

/** What comes next. A passkey asks for a finger or a PIN on its own device, so it is two proofs; a provider asks by its own rules. */
export function nextVerb({
  proofs,
  needsSecond,
  hasSecond,
  secondIsMailed,
  isTrusted,
  mustChangePassword,
}: Standing): keyof typeof signInLife.steps {
  const hasProven = proofs.some((proof) => SECOND.includes(proof)) || (secondIsMailed && hasBoth(proofs))
  if (needsSecond && !hasProven && !(isTrusted && hasSecond)) return hasSecond ? 'askSecond' : 'askEnrolment'
  return mustChangePassword ? 'askPassword' : 'complete'
}

export const SIGN_IN = { cookie: '__Host-duka-sign-in', minutes: 10, tries: 5, codeTries: 3, codeMinutes: 15 } as const
/** Names a browser, so that somebody who has signed in there before is told from a stranger. */
export const BROWSER = { cookie: '__Host-duka-browser', days: 365 } as const

/** What the page does next. */
export interface NextStep {
  readonly next: 'enter' | 'second' | 'enrolment' | 'password'
  readonly ways?: readonly Proof[]
}

export const codeInput = secret(z.string().trim().max(40))

export const SignInProblem = problems('access.signIn', {
  over: { status: 410, say: 'This sign-in took too long or had too many tries. Begin again.' },
  wrongCode: { status: 422, say: 'This code is not right, or it was used before. Take the newest one.' },
  wrongBackup: {
    status: 422,
    say: 'This backup code is not right, or it was used before. Type it whole, with the digit that it begins with.',
  },
  passkey: { status: 422, say: 'This passkey could not be used here. Sign in another way.' },
  locked: { status: 429, say: 'Too many wrong attempts. Wait {minutes} minutes, or reset your password to get in now.' },
})

export const codeMessage = message(
  'access.code',
  {
    name: { sample: 'Amina' },
    code: { secret: true, sample: '482913' },
    minutes: { sample: '10' },
  },
  ['mail', 'sms'],
)
