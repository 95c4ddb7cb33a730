import { z } from 'zod'
import { event } from '#kit/event.ts'
import { life, machine, PROGRAM } from '#kit/machine.ts'
import { secret } from '#kit/mark.ts'
import { message } from '#kit/message.ts'
import { problems } from '#kit/problem.ts'

/** A second factor or passkey counts from the first right answer on. Nobody's row is deleted: the trail names it. */
export const factorLife = life(
  'access.factor',
  'access_factor',
  machine('proposed', {
    confirm: { from: ['proposed'], to: 'active', can: PROGRAM },
    remove: { from: ['proposed', 'active'], to: 'removed', can: PROGRAM },
  }),
)

export const FactorProblem = problems('access.factor', {
  wrongCode: { status: 422, say: 'This code is not right. Look whether the clock of your phone is, and take the next code.' },
  thereIsOne: { status: 409, say: 'An app makes codes for you already. Remove it first, then add another one.' },
  needed: { status: 409, say: 'Your role asks for a second proof. Add another one before you remove this.' },
  notYours: { status: 409, say: 'Your own factors are on your profile; resetting is for others.' },
  badPasskey: { status: 422, say: 'This passkey could not be added. Try again, or use another device.' },
})

export const factorChanged = event('access.factor.changed', 'access.user.read', z.object({ user: z.uuid() }))

const about = {
  name: { sample: 'Amina' },
  device: { sample: 'Chrome · Android' },
  when: { sample: '21 Nov 2026, 10:15' },
} as const
export const factorAddedMessage = message('access.factorAdded', about)
export const factorRemovedMessage = message('access.factorRemoved', about)
export const factorsResetMessage = message('access.factorsReset', {
  name: { sample: 'Amina' },
  by: { sample: 'Omar Owner' },
  reason: { sample: 'Lost telephone' },
})

export const totpCode = secret(
  z
    .string()
    .max(40)
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/)),
)

/** Crockford's alphabet: nothing that is read for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const BACKUP_CODES = 10

/** `0-7K3QM-9ZT4P`: the digit tells which of the ten it is, fifty random bits follow. */
export function backupCode(slot: number, bytes: Uint8Array): string {
  const letters = [...bytes.subarray(0, 10)].map((byte) => ALPHABET[byte & 31])
  return `${slot}-${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}

/** What a person typed of a backup code, without what only helps reading. @returns nothing when it can't be one */
export function readBackupCode(text: string): { slot: number; secret: string } | undefined {
  const plain = text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const match = /^(\d)([0-9A-Z]{10})$/.exec(plain)
  return match ? { slot: Number(match[1]), secret: match[2]! } : undefined
}

export interface PasskeyAnswer {
  readonly id: string
  readonly rawId: string
  readonly type: 'public-key'
  readonly response: Readonly<Record<string, unknown>>
  readonly clientExtensionResults: Readonly<Record<string, unknown>>
  readonly authenticatorAttachment?: string | undefined
}
/** What a browser's authenticator answers; the library reads the rest. */
export const passkeyAnswer = z.object({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  response: secret(z.record(z.string(), z.unknown())),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  authenticatorAttachment: z.string().max(40).optional(),
})
