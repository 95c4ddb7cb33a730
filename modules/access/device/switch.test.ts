import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { codeOf } from '../sign-in/sign-in.factory.ts'
import { anInvitation, PASSWORD } from '../user/user.factory.ts'
import type { Membership } from '../role/role.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
let people = 0
async function aPerson(name: string, ...roles: Partial<Membership>[]) {
  const client = server.client()
  const token = await anInvitation(owner, `switch${++people}@example.com`, roles)
  const answer = await client.call('POST /invitations/acceptance', { token, name, password: PASSWORD })
  assert.equal(answer.status, 200)
  await client.call('POST /profile/pin', { current: PASSWORD, pin: '2846' })
  return { id: answer.body.user as string, client }
}
const cashier = { role: 'cashier', place: world.place } as const
const [anna, ben, boss] = [
  await aPerson('Anna', cashier),
  await aPerson('Ben', cashier),
  await aPerson('Boss', { role: 'manager', place: world.place }),
]
const whoIs = async (client: typeof anna.client) => (await client.call('GET /session')).body.user?.name
const go = (client: typeof anna.client, person: string, pin = '2846') => client.call('POST /session/user', { person, pin })

test('a colleague goes on at the till by PIN; the first one’s session is over; what is risky asks for a password', async () => {
  const till = server.client(anna.client.cookie)
  const before = till.cookie
  await till.call('POST /session/lock')
  const { rows } = (await till.call('GET /session/colleagues')).body
  assert.deepEqual(
    rows.map((row: { name: string }) => row.name),
    ['Anna', 'Ben'],
    'only those whose roles share devices',
  )
  const started = performance.now()
  assert.equal((await go(till, ben.id)).status, 200)
  assert.equal(await whoIs(till), 'Ben')
  assert.ok(performance.now() - started < 2_000)
  assert.equal(await whoIs(server.client(before)), undefined)
  assert.equal((await till.call('GET /pos/sales')).status, 200)
  assert.deepEqual(codeOf(await till.call('POST /profile/factors/app')), [403, 'kit.proveAgain'])
})

test('a PIN opens nothing from afar, nothing for those who share no device, and is counted', async () => {
  assert.equal((await go(server.client(), ben.id)).status, 403, 'no device')
  assert.equal((await go(server.client('made-up'), ben.id)).status, 403)
  const till = server.client(ben.client.cookie)
  assert.equal((await go(till, boss.id)).status, 403, 'a manager signs in with a password')
  for (let at = 0; at < 5; at++) assert.equal((await go(till, anna.id, '1111')).status, 403)
  assert.deepEqual(codeOf(await go(till, anna.id)), [429, 'access.session.pinLocked'])
})

test('only a shared device is one: not a rider’s telephone, not the browser of somebody from outside', async () => {
  const { body: seller } = await owner.call('POST /parties', { name: 'Souq', kind: 'organization', roles: ['seller'] })
  const outside = await aPerson('Outside', { role: 'seller', seller: seller.id })
  const rider = await aPerson('Rider', { role: 'rider', place: world.place })
  for (const { client } of [outside, rider, boss]) {
    assert.deepEqual((await client.call('GET /session/colleagues')).body.rows, [])
    assert.deepEqual(codeOf(await go(client, ben.id)), [403, 'access.session.wrongPin'])
  }
})

test('a badge is scanned in place of the PIN; a new one ends the old; one that is ended opens nothing', async () => {
  const make = async () => (await owner.call(`POST /users/${anna.id}/badge`)).body.badge as string
  const scan = (badge: string) => server.client(ben.client.cookie).call('POST /session/user', { badge })
  const first = await make()
  assert.match(first, /^DUKA-[A-Z2-9]{26}$/)
  const second = await make()
  assert.equal((await scan(first)).status, 403)
  const till = server.client(ben.client.cookie)
  assert.equal((await till.call('POST /session/user', { badge: second.toLowerCase() })).status, 200)
  assert.equal(await whoIs(till), 'Anna')
  await owner.call(`DELETE /users/${anna.id}/badge`)
  assert.equal((await till.call('POST /session/user', { badge: second })).status, 403)
  const { rows } = await world.database.pool.query('select 1 from idempotency_key k where k::text like $1', [`%${second}%`])
  assert.deepEqual(rows, [])
})

test('at another place nobody of this one is offered', async () => {
  const answer = await owner.call('POST /places', {
    name: 'Far',
    code: 'FAR',
    kind: 'store',
    timeZone: 'Africa/Nairobi',
    cutOffHour: 4,
  })
  const far = await aPerson('Faraway', { role: 'cashier', place: answer.body.id })
  const { rows } = (await far.client.call('GET /session/colleagues')).body
  assert.deepEqual(
    rows.map((row: { name: string }) => row.name),
    ['Faraway'],
  )
})
