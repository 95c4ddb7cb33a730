import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const CLOCK = { kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
const store = await owner.call('POST /places', { ...CLOCK, name: 'Second Street', code: 'B' })
const floor = await owner.call('POST /inventory/locations', { name: 'Back room', code: 'A-BACK', place: world.place })

test('a place that is made has a shop floor, as the first one has: its till is set up and sells from there', async () => {
  const place = await owner.call('POST /places', { ...CLOCK, name: 'Ngong Road', code: 'NG' })
  assert.equal(place.status, 201, JSON.stringify(place.body))
  const { rows } = (await owner.call('GET /inventory/locations', { place: place.body.id })).body
  assert.deepEqual(
    rows.map((row: Record<string, unknown>) => [row['name'], row['code'], row['kind'], row['allowsNegative']]),
    [['Ngong Road', 'NG-FLOOR', 'storage', false]],
  )
  const till = { name: 'Till 1', code: 'NGT1', place: place.body.id, location: rows[0].id }
  assert.equal((await owner.call('POST /pos/tills', till)).status, 201)
  const made = await world.database.pool.query(
    "select about from audit_entry where command = 'places.place.create' and about = $1",
    [place.body.id],
  )
  assert.equal(made.rowCount, 1, 'the trail tells of the place')
})

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

test('a place with goods is not put aside; at one that was, no till opens, nothing comes in, and no till is set up', async () => {
  const { body: place } = await owner.call('POST /places', { ...CLOCK, name: 'Kiosk', code: 'K' })
  const location = (await owner.call('POST /inventory/locations', { name: 'Shelf', code: 'K-1', place: place.id })).body.id
  const till = (await owner.call('POST /pos/tills', { name: 'Kiosk', code: 'K1', place: place.id, location })).body.id
  const { variant } = await aProduct(world, 'Chair', 10_000n)
  const put = (quantity: string) =>
    owner.call('POST /inventory/counts', { id: newId(), location, lines: [{ variant, counted: quantity }] })
  assert.equal((await put('1000000')).status, 201)
  assert.equal((await owner.call(`POST /places/${place.id}/archival`)).body.code, 'inventory.location.holdsStock')
  assert.equal((await put('0')).status, 201)
  assert.equal((await owner.call(`POST /places/${place.id}/archival`)).status, 201)
  assert.equal((await owner.call('POST /pos/shifts', { id: newId(), till, float: '0' })).status, 404)
  assert.equal((await put('1000000')).body.code, 'inventory.location.unknown')
  const late = { name: 'Late', code: 'K2', place: place.id, location }
  assert.equal((await owner.call('POST /pos/tills', late)).body.code, 'inventory.location.unknown')
  // A till that comes back finds its location there.
  assert.equal((await owner.call(`POST /pos/tills/${till}/archival`)).status, 201)
  assert.equal((await owner.call(`DELETE /pos/tills/${till}/archival`)).body.code, 'inventory.location.unknown')
})

test('who puts something aside and who uses it at the same moment: one of them is told, and nothing lies where nobody reaches it', async () => {
  const { variant } = await aProduct(world, 'Table', 10_000n)
  for (let round = 0; round < 8; round++) {
    const place = (await owner.call('POST /places', { ...CLOCK, name: `Place ${round}`, code: `R${round}` })).body.id
    const at = async (code: string) =>
      (await owner.call('POST /inventory/locations', { name: code, code, place })).body.id as string
    const [shelf, back] = [await at(`R${round}-1`), await at(`R${round}-2`)]
    const tills = []
    for (const code of ['A', 'B'])
      tills.push((await owner.call('POST /pos/tills', { name: code, code: `R${round}${code}`, place, location: shelf })).body.id)
    const line = { variant, quantity: '1000000', unitCost: '100' }
    const receive = () =>
      owner.call('POST /inventory/documents/receive', {
        kind: 'receipt',
        id: newId(),
        location: back,
        reason: 'opening',
        lines: [line],
      })
    await Promise.all([
      receive(),
      owner.call('POST /pos/shifts', { id: newId(), till: tills[0], float: '0' }),
      owner.call(`POST /inventory/locations/${back}/archival`),
      owner.call(`POST /pos/tills/${tills[0]}/archival`),
      receive(),
      owner.call('POST /pos/shifts', { id: newId(), till: tills[0], float: '0' }),
    ])
    await Promise.all([
      owner.call('POST /pos/shifts', { id: newId(), till: tills[1], float: '0' }),
      owner.call(`POST /places/${place}/archival`),
      receive(),
    ])
  }
  const { rows } = await world.database.pool.query(
    `select l.code from inventory_balance b join inventory_location l on l.id = b.location join place p on p.id = l.place
       where b.on_hand <> 0 and (l.archived_at is not null or p.archived_at is not null)
     union all select t.code from pos_shift s join pos_till t on t.id = s.till join place p on p.id = t.place
       where s.state = 'open' and (t.archived_at is not null or p.archived_at is not null)`,
  )
  assert.deepEqual(rows, [])
})

test('years that no shop means, forged cursors and versions of the future are refused, not failed on', async () => {
  assert.equal((await owner.call('GET /pos/sales', { businessDay: '0000-01-01..0000-02-01' })).status, 422)
  assert.equal((await owner.call('GET /board', { day: '0000-01-01' })).status, 422)
  const cursor = Buffer.from(JSON.stringify(['never', newId()])).toString('base64url')
  assert.equal((await owner.call('GET /pos/sales', { sort: '-completedAt', cursor })).status, 400)
  const { variant } = await aProduct(world, 'Sand', 100n)
  const most = '1000000000000000'
  const much = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    location: world.location,
    reason: 'opening',
    lines: [{ variant, quantity: most, unitCost: most }],
  })
  assert.ok([400, 422].includes(much.status), JSON.stringify(much.body))
  const ahead = await owner.call(`PATCH /places/${world.place}`, { name: 'Main' }, { 'if-match': '"999"' })
  assert.equal(ahead.status, 400)
})
