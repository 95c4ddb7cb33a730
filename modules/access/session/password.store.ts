import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Ctx } from '#kit/server/door/context.ts'
import { lane } from '#kit/server/host/lane.ts'
import { log } from '#kit/server/host/log.ts'
import { readCompany } from '#modules/places/index.ts'
import type { Security } from '../security/security.ts'
import { isCommon } from '#kit/password.ts'
import { SessionProblem } from './session.ts'

// OWASP's first choice: Argon2id, 19 MiB, two passes, one lane.
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const hashOnce = promisify(argon2) as unknown as (algorithm: 'argon2id', parameters: object) => Promise<Buffer>

// Hashing has a small queue of its own, so that a flood of sign-ins leaves the tills their processor.
const inLane = lane({ at: 1, waiting: 60 })

const derive = (
  secret: string,
  nonce: Buffer,
  cost: { memory: number; passes: number; parallelism: number; tagLength: number } = COST,
) => inLane(() => hashOnce('argon2id', { message: Buffer.from(secret.normalize('NFKC')), nonce, ...cost }))

/** A password or PIN as a PHC string. */
export async function hashSecret(secret: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive(secret, nonce)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${nonce.toString('base64')}$${tag.toString('base64')}`
}

// Somebody who is not known costs as much time as somebody who is.
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${Buffer.alloc(16, 7).toString('base64')}$${Buffer.alloc(32).toString('base64')}`

/** Compares in constant time; without a stored hash it takes as long and answers no. */
export async function matchesSecret(secret: string, stored: string | null | undefined): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored ?? NOBODY)
  if (!match) return false
  const [, memory, passes, parallelism, nonce, tag] = match
  const expected = Buffer.from(tag!, 'base64')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: expected.length }
  const actual = await derive(secret, Buffer.from(nonce!, 'base64'), cost)
  return timingSafeEqual(actual, expected) && stored != null
}

/** Was it hashed with other costs than today's? Then the next right sign-in hashes it anew. */
export const isDated = (stored: string): boolean =>
  !stored.startsWith(`$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$`)

// The 49,000 commonest, with the package that keeps them.
let commonest: Promise<ReadonlySet<string>> | undefined
const theCommonest = () =>
  (commonest ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'] as readonly string[]),
  ))

/**
 * Judges a password that somebody chooses, and hashes it. Takes its time: call it before a transaction.
 * @throws `access.session.weak`, `.common`, `.breached`
 */
export async function newPassword(
  ctx: Ctx,
  security: Pick<Security, 'passwordLeast' | 'breachCheck'>,
  password: string,
  person: { name: string; email: string },
): Promise<string> {
  if ([...password.normalize('NFKC')].length < security.passwordLeast)
    throw SessionProblem.weak({ least: security.passwordLeast })
  const company = await readCompany(ctx.database.db)
  const words = ['duka', ...(company?.name ?? '').split(/\s+/), ...person.name.split(/\s+/), ...person.email.split(/[@.]/)]
  if (isCommon(password, words, await theCommonest())) throw SessionProblem.common()
  if (security.breachCheck && (await isBreached(password))) throw SessionProblem.breached()
  return hashSecret(password)
}

let breachServer = 'https://api.pwnedpasswords.com'
/** Another server that answers like the range look-up of Have I Been Pwned. */
export const useBreachServer = (url: string): void => {
  breachServer = url.replace(/(?<!\/)\/+$/, '')
}

/**
 * Asks whether a password was ever stolen, by the first five characters of its SHA-1; the server never learns it. When it
 * doesn't answer within three seconds the list of the commonest has to do.
 */
export async function isBreached(password: string): Promise<boolean> {
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
  try {
    const response = await fetch(`${breachServer}/range/${hash.slice(0, 5)}`, {
      headers: { 'add-padding': 'true', 'user-agent': 'duka' },
      redirect: 'error',
      signal: AbortSignal.timeout(3_000),
    })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    // Padded answers hold invented suffixes with a count of 0.
    return (await response.text()).split(/\r?\n/).some((line) => line.startsWith(`${hash.slice(5)}:`) && !line.endsWith(':0'))
  } catch (error) {
    log.warn({ error }, 'the list of breached passwords could not be asked')
    return false
  }
}
