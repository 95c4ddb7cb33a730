import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { MOST_BOARDS } from './quick.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const other = (
  await owner.call('POST /places', { name: 'Market', code: 'MK', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
).body.id as string
const aPerson = async (email: string, role: string, place = world.place): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role, place }]))
  return client
}
const cashier = await aPerson('cashier@example.com', 'cashier')
const manager = await aPerson('manager@example.com', 'manager')
const elsewhere = await aPerson('market@example.com', 'manager', other)
const tea = await aProduct(world, 'Tea', 500n)
const milk = await aProduct(world, 'Milk', 900n)

const aBoard = (name: string, keys: object[] = [], more: object = {}) => ({
  id: newId(),
  place: world.place,
  name,
  version: 0,
  keys,
  ...more,
})
const shown = async (by = cashier) =>
  (await by.call('GET /pos/quick-boards', { place: world.place })).body.rows as {
    id: string
    name: string
    version: number
    keys: { variant: string; label: string | null; colour: string }[]
  }[]

test('a manager makes a board, and every till of the store shows its keys in their order', async () => {
  const keys = [{ variant: milk.variant, label: 'Maziwa', colour: 'teal' }, { variant: tea.variant }]
  const board = aBoard('Drinks', keys)
  assert.equal((await manager.call('POST /pos/quick-boards', board)).status, 201)
  assert.deepEqual(await shown(), [
    {
      id: board.id,
      name: 'Drinks',
      version: 1,
      keys: [keys[0], { variant: tea.variant, label: null, colour: 'plain' }],
    },
  ])
  const turned = { ...board, version: 1, name: 'Hot', keys: keys.toReversed() }
  assert.equal((await manager.call('POST /pos/quick-boards', turned)).body.version, 2)
  const stale = await manager.call('POST /pos/quick-boards', { ...turned, keys: [] })
  assert.deepEqual([stale.status, stale.body.code], [409, 'pos.quick.changed'])
  const [now] = await shown()
  assert.deepEqual([now!.name, now!.keys.map((one) => one.variant)], ['Hot', [tea.variant, milk.variant]])
})

test('boards come in the order that was chosen; one that is removed takes its keys along', async () => {
  const snacks = aBoard('Snacks', [{ variant: tea.variant }])
  assert.equal((await manager.call('POST /pos/quick-boards', snacks)).status, 201)
  const order = { place: world.place, boards: [snacks.id] }
  assert.equal((await manager.call('POST /pos/quick-boards/order', order)).status, 200)
  assert.deepEqual(
    (await shown()).map((one) => one.name),
    ['Snacks', 'Hot'],
  )
  assert.equal((await manager.call(`DELETE /pos/quick-boards/${snacks.id}`)).status, 200)
  assert.deepEqual(
    (await shown()).map((one) => one.name),
    ['Hot'],
  )
})

test('nobody arranges keys without the right, nor those of another store; names are told apart, an article has one key', async () => {
  const mine = aBoard('Mine')
  assert.equal((await cashier.call('POST /pos/quick-boards', mine)).status, 403)
  assert.equal((await elsewhere.call('POST /pos/quick-boards', mine)).status, 404)
  const [hot] = await shown()
  assert.equal((await elsewhere.call(`DELETE /pos/quick-boards/${hot!.id}`)).status, 404)
  const moved = { id: hot!.id, place: other, name: 'Stolen', version: hot!.version, keys: [] }
  assert.equal((await elsewhere.call('POST /pos/quick-boards', moved)).status, 404)
  const twice = await manager.call('POST /pos/quick-boards', aBoard('Hot'))
  assert.deepEqual([twice.status, twice.body.code], [409, 'pos.quick.nameTaken'])
  const doubled = aBoard('Two', [{ variant: tea.variant }, { variant: tea.variant }])
  assert.equal((await manager.call('POST /pos/quick-boards', doubled)).status, 422)
  assert.equal((await manager.call('POST /pos/quick-boards', aBoard('None', [{ variant: newId() }]))).status, 404)
  assert.equal((await shown()).length, 1)
})

test('a store has so many boards and no more, also when two people make the last one at once', async () => {
  const there = (await shown()).length
  for (let n = there + 1; n < MOST_BOARDS; n++)
    assert.equal((await manager.call('POST /pos/quick-boards', aBoard(`Board ${n}`))).status, 201)
  const atOnce = await Promise.all(
    Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? manager : owner).call('POST /pos/quick-boards', aBoard(`Last ${n}`))),
  )
  assert.equal(atOnce.filter((each) => each.status === 201).length, 1)
  assert.equal((await shown()).length, MOST_BOARDS)
})
