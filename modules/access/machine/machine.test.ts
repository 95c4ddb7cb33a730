import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { aMailbox, codeOf } from '../sign-in/sign-in.factory.ts'
import { accept, anInvitation, PASSWORD } from '../user/user.factory.ts'
import { isFrom } from './api-key.store.ts'
import { isAppRedirect } from './machine.ts'
import { challengeOf } from './token.store.ts'

const world = await aCompany()
const mailbox = await aMailbox()
const server = await aServer(world.url, mailbox.settings)
const owner = server.client(world.cookie)
const { pool } = world.database
const withToken = (token: string) => ({ authorization: `Bearer ${token}` })
const REDIRECT = 'duka://connected'

let people = 0
async function aPerson() {
  const email = `app${++people}@example.com`
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, email, [{ role: 'manager', place: world.place }]))
  return { id: answer.body.user as string, email, client }
}
type Person = Awaited<ReturnType<typeof aPerson>>

interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
}
async function connected({ client }: Person, app = 'Rider app'): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url')
  const asked = await client.call('POST /tokens/codes', { app, redirect: REDIRECT, challenge: challengeOf(verifier) })
  const code = new URL(asked.body.redirect).searchParams.get('code')
  const answer = await server.client().call('POST /tokens', { code, verifier, redirect: REDIRECT })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const refresh = (refreshToken: string) => server.client().call('POST /tokens/refresh', { refreshToken })
const read = (token: string) => server.client().call('GET /pos/sales', {}, withToken(token))

test('PKCE: the vector of RFC 7636', () => {
  assert.equal(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'), 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
})

test('a code goes to our own app or to the device itself, nowhere else', () => {
  for (const good of ['duka://connected', 'http://127.0.0.1:49152/connected', 'http://[::1]:8080/connected'])
    assert.equal(isAppRedirect(good), true, good)
  for (const bad of [
    'https://evil.example/connected',
    'http://127.0.0.1:49152/connected?x=1',
    'http://127.0.0.1.evil.example:80/connected',
    'http://localhost:8080/connected',
    'duka://connected.evil',
    'javascript:alert(1)',
  ])
    assert.equal(isAppRedirect(bad), false, bad)
})

test('an app works in its user’s name; its code works once, for a minute, and only with the secret that it kept', async () => {
  const person = await aPerson()
  const { accessToken } = await connected(person)
  assert.equal((await read(accessToken)).status, 200)
  const { alg, typ, kid } = decodeProtectedHeader(accessToken)
  assert.deepEqual([alg, typ], ['EdDSA', 'at+jwt'])
  const { keys } = (await server.client().call('GET /tokens/keys')).body
  assert.ok(keys.some((key: { kid: string; d?: string }) => key.kid === kid && key.d === undefined))

  const verifier = randomBytes(32).toString('base64url')
  const ask = async () => {
    const asked = await person.client.call('POST /tokens/codes', {
      app: 'x',
      redirect: REDIRECT,
      challenge: challengeOf(verifier),
    })
    return new URL(asked.body.redirect).searchParams.get('code')
  }
  const exchange = (code: string | null, more: object = {}) =>
    server.client().call('POST /tokens', { code, verifier, redirect: REDIRECT, ...more })
  const once = await ask()
  assert.equal((await exchange(once)).status, 200)
  assert.deepEqual(codeOf(await exchange(once)), [401, 'access.machine.badCode'])
  const stolen = await ask()
  assert.equal((await exchange(stolen, { verifier: 'x'.repeat(43) })).status, 401)
  assert.equal((await exchange(stolen)).status, 401, 'gone after a wrong secret')
  assert.equal((await exchange(await ask(), { redirect: 'http://127.0.0.1:5000/connected' })).status, 401)
  const late = await ask()
  await pool.query(`update access_app_code set expires_at = now() - interval '1 second'`)
  assert.equal((await exchange(late)).status, 401)
})

test('refresh tokens: a chain; one that comes again ends the family and is reported; its owner’s other app lives on', async () => {
  const person = await aPerson()
  const [a, other] = [await connected(person), await connected(person, 'Other app')]
  const b = (await refresh(a.refreshToken)).body as Tokens
  const c = (await refresh(b.refreshToken)).body as Tokens
  assert.equal((await read(c.accessToken)).status, 200)

  assert.deepEqual(codeOf(await refresh(a.refreshToken)), [401, 'access.machine.badToken'])
  assert.equal((await refresh(c.refreshToken)).status, 401, 'the newest one is dead too')
  assert.equal((await read(c.accessToken)).status, 401, 'and the access token with it, at once')
  await mailbox.letter(person.email, /used a second time/)
  assert.equal((await refresh(other.refreshToken)).status, 200)
})

test('two who refresh with one token at once: one child is good; a lost answer may be asked for once more', async () => {
  const person = await aPerson()
  const a = await connected(person)
  const answers = await Promise.all([refresh(a.refreshToken), refresh(a.refreshToken)])
  assert.deepEqual(
    answers.map((one) => one.status),
    [200, 200],
  )
  const { rows } = await pool.query(
    `select 1 from access_refresh where parent is not null and revoked_at is null and family = (select family from access_refresh where token_hash = $1)`,
    [(await import('../session/session.store.ts')).tokenHash(a.refreshToken)],
  )
  assert.equal(rows.length, 1)
})

test('an app that asked for little may do little, whatever its user may', async () => {
  const person = await aPerson()
  const verifier = randomBytes(32).toString('base64url')
  const ask = (scope: string) =>
    person.client.call('POST /tokens/codes', { app: 'Price tags', redirect: REDIRECT, challenge: challengeOf(verifier), scope })
  assert.deepEqual(codeOf(await ask('catalog.product.read no.such.right')), [422, 'access.machine.unknownScope'])
  assert.equal((await ask('catalog.product.read; drop')).status, 422)
  const code = new URL((await ask('catalog.product.read catalog.product.edit access.role.edit')).body.redirect).searchParams.get(
    'code',
  )
  const tokens = await server.client().call('POST /tokens', { code, verifier, redirect: REDIRECT })
  assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
  const call = (route: string, input: object = {}) =>
    server.client().call(route, input, { authorization: `Bearer ${tokens.body.accessToken}` })
  assert.equal((await call('GET /catalog/products')).status, 200)
  assert.equal((await call('GET /parties')).status, 403, 'its user may, it may not')
  assert.equal((await call('POST /roles', { name: 'x', from: null })).status, 403, 'asked for, and not held by its user')
  assert.equal((await call('POST /profile', { name: 'Stolen', locale: 'en' })).status, 403)
})

test('a connection ends with the session list, with a new password, and after thirty days whatever is refreshed', async () => {
  const person = await aPerson()
  const first = await connected(person)
  const { rows } = (await person.client.call('GET /profile/sessions')).body
  const app = rows.find((row: { device: string }) => row.device === 'Rider app')
  await person.client.call(`DELETE /profile/sessions/${app.id}`)
  assert.equal((await refresh(first.refreshToken)).status, 401)

  const second = await connected(person)
  await person.client.call('POST /profile/password', { current: PASSWORD, password: 'another long enough one' })
  assert.equal((await refresh(second.refreshToken)).status, 401)

  const third = await connected(person)
  await pool.query(
    `update access_session set expires_at = now() - interval '1 second' where family is not null and holder = $1`,
    [person.id],
  )
  assert.equal((await refresh(third.refreshToken)).status, 401)
})

test('tokens that are forged, mistyped, over, or meant for something else are nobody', async () => {
  const person = await aPerson()
  const { accessToken, refreshToken } = await connected(person)
  const [, payload = ''] = accessToken.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const { kid } = decodeProtectedHeader(accessToken)
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const sign = (header: object, changed: object = {}, key: Parameters<SignJWT['sign']>[0] = privateKey) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header } as never).sign(key)
  const forged = [
    await sign({}),
    await sign({ jwk: await exportJWK(publicKey) }),
    await sign({ kid: undefined }),
    await sign({ alg: 'HS256' }, {}, new TextEncoder().encode('0123456789abcdef0123456789abcdef')),
    new UnsecuredJWT(claims).encode(),
    `${accessToken.slice(0, -4)}AAAA`,
    refreshToken,
    'duka_nothing',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsxIn0.eyJpc3MiOiJodHRwczovL3N1aXRlLmV4YW1wbGUiLCJhdWQiOiJzdWl0ZS1hcGkiLCJzdWIiOiJ1XzEiLCJzaWQiOiJzXzEiLCJpYXQiOjE3NDA4MjA1MDAsImV4cCI6MTc0MDgyMTQwMCwianRpIjoial8xIn0.9FPxjkjdANhdYL1gKRrO2yaO7cKFmzS523Qo_Kodev8',
  ]
  for (const token of forged) assert.equal((await read(token)).status, 401, token.slice(0, 60))
  // A cookie with the family's name opens nothing.
  assert.equal((await server.client(claims.sid).call('GET /pos/sales')).status, 401)
})

test('an API key does what it was given and no more; nothing risky, nothing that goes with being a person', async () => {
  const person = await aPerson()
  assert.equal(
    (await person.client.call('POST /api-keys', { name: 'x', permissions: ['pos.sale.read'] })).status,
    403,
    'managers make none',
  )
  const made = await owner.call('POST /api-keys', { name: 'Web shop', permissions: ['pos.sale.read', 'access.user.edit'] })
  assert.match(made.body.key, /^duka_[\w-]{43}$/)
  const { key } = made.body
  const call = (route: string, input: object = {}) => server.client().call(route, input, withToken(key))
  assert.equal((await call('GET /pos/sales')).status, 200)
  assert.equal((await call('GET /ledger/accounts')).status, 404)
  assert.deepEqual(codeOf(await call('GET /accounts')), [403, 'kit.forbidden'])
  assert.equal((await call('GET /profile/sessions')).status, 403)
  assert.deepEqual(codeOf(await call(`POST /users/${person.id}/roles`, { roles: [{ role: 'administrator' }] })), [
    403,
    'kit.proveAgain',
  ])
  assert.deepEqual(codeOf(await owner.call('POST /api-keys', { name: 'x', permissions: ['no.such.right'] })), [
    422,
    'access.machine.beyond',
  ])

  const { rows } = await pool.query(
    `select 1 from access_api_key k where k::text like $1 union all select 1 from idempotency_key i where i::text like $1`,
    [`%${key}%`],
  )
  assert.deepEqual(rows, [])
  assert.equal((await owner.call(`DELETE /api-keys/${made.body.id}`)).status, 200)
  assert.equal((await call('GET /pos/sales')).status, 401, 'at once')
})

test('a key loses what its holder loses, ends in time, comes from its own networks only, and keeps to its rate', async () => {
  const boss = await aPerson()
  await owner.call(`POST /users/${boss.id}/roles`, { roles: [{ role: 'administrator' }] })
  const again = server.client()
  await again.call('POST /sign-in', { email: boss.email, password: PASSWORD })
  const make = async (more: object = {}) =>
    (await again.call('POST /api-keys', { name: 'k', permissions: ['pos.sale.read'], ...more })).body.key as string
  const [key, elsewhere, here, slow, over] = [
    await make(),
    await make({ addresses: ['203.0.113.0/24'] }),
    await make({ addresses: ['10.0.0.0/8', '127.0.0.1'] }),
    await make({ rate: 3 }),
    await make({ days: 1 }),
  ]
  assert.equal((await read(elsewhere)).status, 401)
  assert.equal((await read(here)).status, 200)
  const statuses = []
  for (let at = 0; at < 5; at++) statuses.push((await read(slow)).status)
  assert.deepEqual(statuses, [200, 200, 200, 429, 429])
  await pool.query(
    `update access_api_key set expires_at = now() - interval '1 second' where expires_at < now() + interval '2 days'`,
  )
  assert.equal((await read(over)).status, 401)

  assert.equal((await read(key)).status, 200)
  await owner.call(`POST /users/${boss.id}/roles`, { roles: [{ role: 'stockKeeper', place: world.place }] })
  assert.equal((await read(key)).status, 403)
  await owner.call(`POST /users/${boss.id}/disable`)
  assert.equal((await read(key)).status, 401)
})

test('an address that is none is refused when the key is made, and not by a failure when it is used', async () => {
  for (const address of ['1.2.3', '300.1.1.1', '10.0.0.0/99', ':::', '::/129', 'abc'])
    assert.equal(
      (await owner.call('POST /api-keys', { name: 'Key', permissions: ['pos.sale.read'], addresses: [address] })).status,
      422,
      address,
    )
})

test('networks: single addresses, ranges, IPv6, and IPv4 in the clothes of IPv6', () => {
  assert.equal(isFrom([], undefined), true)
  assert.equal(isFrom(['10.0.0.0/8'], undefined), false)
  assert.equal(isFrom(['10.0.0.0/8'], '10.200.3.4'), true)
  assert.equal(isFrom(['10.0.0.0/8'], '::ffff:10.1.2.3'), true)
  assert.equal(isFrom(['192.0.2.7'], '192.0.2.8'), false)
  assert.equal(isFrom(['2001:db8::/32'], '2001:db8:1::1'), true)
  assert.equal(isFrom(['2001:db8::/32'], '2001:db9::1'), false)
})
