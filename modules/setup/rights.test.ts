import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShippedRole } from '#kit/program.ts'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const lamp = await aProduct(world, 'Lamp', 116_000n, 5, 60_000n)
const other = (
  await owner.call('POST /places', { name: 'Second', code: 'B', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
).body.id as string

let people = 0
async function somebody(role: ShippedRole, place: string | null = world.place): Promise<Client> {
  const client = server.client()
  await accept(client, await anInvitation(owner, `somebody${++people}@example.com`, [{ role, place }]))
  return client
}
const keeper = await somebody('stockKeeper')
const cashier = await somebody('cashier')
const manager = await somebody('manager')

test('a stock keeper adds goods, and leaves prices and costs to those who may set them', async () => {
  const priced = (price: string) => ({ id: newId(), name: 'Rope', variants: [{ price }] })
  assert.equal((await keeper.call(`PATCH /catalog/variants/${lamp.variant}`, { price: '1' })).status, 403)
  assert.equal((await keeper.call('POST /catalog/products', priced('100'))).status, 403)
  assert.equal((await keeper.call('POST /catalog/products', priced('0'))).status, 201)
  const dearer = (by: typeof manager) => by.call(`PATCH /catalog/variants/${lamp.variant}`, { price: '115000' })
  assert.equal((await dearer(manager)).body.code, 'catalog.product.priceOfAll', 'there is another store')
  assert.equal((await dearer(owner)).status, 200)
})

test('a cashier gives no customer a group with other prices', async () => {
  assert.equal((await cashier.call('POST /parties', { id: newId(), name: 'Ali', customerGroup: 'vip' })).status, 403)
  const ali = newId()
  assert.equal((await cashier.call('POST /parties', { id: ali, name: 'Ali' })).status, 201)
  assert.equal((await cashier.call(`PATCH /parties/${ali}`, { customerGroup: 'vip' })).status, 403)
  assert.equal((await owner.call(`PATCH /parties/${ali}`, { customerGroup: 'vip' })).status, 200)
})

test('what a paper was worth is not told to a stock keeper', async () => {
  const paper = {
    kind: 'adjustment',
    id: newId(),
    location: world.location,
    reason: 'damaged',
    lines: [{ variant: lamp.variant, quantity: '-1000000' }],
  }
  const answer = await keeper.call('POST /inventory/documents/post', paper)
  assert.equal(answer.status, 201)
  assert.equal('value' in answer.body, false)
})

test('a right at one place makes no place, and a file does no more than its sender may', async () => {
  const place = { name: 'Third', code: 'C', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
  assert.equal((await manager.call('POST /places', place)).status, 403)
  const csv = `variant,place,level\n${await nameOf(lamp.variant)},Main Street,3\n${await nameOf(lamp.variant)},Second,3\n`
  const sent = await manager.upload('/imports?kind=inventory.reorder', 'levels.csv', csv)
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  const id = sent.body.id as string
  await manager.call(`POST /imports/${id}/check`, { mapping: { variant: 'variant', place: 'place', level: 'level' } })
  await until(manager, id, 'checked')
  await manager.call(`POST /imports/${id}/application`)
  await until(manager, id, 'applied')
  const levels = (await owner.call('GET /inventory/reorder-levels')).body.rows as { place: string }[]
  assert.deepEqual(
    levels.map((one) => one.place),
    [world.place],
  )
  assert.equal(
    levels.some((one) => one.place === other),
    false,
  )
})

const nameOf = async (variant: string) => (await owner.call(`GET /catalog/variants/${variant}`)).body.row.name as string
async function until(client: Client, run: string, state: string): Promise<void> {
  for (;;) {
    const { body } = await client.call(`GET /imports/${run}`)
    if (body.run.state === state) return
    assert.notEqual(body.run.state, 'failed', JSON.stringify(body.run))
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

test('a shelf is counted once in a paper; a service does not become goods; a way to pay keeps its kind', async () => {
  const counted = { variant: lamp.variant, counted: '3000000' }
  const twice = await owner.call('POST /inventory/counts', { id: newId(), location: world.location, lines: [counted, counted] })
  assert.equal(twice.status, 422)
  assert.equal((await owner.call(`PATCH /catalog/products/${lamp.product}`, { kind: 'service' })).status, 422)
  const { rows: methods } = (await owner.call('GET /payments/methods')).body as {
    rows: { id: string; kind: string; account: string }[]
  }
  const card = methods.find((one) => one.kind === 'card')!
  assert.equal((await owner.call(`PATCH /payments/methods/${card.id}`, { kind: 'cash' })).status, 422)
  const { rows: accounts } = (await owner.call('GET /accounts', { limit: '200' })).body as {
    rows: { id: string; holds: string | null }[]
  }
  const drawer = accounts.find((one) => one.holds === 'drawer')!.id
  assert.equal((await owner.call(`PATCH /payments/methods/${card.id}`, { account: drawer })).body.code, 'payments.wrongAccount')
  const gift = await owner.call('POST /payments/methods', { name: 'Gift card', kind: 'credit', account: card.account })
  assert.equal(gift.status, 201)
  const credit = methods.find((one) => one.kind === 'credit')!
  assert.equal((await owner.call(`GET /payments/methods/${gift.body.id}`)).body.row.account, credit.account)
})

test('a month is not closed, and a place not put aside, under an open till', async () => {
  const shift = newId()
  await owner.call('POST /pos/shifts', { id: shift, till: world.till, float: '0' })
  await world.database.pool.query(`update pos_shift set business_day = '2026-02-10' where id = $1`, [shift])
  const closed = await owner.call('POST /periods/2026-02-01/close')
  assert.equal(closed.body.code, 'pos.shift.openThen', JSON.stringify(closed.body))
  assert.equal((await owner.call(`POST /places/${world.place}/archival`)).body.code, 'pos.till.isOpen')
})

test('two hundred sign-ins at once leave the tills their connections', async () => {
  assert.equal((await owner.call('POST /security', { attemptsPerMinute: 1000 })).status, 200)
  const flood = Array.from({ length: 200 }, (_, index) =>
    server.client().call('POST /sign-in', { email: `nobody${index}@example.com`, password: 'wrong wrong wrong' }),
  )
  const asked = await owner.call('POST /parties', { id: newId(), name: 'Quick' })
  assert.equal(asked.status, 201)
  const answers = await Promise.all(flood)
  assert.ok(answers.every((one) => [401, 503].includes(one.status)))
  assert.ok(
    answers.some((one) => one.status === 503),
    'the queue has an end',
  )
})

test('a new form of number holds from the next paper on and starts its own series', async () => {
  const count = () =>
    owner.call('POST /inventory/counts', {
      id: newId(),
      location: world.location,
      lines: [{ variant: lamp.variant, counted: '5000000' }],
    })
  assert.match((await count()).body.number, /^CNT-\d{6}-000001$/)
  assert.equal((await manager.call('POST /numbers/count', { template: 'C/{YYYY}/{NNN}' })).status, 403)
  assert.equal((await owner.call('POST /numbers/count', { template: 'C{YYYY}{NNN}' })).body.code, 'setup.numbers.apart')
  assert.equal((await owner.call('POST /numbers/count', { template: 'C/{YYYY}/{NNN}' })).status, 200)
  assert.match((await count()).body.number, /^C\/\d{4}\/001$/)
  assert.match((await count()).body.number, /^C\/\d{4}\/002$/)
})
