import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Answer, type Client } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const ONE = 1_000_000n
const units = (n: number) => String(Math.round(n * 1e6))
const done = ({ status, body }: Answer): Answer['body'] => {
  assert.ok(status < 300, `${status} ${JSON.stringify(body)}`)
  return body
}

async function aStore(name: string, code: string): Promise<{ place: string; shelf: string }> {
  const facts = { name, code, kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
  const place = done(await owner.call('POST /places', facts)).id
  return { place, shelf: done(await owner.call('GET /inventory/locations', { place })).rows[0].id }
}
const [here, harbour] = [await aStore('Westlands', 'WL'), await aStore('Harbour', 'HB')]
const level = async (variant: string, place: string, level: number, target?: number) =>
  done(
    await owner.call('POST /inventory/reorder-levels', {
      variant,
      place,
      level: units(level),
      ...(target !== undefined && { target: units(target) }),
    }),
  )
const receive = async (variant: string, location: string, quantity: number, more: object = {}) =>
  done(
    await owner.call('POST /inventory/documents/receive', {
      kind: 'receipt',
      id: newId(),
      location,
      reason: 'opening',
      lines: [{ variant, quantity: units(quantity), unitCost: '100', ...more }],
    }),
  )
async function person(...at: { role: string; place: string }[]): Promise<Client> {
  const client = server.client()
  await accept(client, await anInvitation(owner, `${newId()}@example.com`, at as { role: 'manager'; place: string }[]))
  return client
}
const manager = { role: 'manager', place: here.place }
const [ours, both] = [await person(manager), await person(manager, { role: 'viewer', place: world.place })]
interface Row {
  readonly variant: string
  readonly name: string
  readonly location: string
  readonly quantity: string
  readonly available: string
  readonly coming: string
}
const proposed = async (by = owner, place = here.place) =>
  done(await by.call('GET /inventory/transfer-proposals', { place })).rows as Row[]
const told = async (by = owner) => (await proposed(by)).map((row) => [row.name, row.location, Number(BigInt(row.quantity)) / 1e6])

test('two articles that are low come from two stores, which stay above their own levels; what is asked for is not asked again', async () => {
  const pot = await aProduct(world, 'Clay pot', 10_000n, 8, 100n)
  const rice = await aProduct(world, 'Rice', 10_000n, 0, 100n, { unit: 'kg' })
  await receive(pot.variant, harbour.shelf, 30)
  await receive(rice.variant, harbour.shelf, 2.5)
  await receive(rice.variant, world.location, 1.25)
  await receive(pot.variant, here.shelf, 2)
  await level(pot.variant, here.place, 5, 12)
  await level(rice.variant, here.place, 3)
  await level(pot.variant, harbour.place, 29)
  const wanted = [
    ['Clay pot', world.location, 8],
    ['Rice', harbour.shelf, 2.5],
    ['Rice', world.location, 0.5],
  ]
  const byShelf = (rows: unknown[][]) => rows.toSorted((one, other) => (String(one) < String(other) ? -1 : 1))
  assert.deepEqual(byShelf(await told()), byShelf(wanted))
  // Whoever may not see what another store has is not told of it, nor of a place where they don't work.
  assert.deepEqual(await told(ours), [])
  assert.deepEqual(await told(both), [
    ['Clay pot', world.location, 8],
    ['Rice', world.location, 1.25],
  ])
  assert.equal((await ours.call('GET /inventory/transfer-proposals', { place: world.place })).status, 404)
  assert.equal((await both.call('GET /inventory/transfer-proposals', { place: world.place })).status, 404)
  const rows = await proposed(both)
  const id = newId()
  const lines = rows.map(({ variant, quantity }) => ({ variant, quantity }))
  done(await both.call('POST /inventory/transfers', { id, location: world.location, toLocation: here.shelf, lines }))
  // Eight pots are on their way: with two they are ten, above the level of five. Rice is still 1.75 short.
  assert.deepEqual(await told(), [['Rice', harbour.shelf, 1.75]])
  done(await owner.call(`POST /inventory/transfers/${id}/cancel`, { reason: 'Only a try' }))
  assert.equal((await told()).length, 3)
})

test('what one store asked for is not offered to another', async () => {
  const lamp = await aProduct(world, 'Lamp', 10_000n, 10, 100n)
  await level(lamp.variant, here.place, 4)
  await level(lamp.variant, harbour.place, 8)
  const lamps = async (place: string) =>
    (await proposed(owner, place)).filter((row) => row.variant === lamp.variant).map((row) => BigInt(row.quantity) / ONE)
  assert.deepEqual([await lamps(here.place), await lamps(harbour.place)], [[4n], [8n]])
  const line = { variant: lamp.variant, quantity: units(4) }
  done(await owner.call('POST /inventory/transfers', { location: world.location, toLocation: here.shelf, lines: [line] }))
  assert.deepEqual([await lamps(here.place), await lamps(harbour.place)], [[], [6n]])
})

test('what has expired, lies apart or was put aside is nobody’s to give', async () => {
  const milk = await aProduct(world, 'Milk', 10_000n, 0, 100n)
  await level(milk.variant, here.place, 9)
  const milks = async () => (await proposed()).filter((row) => row.variant === milk.variant).map((row) => row.quantity)
  await receive(milk.variant, harbour.shelf, 5, { lotCode: 'OLD', expiresOn: '2020-01-01' })
  assert.deepEqual(await milks(), [])
  await receive(milk.variant, harbour.shelf, 5, { lotCode: 'NEW', expiresOn: '2099-01-01' })
  assert.deepEqual(await milks(), [units(5)])
  done(
    await owner.call('POST /inventory/reservations', {
      id: newId(),
      location: harbour.shelf,
      variant: milk.variant,
      quantity: units(2),
    }),
  )
  assert.deepEqual(await milks(), [units(3)])
})
