import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { CommonProblem } from '#kit/problem.ts'

// OWASP's first choice: Argon2id, 19 MiB, two passes, one lane.
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const hashOnce = promisify(argon2) as unknown as (algorithm: 'argon2id', parameters: object) => Promise<Buffer>

// Hashing has a small queue of its own, so that a flood of sign-ins leaves the tills their processor.
const LANES = 1
const MOST_WAITING = 60
let busy = 0
const waiting: (() => void)[] = []
async function inLane<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= MOST_WAITING) throw CommonProblem.busy()
  if (busy >= LANES) await new Promise<void>((resolve) => waiting.push(resolve))
  busy += 1
  try {
    return await work()
  } finally {
    busy -= 1
    waiting.shift()?.()
  }
}

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
