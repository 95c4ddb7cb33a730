import { createHash } from 'node:crypto'
import type { CryptoKey, JWK, JWTPayload } from 'jose'
import { newId } from '#kit/id.ts'
import { addressOf } from '#kit/server/host/address.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Database } from '#kit/server/data/db.ts'
import { newToken, tokenHash } from '../session/session.store.ts'
import { TOKEN } from './machine.ts'
import { sealedText } from '#kit/server/vault/reseal.ts'

const ALGORITHM = 'EdDSA'
// Fetched when an app comes first.
const library = () => import('jose')

interface SigningKey {
  readonly kid: string
  readonly createdAt: number
  readonly publicJwk: JWK
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
}
const rings = new WeakMap<Database, { at: number; keys: Promise<SigningKey[]> }>()
const FRESH_MS = 60_000

/** The keys that count, the newest first. The first process to need one makes it. */
async function signingKeys(database: Database, isStale = false): Promise<SigningKey[]> {
  const cached = rings.get(database)
  if (cached && !isStale && Date.now() - cached.at < FRESH_MS) return cached.keys
  const keys = readKeys(database)
  rings.set(database, { at: Date.now(), keys })
  keys.catch(() => rings.delete(database))
  return keys
}

const sealedAbout = sealedText('access_signing_key', 'private_jwk', (kid) => `access_signing_key ${kid}`)

async function readKeys(database: Database): Promise<SigningKey[]> {
  const read = () =>
    database.db
      .selectFrom('accessSigningKey')
      .selectAll()
      .where('createdAt', '>', Temporal.Now.instant().subtract({ hours: (TOKEN.keyDays + 1) * 24 }))
      .orderBy('createdAt', 'desc')
      .execute()
  const { exportJWK, generateKeyPair, importJWK } = await library()
  const ring = database.keys
  const due = Temporal.Now.instant().subtract({ hours: TOKEN.keyDays * 24 })
  let rows = await read()
  if (!rows[0] || Temporal.Instant.compare(rows[0].createdAt, due) < 0) {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
    const kid = newId()
    // By the pool itself: whoever asks may be somebody who only reads.
    await database.pool.query(
      'insert into access_signing_key (kid, public_jwk, private_jwk, created_at) values ($1, $2, $3, now())',
      [
        kid,
        JSON.stringify({ ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }),
        ring.seal(JSON.stringify(await exportJWK(privateKey)), sealedAbout(kid)),
      ],
    )
    rows = await read()
  }
  return Promise.all(
    rows.map(async (row): Promise<SigningKey> => {
      const publicJwk = row.publicJwk as JWK
      return {
        kid: row.kid,
        createdAt: row.createdAt.epochMilliseconds,
        publicJwk,
        publicKey: (await importJWK(publicJwk, ALGORITHM)) as CryptoKey,
        privateKey: (await importJWK(JSON.parse(ring.open(row.privateJwk, sealedAbout(row.kid))) as JWK, ALGORITHM)) as CryptoKey,
      }
    }),
  )
}

/** Reads the keys before a connection is held, so that whoever signs within a transaction waits for no other one. */
export const warmKeys = async (database: Database): Promise<void> => void (await signingKeys(database))

/** The public halves, for whoever verifies our tokens elsewhere (RFC 7517). */
export const publicKeys = async (database: Database): Promise<JWK[]> => (await signingKeys(database)).map((one) => one.publicJwk)

/** Fifteen minutes in the name of a person and of one connection of theirs (RFC 9068). */
export async function signAccess(database: Database, subject: string, family: string, now: Temporal.Instant): Promise<string> {
  const { SignJWT } = await library()
  const [key] = await signingKeys(database)
  const seconds = Math.floor(now.epochMilliseconds / 1000)
  return new SignJWT({ sid: family })
    .setProtectedHeader({ alg: ALGORITHM, kid: key!.kid, typ: 'at+jwt' })
    .setIssuer(addressOf().origin)
    .setAudience(TOKEN.audience)
    .setSubject(subject)
    .setJti(newId())
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + TOKEN.accessMinutes * 60)
    .sign(key!.privateKey)
}

/**
 * The connection that an access token speaks for. Algorithm, type, issuer, audience and times are fixed here; keys come from
 * our own table and never from the token. @returns nothing when anything is wrong
 */
export async function familyOf(database: Database, token: string): Promise<{ subject: string; family: string } | undefined> {
  const verified = await verify(database, token).catch(() => undefined)
  const { sub, sid } = (verified ?? {}) as JWTPayload & { sid?: unknown }
  return typeof sub === 'string' && typeof sid === 'string' ? { subject: sub, family: sid } : undefined
}

async function verify(database: Database, token: string): Promise<JWTPayload> {
  const find = async ({ kid }: { kid?: string }): Promise<CryptoKey> => {
    // A key that another process has made since is looked up once more.
    const key =
      (await signingKeys(database)).find((one) => one.kid === kid) ??
      (await signingKeys(database, true)).find((one) => one.kid === kid)
    if (!key) throw new Error('no such key')
    return key.publicKey
  }
  const { jwtVerify } = await library()
  const { payload } = await jwtVerify(token, find, {
    algorithms: [ALGORITHM],
    typ: 'at+jwt',
    issuer: addressOf().origin,
    audience: TOKEN.audience,
    requiredClaims: ['exp', 'iat', 'sub', 'sid', 'jti'],
    clockTolerance: 30,
  })
  return payload
}

/** A new refresh token of a family. @returns the token, of which only the hash is kept */
export async function addRefresh(tx: Tx, family: string, parent: string | null): Promise<string> {
  const token = newToken()
  await tx.db
    .insertInto('accessRefresh')
    .values({
      id: newId(),
      family,
      tokenHash: tokenHash(token),
      parent,
      createdAt: tx.now,
      expiresAt: tx.now.add({ hours: TOKEN.refreshDays * 24 }),
    })
    .execute()
  return token
}

/** PKCE, S256 (RFC 7636, 4.6). */
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')
