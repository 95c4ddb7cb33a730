import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const store = await owner.call('POST /places', {
  name: 'Second Street',
  code: 'B',
  kind: 'store',
  timeZone: 'Africa/Nairobi',
  cutOffHour: 4,
})
const floor = await owner.call('POST /inventory/locations', { name: 'Back room', code: 'A-BACK', place: world.place })

test('what others rest on is given once: a till and a location stay at their place', async () => {
  assert.equal((await owner.call(`PATCH /pos/tills/${world.till}`, { place: store.body.id })).status, 422)
  assert.equal((await owner.call(`PATCH /inventory/locations/${world.location}`, { place: store.body.id })).status, 422)
  assert.equal((await owner.call(`PATCH /pos/tills/${world.till}`, { name: 'Front', location: floor.body.id })).status, 200)
  assert.equal((await owner.call(`PATCH /pos/tills/${world.till}`, { location: world.location })).status, 200)
})

test('a location with goods, one that a till sells from, and one of the books are not put aside', async () => {
  assert.equal((await owner.call(`POST /inventory/locations/${world.location}/archival`)).body.code, 'pos.till.sells')
  await aProduct(world, 'Lamp', 116_000n, 5, 60_000n)
  assert.equal(
    (await owner.call(`POST /inventory/locations/${world.location}/archival`)).body.code,
    'inventory.location.holdsStock',
  )
  const { rows } = (await owner.call('GET /inventory/locations', { kind: 'customer' })).body
  assert.equal((await owner.call(`POST /inventory/locations/${rows[0].id}/archival`)).body.code, 'inventory.location.ours')
  assert.equal((await owner.call(`POST /inventory/locations/${floor.body.id}/archival`)).status, 201)
})

test('an open till is not put aside, and one that was closed is', async () => {
  const shift = newId()
  assert.equal((await owner.call('POST /pos/shifts', { id: shift, till: world.till, float: '1000' })).status, 201)
  assert.equal((await owner.call(`POST /pos/tills/${world.till}/archival`)).body.code, 'pos.till.isOpen')
  const closed = await owner.call(`POST /pos/shifts/${shift}/close`, { counted: '1000' })
  assert.ok(closed.status < 300, JSON.stringify(closed.body))
  assert.ok((await owner.call(`POST /pos/tills/${world.till}/archival`)).status < 300)
})

test('years that no shop means, forged cursors and versions of the future are refused, not failed on', async () => {
  assert.equal((await owner.call('GET /pos/sales', { businessDay: '0000-01-01..0000-02-01' })).status, 422)
  assert.equal((await owner.call('GET /board', { day: '0000-01-01' })).status, 422)
  const cursor = Buffer.from(JSON.stringify(['never', newId()])).toString('base64url')
  assert.equal((await owner.call('GET /pos/sales', { sort: '-completedAt', cursor })).status, 400)
  const { variant } = await aProduct(world, 'Sand', 100n)
  const most = '1000000000000000'
  const much = await owner.call('POST /inventory/receipts', {
    id: newId(),
    location: world.location,
    source: 'opening',
    lines: [{ variant, quantity: most, unitCost: most }],
  })
  assert.ok([400, 422].includes(much.status), JSON.stringify(much.body))
  const ahead = await owner.call(`PATCH /places/${world.place}`, { name: 'Main' }, { 'if-match': '"999"' })
  assert.equal(ahead.status, 400)
})
