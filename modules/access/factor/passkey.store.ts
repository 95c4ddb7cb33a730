import type { AuthenticationResponseJSON, AuthenticatorTransport, RegistrationResponseJSON } from '@simplewebauthn/server'
import { newId } from '#kit/id.ts'
import { addressOf } from '#kit/server/host/address.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { Db } from '#kit/server/data/db.ts'
import { readCompany } from '#modules/places/index.ts'
import { FactorProblem, type PasskeyAnswer } from './factor.ts'

// Fetched when it is needed first: it takes a fifth of a second, and a till waits for the start.
const library = () => import('@simplewebauthn/server')

// A passkey belongs to the domain it was made for: moving to another one loses them all.
const rpId = () => addressOf().hostname
const TIMEOUT_MS = 300_000

const keysOf = (db: Db, holder: string) =>
  db
    .selectFrom('accessFactor')
    .select(['id', 'credential', 'transports'])
    .where('holder', '=', holder)
    .where('kind', '=', 'passkey')
    .where('state', '=', 'active')
    .execute()

const asTransports = (all: readonly string[]) => all as AuthenticatorTransport[]

/** What the browser needs to make a passkey for somebody; the challenge is kept to judge its answer. */
export async function passkeyWish(db: Db, holder: { id: string; name: string; email: string }) {
  const [company, known] = await Promise.all([readCompany(db), keysOf(db, holder.id)])
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: company?.name ?? 'Duka',
    rpID: rpId(),
    // Not the address: whoever finds the key learns nothing.
    userID: Buffer.from(holder.id.replaceAll('-', ''), 'hex'),
    userName: holder.email,
    userDisplayName: holder.name,
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: known.map((one) => ({ id: one.credential!, transports: asTransports(one.transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: [-8, -7, -257],
  })
}

/** Keeps a passkey whose answer fits the challenge. @throws `access.factor.badPasskey` */
export async function keepPasskey(
  tx: Tx,
  holder: string,
  name: string,
  answer: PasskeyAnswer,
  challenge: string,
): Promise<string> {
  const { verifyRegistrationResponse } = await library()
  const judged = await verifyRegistrationResponse({
    response: answer as unknown as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: addressOf().origin,
    expectedRPID: rpId(),
    requireUserVerification: true,
    supportedAlgorithmIDs: [-8, -7, -257],
  }).catch(() => undefined)
  if (!judged?.verified) throw FactorProblem.badPasskey()
  const { credential, credentialBackedUp } = judged.registrationInfo
  const id = newId()
  await tx.db
    .insertInto('accessFactor')
    .values({
      id,
      holder,
      kind: 'passkey',
      name,
      state: 'active',
      credential: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      signCount: BigInt(credential.counter),
      transports: credential.transports ?? [],
      backedUp: credentialBackedUp,
      createdAt: tx.now,
    })
    .execute()
  return id
}

/** What the browser needs to use a passkey; without a holder, any that it has for this address. */
export async function passkeyQuestion(db: Db, holder?: string) {
  const known = holder ? await keysOf(db, holder) : []
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: rpId(),
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    allowCredentials: known.map((one) => ({ id: one.credential!, transports: asTransports(one.transports) })),
  })
}

/** Whose passkey has answered the challenge. A counter that goes back may be a copy, and is refused. @returns nothing when it is wrong */
export async function takePasskey(tx: Tx, answer: PasskeyAnswer, challenge: string): Promise<{ holder: string } | undefined> {
  const key = await tx.db
    .selectFrom('accessFactor')
    .selectAll()
    .where('credential', '=', answer.id)
    .where('state', '=', 'active')
    .forUpdate()
    .executeTakeFirst()
  if (!key) return undefined
  const { verifyAuthenticationResponse } = await library()
  const judged = await verifyAuthenticationResponse({
    response: answer as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: addressOf().origin,
    expectedRPID: rpId(),
    requireUserVerification: true,
    credential: {
      id: key.credential!,
      publicKey: new Uint8Array(Buffer.from(key.publicKey!, 'base64url')),
      counter: Number(key.signCount),
      transports: asTransports(key.transports),
    },
  }).catch(() => undefined)
  if (!judged?.verified) return undefined
  const { newCounter, credentialBackedUp } = judged.authenticationInfo
  await tx.db
    .updateTable('accessFactor')
    .set({ signCount: BigInt(newCounter), backedUp: credentialBackedUp, usedAt: tx.now })
    .where('id', '=', key.id)
    .execute()
  return { holder: key.holder }
}
