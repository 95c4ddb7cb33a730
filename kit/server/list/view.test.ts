import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const aPerson = async (role: object): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, `${newId()}@example.com`, [role]))
  return client
}
const save = (by: Client, name: string, more: object = {}) =>
  by.call('POST /views', { list: 'parties.party', name, search: { q: '+254712345678' }, ...more })
const names = async (by: Client) => {
  const { status, body } = await by.call('GET /views', { list: 'parties.party' })
  return status === 200 ? (body.rows as { name: string }[]).map((row) => row.name) : status
}

test('a view that is shared is for those who read its list, and for nobody from outside', async () => {
  assert.equal((await save(owner, 'Who owes', { shared: true })).status, 201)
  assert.equal((await save(owner, 'Mine')).status, 201)
  const [cashier, guard] = [await aPerson({ role: 'cashier', place: world.place }), await aPerson({ role: 'guard' })]
  const seller = (await owner.call('POST /parties', { name: 'Ann', kind: 'organization', roles: ['seller'] })).body.id
  const outside = await aPerson({ role: 'seller', seller })
  assert.deepEqual(await names(cashier), ['Who owes'])
  assert.equal(await names(guard), 404)
  assert.equal((await save(guard, 'X')).status, 404)
  assert.equal((await save(owner, 'X', { list: 'no.such' })).status, 404)
  assert.deepEqual(await names(outside), [])
  assert.equal((await save(outside, 'Ours', { shared: true })).status, 201)
  assert.deepEqual(await names(outside), ['Ours'])
  assert.deepEqual(await names(cashier), ['Who owes'])
})

test('nobody keeps views without end, and what others share hides none of one’s own', async () => {
  const [one, other] = [await aPerson({ role: 'manager' }), await aPerson({ role: 'manager' })]
  assert.equal((await save(other, 'Zebra')).status, 201)
  for (let n = 0; n < 50; n++) assert.equal((await save(one, `A ${n}`, { shared: true })).status, 201)
  assert.deepEqual((await save(one, 'A 51')).body.code, 'kit.view.tooMany')
  // Of those who save at once the last place is for one.
  const [first] = (await one.call('GET /views', { list: 'parties.party' })).body.rows as { id: string }[]
  await one.call(`DELETE /views/${first!.id}`)
  const atOnce = await Promise.all(Array.from({ length: 6 }, (_, n) => save(one, `B ${n}`)))
  assert.deepEqual(atOnce.map((each) => each.status).toSorted(), [201, 409, 409, 409, 409, 409])
  assert.equal(((await names(other)) as string[])[0], 'Zebra')
  const search = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`field${n}`, 'x']))
  assert.equal((await save(other, 'Long', { search })).status, 422)
})
