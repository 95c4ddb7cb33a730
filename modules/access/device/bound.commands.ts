import { createPublicKey, verify, type webcrypto } from 'node:crypto'
import { z } from 'zod'
import { secret } from '#kit/mark.ts'
import { note } from '#kit/server/door/activity.ts'
import { command, query, Refused } from '#kit/server/door/command.ts'
import { keysOf, json, type Db } from '#kit/server/data/db.ts'
import { withCookies } from '../sign-in/sign-in.store.ts'
import { SignInProblem } from '../sign-in/sign-in.ts'
import { endSession, forgetSessions, newToken, tokenHash } from '../session/session.store.ts'
import { BOUND, SESSION, SessionProblem } from '../session/session.ts'

const windowOf = (now: Temporal.Instant) => Math.floor(now.epochMilliseconds / (BOUND.challengeMinutes * 60_000))
/** Made anew every few minutes, for one session, and known to nobody without the key of the database. */
const challengeOf = (db: Db, session: string, window: number): string => keysOf(db).index(`device ${session}`, String(window))

/** What the device signs. */
export const showChallenge = query({
  name: 'access.showChallenge',
  can: 'public',
  input: z.object({}),
  async run({ db, ctx, now }) {
    if (!ctx.session) throw SignInProblem.over()
    return { challenge: challengeOf(db, ctx.session, windowOf(now)) }
  },
})

const coordinate = z.string().regex(/^[\w-]{43}$/)
const key = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate })

function isSignedBy(by: webcrypto.JsonWebKey, { challenge, signature }: { challenge: string; signature: string }): boolean {
  try {
    const key = createPublicKey({ key: by, format: 'jwk' })
    const text = Buffer.from(`duka device ${challenge}`)
    return verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64'))
  } catch {
    // A point that is on no curve.
    return false
  }
}

/**
 * Shows that this is the device that signed in: the first key that comes, soon after the sign-in, is the one that counts. A
 * session whose cookie comes with another key has been taken elsewhere, so it ends.
 */
export const proveDevice = command({
  name: 'access.proveDevice',
  can: 'public',
  inView: true,
  untrailed: true,
  input: z.object({ challenge: z.string().max(40), key, signature: secret(z.base64().length(88)) }),
  async run(tx, input) {
    const session = await tx.db
      .selectFrom('accessSession')
      .select(['tokenHash', 'holder', 'bound', 'deviceKey', 'createdAt', 'expiresAt'])
      .where('tokenHash', '=', tx.ctx.session ?? '')
      .forUpdate()
      .executeTakeFirst()
    if (!session?.bound) throw SignInProblem.over()
    const window = windowOf(tx.now)
    const isFresh = [window, window - 1].some((one) => challengeOf(tx.db, session.tokenHash, one) === input.challenge)
    const known = session.deviceKey as webcrypto.JsonWebKey | null
    const isInTime = known !== null || tx.now.since(session.createdAt).total('minutes') <= BOUND.firstMinutes
    if (!isFresh || !isInTime) throw SessionProblem.wrongDevice()
    if (!isSignedBy(known ?? input.key, input)) {
      await endSession(tx, session.tokenHash)
      note(tx.ctx, 'access.wrongDevice', { about: { table: 'access_user', id: session.holder } })
      return new Refused(SessionProblem.wrongDevice())
    }
    // Another token with every proof: a cookie that was copied dies with the next one. What is on its way with the old one
    // still arrives; after that, the old one is good for another proof only.
    const token = newToken()
    await tx.db
      .updateTable('accessSession')
      .set({
        tokenHash: tokenHash(token),
        previousHash: session.tokenHash,
        previousUntil: tx.now.add({ seconds: BOUND.graceSeconds }),
        deviceProvenAt: tx.now,
        ...(known === null && { deviceKey: json(input.key) }),
      })
      .where('tokenHash', '=', session.tokenHash)
      .execute()
    tx.afterCommit(forgetSessions)
    const maxAge = Math.max(60, Math.round(session.expiresAt.since(tx.now).total('seconds')))
    return withCookies({ proven: true }, [{ name: SESSION.cookie, value: token, maxAge }])
  },
})
