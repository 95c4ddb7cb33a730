import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { CommonProblem } from '#kit/problem.ts'
import type { Ctx, Tx } from '#kit/server/door/context.ts'
import type { Database } from '#kit/server/data/db.ts'
import { securityOf } from '../security/security.store.ts'
import type { Security } from '../security/security.ts'
import { BROWSER, SignInProblem } from '../sign-in/sign-in.ts'

/**
 * Counts attempts in the database, so that the count holds for all processes. The key of an account is a hash of the
 * address that was typed, known or not: the answer tells nothing.
 */
interface Counters {
  readonly address: RateLimiterPostgres
  readonly account: RateLimiterPostgres
  readonly locks: RateLimiterPostgres
  readonly other: RateLimiterPostgres
}

const made = new WeakMap<Database, { key: string; counters: Counters }>()
const DAY = 24 * 3600

function countersOf(database: Database, security: Security): Counters {
  const key = `${security.attemptsPerMinute} ${security.failuresToLock} ${security.lockMinutes}`
  const known = made.get(database)
  if (known?.key === key) return known.counters
  const limiter = (...rest: Rest) => limiterOf(database, ...rest)
  const counters = {
    // A flood from one address costs no further query for a minute.
    address: limiter('address', security.attemptsPerMinute, 60, {
      inMemoryBlockOnConsumed: security.attemptsPerMinute + 1,
      inMemoryBlockDuration: 60,
    }),
    account: limiter('account', security.failuresToLock, security.lockMinutes * 60),
    locks: limiter('locks', 1_000_000, DAY),
    other: limiter('other', 1_000_000, 3600),
  }
  made.set(database, { key, counters })
  return counters
}

type Rest = [
  keyPrefix: string,
  points: number,
  duration: number,
  more?: { inMemoryBlockOnConsumed?: number; inMemoryBlockDuration?: number },
]

function limiterOf(database: Database, ...[keyPrefix, points, duration, more = {}]: Rest): RateLimiterPostgres {
  // Our driver reads 64-bit integers exactly; the library counts milliseconds with plain numbers.
  const storeClient = {
    query: async (query: { name?: string; text: string; values: unknown[] }) => {
      const { rows, rowCount } = await database.pool.query<{ points: number; expire: bigint | null }>(query)
      return { rowCount, rows: rows.map((row) => ({ ...row, expire: row.expire === null ? null : Number(row.expire) })) }
    },
  }
  return new RateLimiterPostgres({
    storeClient,
    storeType: 'pool',
    tableName: 'access_throttle',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration,
    ...more,
  })
}

// Keyed: a copy of the database does not tell whose addresses were typed.
const short = (database: Database, text: string) => database.keys.index('throttle', text)

/** What is judged: each has a count of its own, which only a right answer of the same kind clears. */
export type Judged =
  | 'password'
  | 'totp'
  | 'backup'
  | 'emailCode'
  | 'passkey'
  | 'resetCode'
  | 'contactCode'
  | 'registerCode'
  | 'setupCode'

export interface Attempt {
  readonly proof: Judged
  /** Whose it would be: an address, known or not, or what else names it. */
  readonly of: string
  /**
   * A browser in which this person has signed in before, or a session of theirs, is counted by itself, so that no stranger's
   * mistakes lock it out; all others are counted together.
   */
  readonly by?: 'stranger' | 'knownBrowser' | 'session'
}

/** What comes of an attempt that was counted. */
export interface Counted {
  /** Clears this count, and no other; in a transaction, if what was right is kept. */
  right(tx?: Tx): Promise<void>
  /** The last one that is judged locks it: for a quarter of an hour, and each further time of the same day for twice as long. */
  wrong(): Promise<void>
}

/**
 * Counts an attempt before anything is judged, in one statement: of a hundred at once, from wherever, no more are judged than
 * may be wrong. Every password, code and word that could be guessed is judged after this and nowhere else.
 * @throws `access.signIn.locked`
 */
export async function counted(ctx: Ctx, security: Security, attempt: Attempt): Promise<Counted> {
  const { account, locks } = countersOf(ctx.database, security)
  const key = attemptKey(ctx, attempt)
  const state = await account.consume(key).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) throw SignInProblem.locked({ minutes: minutesOf(refused) })
    throw refused
  })
  return {
    right: (tx) => forget(tx?.db ?? ctx.database.db, [account.getKey(key)]),
    async wrong() {
      if (state.consumedPoints < security.failuresToLock) return
      const { consumedPoints: times } = await locks.consume(key)
      await account.block(key, Math.min(security.lockMinutes * 60 * 2 ** (times - 1), DAY))
    },
  }
}

function attemptKey(ctx: Ctx, { proof, of, by = 'stranger' }: Attempt): string {
  // The cookie of a browser counts only where it was found to be theirs; whoever holds a session could invent others.
  const where = by === 'knownBrowser' ? `|${ctx.cookies?.[BROWSER.cookie]}` : by === 'session' ? '|session' : ''
  return short(ctx.database, `${proof}|${of}${where}`)
}

const minutesOf = (state: RateLimiterRes): number => Math.max(1, Math.ceil(state.msBeforeNext / 60_000))
const addressKey = (ctx: Ctx): string => ctx.address ?? 'unknown'

const consumed = (limiter: RateLimiterPostgres, key: string, points = 1): Promise<RateLimiterRes | null> =>
  limiter.consume(key, points).then(
    () => null,
    (refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused
      throw refused
    },
  )

/**
 * A flood from one address waits, whoever it tries to be.
 * @returns how to take it back: a right password takes nothing from those who share an address, a shop's people begin their
 * day together
 * @throws `kit.tooMany`, before anything is hashed
 */
export async function fromAddress(ctx: Ctx, security: Security): Promise<() => Promise<void>> {
  const { address } = countersOf(ctx.database, security)
  const isOver = await consumed(address, addressKey(ctx))
  if (isOver) throw CommonProblem.tooMany({ seconds: Math.ceil(isOver.msBeforeNext / 1000) })
  return async () => void (await address.reward(addressKey(ctx)))
}

/** At most so many in an hour of something that costs us or bothers somebody. @returns whether this one may be done */
export async function hourly(ctx: Ctx, security: Security, what: string, most: number): Promise<boolean> {
  const { other } = countersOf(ctx.database, security)
  const { consumedPoints } = await other.consume(short(ctx.database, what))
  return consumedPoints <= most
}

/** At most so many in an hour by one person. @returns whether they may do this one */
export const seldom = async (ctx: Ctx, what: string, most: number): Promise<boolean> =>
  hourly(ctx, await securityOf(ctx.database.db), `${what} ${ctx.actor.id}`, most)

const minutes = new WeakMap<Database, Map<number, RateLimiterPostgres>>()
/** Counts one of so many a minute. @returns the seconds to wait when there are too many, else 0 */
export async function perMinute(database: Database, what: string, most: number): Promise<number> {
  const known = minutes.get(database) ?? new Map<number, RateLimiterPostgres>()
  minutes.set(database, known)
  const limiter =
    known.get(most) ?? limiterOf(database, 'minute', most, 60, { inMemoryBlockOnConsumed: most + 1, inMemoryBlockDuration: 5 })
  known.set(most, limiter)
  const isOver = await consumed(limiter, short(database, what))
  return isOver ? Math.max(1, Math.ceil(isOver.msBeforeNext / 1000)) : 0
}

/** Whoever has shown that the mailbox is theirs may type a password again, whatever strangers did meanwhile. */
export async function unlock(tx: Tx, security: Security, email: string): Promise<void> {
  const { account, locks } = countersOf(tx.ctx.database, security)
  const key = attemptKey(tx.ctx, { proof: 'password', of: email })
  await forget(tx.db, [account.getKey(key), locks.getKey(key)])
}

/** These counters are kept in no memory, so what is gone from the table is gone. */
async function forget(db: Database['db'] | Tx['db'], keys: readonly string[]): Promise<void> {
  await db.deleteFrom('accessThrottle').where('key', 'in', keys).execute()
}
