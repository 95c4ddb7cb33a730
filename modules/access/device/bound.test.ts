import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { codeOf } from '../sign-in/sign-in.factory.ts'
import { accept, anInvitation, PASSWORD } from '../user/user.factory.ts'
import { forgetSessions } from '../session/session.store.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database

const aPair = () => crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
async function prove(client: Client, pair: CryptoKeyPair, more: object = {}) {
  const { challenge } = (await client.call('GET /session/device')).body
  const text = new TextEncoder().encode(`duka device ${challenge}`)
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text)
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return client.call('POST /session/device', {
    challenge,
    key: { kty, crv, x, y },
    signature: Buffer.from(signature).toString('base64'),
    ...more,
  })
}
let people = 0
async function aRider(): Promise<Client> {
  const email = `rider${++people}@example.com`
  await accept(server.client(), await anInvitation(owner, email, [{ role: 'rider', place: world.place }]))
  const client = server.client()
  assert.equal((await client.call('POST /sign-in', { email, password: PASSWORD })).status, 200)
  return client
}
const later = async (minutes: number) => {
  await pool.query(
    `update access_session set device_proven_at = device_proven_at - make_interval(mins => $1), created_at = created_at - make_interval(mins => $1)`,
    [minutes],
  )
  forgetSessions()
}
const isIn = async (client: Client) => (await client.call('GET /parties')).status === 200

test('a rider’s session opens nothing until the device has shown itself, and asks for it again every ten minutes', async () => {
  const client = await aRider()
  const pair = await aPair()
  assert.deepEqual(codeOf(await client.call('GET /parties')), [423, 'kit.proveDevice'])
  const { body } = await client.call('GET /session')
  assert.deepEqual([body.user, body.unproven], [null, true])
  assert.equal((await prove(client, pair)).status, 200)
  assert.ok(await isIn(client))
  assert.notEqual((await client.call('GET /session')).body.user, null)
  await later(11)
  assert.deepEqual(codeOf(await client.call('GET /parties')), [423, 'kit.proveDevice'])
  assert.equal((await prove(client, pair)).status, 200)
  assert.ok(await isIn(client))
})

test('a cookie that was taken to another device is worth nothing there, and trying ends the session', async () => {
  const client = await aRider()
  const pair = await aPair()
  await prove(client, pair)
  await later(11)
  const thief = server.client(client.cookie)
  assert.equal(await isIn(thief), false)
  assert.deepEqual(codeOf(await prove(thief, await aPair())), [401, 'access.session.wrongDevice'])
  assert.deepEqual(codeOf(await client.call('GET /parties')), [401, 'kit.signedOut'])
})

test('a cookie that was copied while the telephone is in use dies with the next proof', async () => {
  const client = await aRider()
  const pair = await aPair()
  await prove(client, pair)
  const thief = server.client(client.cookie)
  assert.ok(await isIn(thief), 'until then nothing tells them apart')
  const before = client.cookie
  await later(9)
  await prove(client, pair)
  assert.notEqual(client.cookie, before)
  // What was on its way still arrives; a moment later it does not.
  assert.ok(await isIn(thief))
  await pool.query(`update access_session set previous_until = now() - interval '1 second' where bound`)
  forgetSessions()
  assert.deepEqual(codeOf(await thief.call('GET /parties')), [423, 'kit.proveDevice'])
  assert.ok(await isIn(client))
  // An answer that was lost on the way: the old one is good for another proof.
  const again = server.client(before)
  assert.equal((await prove(again, pair)).status, 200)
  assert.ok(await isIn(again))
})

test('a key that is none is refused', async () => {
  const client = await aRider()
  const nowhere = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }
  assert.deepEqual(codeOf(await prove(client, await aPair(), { key: nowhere })), [401, 'access.session.wrongDevice'])
})

test('a signature of another question, of another session, or too late, is refused', async () => {
  const [client, other] = [await aRider(), await aRider()]
  const pair = await aPair()
  const { challenge } = (await other.call('GET /session/device')).body
  assert.deepEqual(codeOf(await prove(client, pair, { challenge })), [401, 'access.session.wrongDevice'])
  assert.equal((await prove(client, pair, { signature: 'AAAA' })).status, 422)
  assert.equal((await prove(client, pair)).status, 200, 'a wrong question ends nothing')
  // The first key must come soon after the sign-in.
  await pool.query(`update access_session set created_at = created_at - interval '11 minutes' where device_key is null`)
  assert.deepEqual(codeOf(await prove(other, pair)), [401, 'access.session.wrongDevice'])
  assert.equal((await server.client().call('GET /session/device')).status, 410)
})

test('other roles are not bound, until one says so', async () => {
  const email = 'cashier@example.com'
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role: 'cashier' }]))
  assert.ok(await isIn(client))
  assert.deepEqual(codeOf(await prove(client, await aPair())), [410, 'access.signIn.over'])
})
