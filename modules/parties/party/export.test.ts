import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flushActivity } from '#kit/server/door/activity.ts'
import { aRole, setLines } from '#modules/access/role/role.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
for (const name of ['Amani', 'Baraka', '=HYPERLINK("http://evil")'])
  assert.equal(
    (await owner.call('POST /parties', { name, kind: 'person', roles: ['customer'], phones: ['+254712000001'] })).status,
    201,
  )

const aPerson = async (email: string, role: string): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role }]))
  return client
}
const fetchFile = async (by: Client, path: string, approval?: string) => {
  const response = await fetch(`${server.base}/api${path}`, {
    headers: { cookie: `__Host-duka=${by.cookie}`, 'user-agent': 'a till', ...(approval && { approval }) },
  })
  return { status: response.status, text: await response.text() }
}
const activities = async (kind: string) => {
  await flushActivity(server.database)
  const { rows } = await world.database.pool.query<{ facts: Record<string, unknown>; device: string; address: string }>(
    `select facts, device, host(address::inet) as address from activity where kind = $1 order by at desc`,
    [kind],
  )
  return rows
}

test('a file takes a right of its own, within what one sees; it is noted with its count, a refusal with what was wanted', async () => {
  const reads = await aPerson('reads@example.com', await aRole(owner, 'Reads', { 'parties.party.read': 'place' }))
  const blind = await aPerson('blind@example.com', await aRole(owner, 'Carries', { 'parties.party.export': 'place' }))
  const both = await aPerson('both@example.com', 'manager')
  assert.equal((await fetchFile(reads, '/parties/export?format=csv&q=Ama')).status, 403)
  assert.equal((await fetchFile(blind, '/parties/export?format=csv')).status, 403)
  const file = await fetchFile(both, '/parties/export?format=csv')
  assert.equal(file.status, 200)
  assert.equal(file.text.trim().split('\n').length, 4)
  // A cell that a spreadsheet would run is text.
  assert.ok(!/(^|[\n,;"])=HYPERLINK/.test(file.text), file.text)
  const [exported] = await activities('kit.exported')
  assert.deepEqual(
    [exported!.facts, exported!.device, exported!.address],
    [{ what: 'parties.party', count: 3 }, 'a till', '127.0.0.1'],
  )
  const refused = (await activities('kit.refused')).filter((one) => one.facts['what'] === 'parties.party.export')
  assert.equal(refused.length, 2)
  assert.ok(refused.some((one) => String(one.facts['filters']).includes('"q":"Ama"')))
})

test('where the company asks for it, data about persons leaves with two who know of it', async () => {
  await owner.call('POST /approvals/settings', { settings: { 'kit.personalExport': { on: true } } })
  const manager = await aPerson('second@example.com', 'manager')
  const refusal = await fetchFile(manager, '/parties/export?format=csv&q=Ama')
  assert.equal(refusal.status, 409)
  const { details } = JSON.parse(refusal.text)
  assert.deepEqual([details.kinds, details.permissions], [['kit.personalExport'], ['parties.party.export']])
  await manager.call(`POST /approvals/${details.id}/asking`, { note: 'For the accountant' })
  assert.equal((await owner.call(`POST /approvals/${details.id}/decision`, { approve: true })).status, 200)
  assert.equal(
    (await fetchFile(manager, '/parties/export?format=csv', details.id)).status,
    409,
    'everything is more than was agreed to',
  )
  const { again } = (await manager.call(`GET /approvals/${details.id}`)).body
  const file = await fetchFile(manager, `${again}&approval=${details.id}`)
  assert.equal(file.status, 200, file.text)
  assert.equal(file.text.trim().split('\n').length, 2)
  assert.equal((await fetchFile(manager, `${again}&approval=${details.id}`)).status, 409, 'once')
  // What holds nobody's data needs nobody else.
  assert.equal((await fetchFile(manager, '/catalog/units/export?format=csv')).status, 200)
  await setLines(owner, 'manager', { 'catalog.product.export': 'none' })
  assert.equal((await fetchFile(manager, '/catalog/units/export?format=csv')).status, 403)
})
