import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latestCheckpoint, sealTrail } from '#kit/server/door/audit-seal.ts'
import { systemContext } from '#kit/server/door/context.ts'
import { aMailbox } from '#modules/access/sign-in/sign-in.factory.ts'
import { aRole } from '#modules/access/role/role.factory.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { newId } from '#kit/id.ts'
import { aDraft, aSupplier, lineOf } from '#modules/sourcing/purchase/purchase.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { mailCheckpoint } from './checkpoint.jobs.ts'

const world = await aCompany()
const mailbox = await aMailbox()
const server = await aServer(world.url, mailbox.settings)
const owner = server.client(world.cookie)

test('a record at two points in time: what stood there then, and later; what nobody touched is the same', async () => {
  const { body: made } = await owner.call('POST /parties', {
    name: 'Juma',
    kind: 'person',
    roles: ['customer'],
    phones: ['+254712344567'],
  })
  const moments: string[] = []
  const change = async (changes: object) => {
    moments.push(new Date().toISOString())
    assert.equal((await owner.call(`PATCH /parties/${made.id}`, changes)).status, 200)
  }
  await change({ city: 'Nakuru' })
  await change({ city: 'Thika', note: 'Pays late' })
  await change({ name: 'Juma Otieno' })
  const compare = async (from: string, to: string, by = owner) =>
    by.call('GET /audit/compare', { table: 'party', record: made.id, from, to })
  const now = new Date(Date.now() + 1000).toISOString()
  assert.deepEqual((await compare(moments[1]!, now)).body.changes, [
    { field: 'city', before: 'Nakuru', after: 'Thika' },
    { field: 'name', before: 'Juma', after: 'Juma Otieno' },
    { field: 'note', before: null, after: '•••' },
  ])
  const { changes, same } = (await compare(moments[2]!, now)).body
  assert.deepEqual(changes, [{ field: 'name', before: 'Juma', after: 'Juma Otieno' }])
  assert.ok(same > 5)
  assert.deepEqual((await compare(now, now)).body.changes, [])
  const auditor = server.client()
  const role = await aRole(owner, 'Auditor without numbers', { 'access.audit.read': 'place', 'parties.party.read': 'place' })
  await accept(auditor, await anInvitation(owner, 'aud@example.com', [{ role }]))
  const seen = await compare('2020-01-01T00:00:00Z', now, auditor)
  assert.equal(seen.status, 200)
  assert.doesNotMatch(JSON.stringify(seen.body), /712344567/)
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'c@example.com', [{ role: 'cashier', place: world.place }]))
  assert.equal((await compare(moments[0]!, now, cashier)).status, 403)
})

test('what goods cost stands in the trail for those alone who may see it: on records, on their lines, in what was sent', async () => {
  const lamp = await aProduct(world, 'Lamp', 30_000n)
  const id = newId()
  const lines = [{ variant: lamp.variant, quantity: '2000000', unitCost: '17771' }]
  const draft = { id, kind: 'receipt', location: world.location, reason: 'opening', lines }
  assert.equal((await owner.call('POST /inventory/documents', draft)).status, 201)
  const changed = { lines: [{ ...lines[0], unitCost: '18881' }] }
  assert.equal((await owner.call(`PATCH /inventory/documents/${id}`, changed)).status, 200)
  const order = { variant: lamp.variant, quantity: 1, price: 19_991n }
  const at = { supplier: await aSupplier(owner, 'Unga'), location: world.location }
  const purchase = (await aDraft(owner, at, [order])).body.id
  const again = { lines: [lineOf({ ...order, price: 19_992n })] }
  assert.equal((await owner.call(`PATCH /sourcing/purchases/${purchase}`, again)).status, 200)

  const role = await aRole(owner, 'Auditor without costs', { 'access.audit.read': 'place', 'inventory.stock.read': 'place' })
  const costly = await aRole(owner, 'Auditor with costs', { 'access.audit.read': 'place', 'catalog.cost.read': 'place' })
  const [auditor, other] = [server.client(), server.client()]
  await accept(auditor, await anInvitation(owner, 'a1@example.com', [{ role }]))
  await accept(other, await anInvitation(owner, 'a2@example.com', [{ role: costly }]))
  for (const about of [id, purchase]) {
    const entries = (await owner.call('GET /audit', { about })).body.rows as { id: string; at: string }[]
    assert.ok(entries.length >= 2)
    const told = async (by: typeof owner) => {
      const pages = await Promise.all(entries.map(async (one) => (await by.call(`GET /audit/${one.id}`)).body))
      const table = about === id ? 'inventory_document' : 'sourcing_purchase'
      const span = { table, record: about, from: '2020-01-01T00:00:00Z', to: new Date(Date.now() + 1000).toISOString() }
      const compared = await by.call('GET /audit/compare', span)
      assert.equal(compared.status, 200)
      return JSON.stringify([pages, compared.body])
    }
    assert.doesNotMatch(await told(auditor), /17771|18881|19991|19992/)
    assert.match(await told(other), about === id ? /18881/ : /19992/)
  }
})

test('every morning the newest seal goes into mailboxes elsewhere, signed', async () => {
  assert.equal((await owner.call('POST /security', { checkpointMails: ['Board@Elsewhere.example'] })).status, 200)
  assert.equal((await owner.call('POST /security', { checkpointMails: ['no address'] })).status, 422)
  await sealTrail(world.database, 'all')
  const checkpoint = (await latestCheckpoint(world.database))!
  assert.deepEqual(await mailCheckpoint(systemContext(server.database, 'test'), {}), { mailed: 1 })
  const letter = await mailbox.letter('board@elsewhere.example', /seal/)
  for (const part of [checkpoint.seq, checkpoint.hash]) assert.ok(JSON.stringify(letter).includes(part), part)
})
