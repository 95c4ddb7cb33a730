import type * as Oidc from 'openid-client'
import { newId } from '#kit/id.ts'
import { linkTo } from '#kit/server/host/address.ts'
import type { Tx } from '#kit/server/door/context.ts'
import type { AdapterValues, Reaching } from '#kit/server/outside/adapter.ts'
import { askService } from '#kit/server/outside/reach.ts'
import { log } from '#kit/server/host/log.ts'
import { difference, distinct, type Membership } from '../role/role.ts'
import { giveRoles } from '../user/user.store.ts'
import { userChanged } from '../user/user.ts'
import { ProviderProblem } from './provider.ts'
import { contactColumns } from '../user/email.store.ts'
import { blindIndex } from '#kit/server/data/blind.ts'

export interface ProviderOptions extends Reaching {
  /** Its address; everything else is found out from there (OpenID Connect Discovery). */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What people call it: "Sign in with …". */
  readonly name: string
  readonly scope: string
  readonly groupsClaim: string
  /** How people must have signed in there: one of these authentication contexts, separated by spaces. */
  readonly acr?: string | undefined
  /** How long ago they may have. */
  readonly maxAgeSeconds?: number | undefined
}

// Fetched when somebody comes through a provider first.
const library = () => import('openid-client')

let options: ProviderOptions | undefined
let discovered: Promise<Oidc.Configuration> | undefined
/** The provider of identities that people may sign in with; none by default. */
export function useProvider(values: AdapterValues | undefined, how: Reaching): void {
  options = values && optionsOf(values, how)
  discovered = undefined
}

/** A provider by what was filled in about it. */
export function optionsOf(values: AdapterValues, { isTyped }: Reaching): ProviderOptions {
  const text = (name: string) => String(values[name] ?? '')
  const maxAge = values['maxAgeSeconds']
  return {
    issuer: text('issuer'),
    clientId: text('clientId'),
    clientSecret: text('clientSecret'),
    name: text('name'),
    scope: text('scope'),
    groupsClaim: text('groupsClaim'),
    isTyped,
    ...(values['acr'] && { acr: text('acr') }),
    ...(maxAge !== undefined && maxAge !== '' && { maxAgeSeconds: Number(maxAge) }),
  }
}
export const providerName = (): string | null => options?.name ?? null

/** @throws `access.provider.none`, `access.provider.down` */
async function configuration(): Promise<Oidc.Configuration> {
  if (!options) throw ProviderProblem.none()
  discovered ??= discover(options)
  return discovered.catch((error: unknown) => {
    discovered = undefined
    log.warn({ error }, 'the provider of identities could not be asked')
    throw ProviderProblem.down()
  })
}

async function discover({ issuer, clientId, clientSecret, isTyped }: ProviderOptions): Promise<Oidc.Configuration> {
  const oidc = await library()
  const url = new URL(issuer)
  // Plain HTTP is for a provider on this very machine.
  const isLocal = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return oidc.discovery(url, clientId, clientSecret, undefined, {
    timeout: 10,
    // TLS alone would let whoever stands in between sign for the provider: every token is judged by the provider's own keys.
    execute: [oidc.enableNonRepudiationChecks, ...(isLocal ? [oidc.allowInsecureRequests] : [])],
    ...(isTyped && { [oidc.customFetch]: (to, init) => askService(to, init as RequestInit, { isTyped }) }),
  })
}

/**
 * Asks a provider about itself, and shows it a code that it never gave: what it says of that tells whether it knows us.
 * @returns whether it takes our id with our secret @throws what went wrong on the way
 */
export async function tryProvider(of: ProviderOptions): Promise<boolean> {
  const oidc = await library()
  const config = await discover(of)
  const answer = new URL(`${linkTo(RETURN)}?code=a-trial&state=a-trial&iss=${encodeURIComponent(of.issuer)}`)
  try {
    await oidc.authorizationCodeGrant(config, answer, {
      pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
      expectedState: 'a-trial',
    })
    return true
  } catch (error) {
    const { error: said } = error as { error?: string }
    if (said === undefined) throw error
    return !['invalid_client', 'unauthorized_client'].includes(said)
  }
}

/** What must come back with the answer; kept here, encrypted, until then. */
export interface Wait {
  readonly verifier: string
  readonly state: string
  readonly nonce: string
}
const RETURN = '/sign-in/return'

/** The address to send somebody to, and what their answer will be judged by. */
export async function question(): Promise<{ url: string; wait: Wait }> {
  const oidc = await library()
  const config = await configuration()
  const wait = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState(), nonce: oidc.randomNonce() }
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: linkTo(RETURN),
    scope: options!.scope,
    code_challenge: await oidc.calculatePKCECodeChallenge(wait.verifier),
    code_challenge_method: 'S256',
    state: wait.state,
    nonce: wait.nonce,
    ...(options!.acr && { acr_values: options!.acr }),
    ...(options!.maxAgeSeconds !== undefined && { max_age: String(options!.maxAgeSeconds) }),
  })
  return { url: url.href, wait }
}

export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** Only one that the provider has verified. */
  readonly email: string | null
  readonly name: string
  readonly groups: unknown
}

/** Exchanges the provider's answer for who somebody is; signature, issuer, audience, nonce and times are the library's. @throws `access.provider.refused` */
export async function identityOf(search: string, wait: Wait): Promise<Identity> {
  const oidc = await library()
  const config = await configuration()
  try {
    const tokens = await oidc.authorizationCodeGrant(config, new URL(linkTo(`${RETURN}${search}`)), {
      pkceCodeVerifier: wait.verifier,
      expectedState: wait.state,
      expectedNonce: wait.nonce,
      idTokenExpected: true,
      // The library wants auth_time then, and judges it.
      ...(options!.maxAgeSeconds !== undefined && { maxAge: options!.maxAgeSeconds }),
    })
    const id = tokens.claims()!
    const contexts = options!.acr?.split(/\s+/)
    if (contexts && !contexts.includes(String(id.acr))) throw new Error(`signed in by ${String(id.acr)}, which is not enough`)
    // Many providers tell the address and the groups only here.
    const more = config.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(config, tokens.access_token, id.sub)
      : ({} as Record<string, unknown>)
    const claims: Record<string, unknown> = { ...id, ...more }
    const email = typeof claims['email'] === 'string' && claims['email_verified'] === true ? claims['email'].toLowerCase() : null
    return {
      issuer: id.iss,
      subject: id.sub,
      email,
      name: typeof claims['name'] === 'string' ? claims['name'].slice(0, 120) : (email?.split('@')[0] ?? id.sub),
      groups: claims[options!.groupsClaim],
    }
  } catch (error) {
    log.warn({ error }, 'the provider of identities did not confirm somebody')
    throw ProviderProblem.refused()
  }
}

/** Who this is here: known from before, or by an address that the provider has verified, or new with the roles of their groups. */
export async function holderOf(tx: Tx, identity: Identity, roles: readonly Membership[], locale: string): Promise<string> {
  const { issuer, subject, email, name } = identity
  const known = await tx.db
    .updateTable('accessIdentity')
    .set({ usedAt: tx.now })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .returning('holder')
    .executeTakeFirst()
  if (known) return known.holder
  const byEmail = email
    ? await tx.db
        .selectFrom('accessUser')
        .select('id')
        .where('emailIndex', '=', blindIndex(tx.db, email))
        .forUpdate()
        .executeTakeFirst()
    : undefined
  if (!byEmail && (roles.length === 0 || !email)) throw ProviderProblem.unknown({ email: email ?? name })
  const holder = byEmail?.id ?? (await addUser(tx, { name, email: email!, locale }))
  await tx.db.insertInto('accessIdentity').values({ issuer, subject, holder, createdAt: tx.now, usedAt: tx.now }).execute()
  tx.changed({ table: 'access_user', record: holder, before: null, after: { identity: issuer } })
  return holder
}

async function addUser(tx: Tx, who: { name: string; email: string; locale: string }): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('accessUser')
    .values({ id, ...who, ...contactColumns(tx.db, id, who.email) })
    .execute()
  tx.changed({ table: 'access_user', record: id, version: 1, before: null, after: { name: who.name, email: who.email } })
  return id
}

/** Puts the roles that follow the provider's groups as they are there now. Roles that were given here stay. */
export async function followGroups(tx: Tx, holder: string, wanted: readonly Membership[]): Promise<void> {
  const all = await tx.db.selectFrom('accessMember').select(['role', 'place', 'source']).where('holder', '=', holder).execute()
  const of = (source: string) =>
    all.filter((one) => one.source === source).map(({ role, place }) => ({ role, place }) as Membership)
  const [own, before] = [of('here'), of('provider')]
  const after = distinct(wanted).filter((one) =>
    difference([one], own).some((left) => left.role === one.role && left.place === one.place),
  )
  const changed = difference(before, after)
  if (changed.length === 0) return
  await tx.db.deleteFrom('accessMember').where('holder', '=', holder).where('source', '=', 'provider').execute()
  await giveRoles(tx, holder, after, 'provider')
  tx.changed({
    table: 'access_user',
    record: holder,
    before: { roles: [...own, ...before] },
    after: { roles: [...own, ...after] },
  })
  tx.emit(userChanged, { user: holder })
}
