import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { anOpenTill, aProduct } from './sale.factory.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pin = '7294'
await owner.call('POST /profile/pin', { current: 'correct horse battery', pin })
const cashier = server.client()
await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))
await anOpenTill(world)
const lamp = await aProduct(world, 'Lamp', 116_000n, 50, 60_000n)
const { rows: methods } = (await owner.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
const method = methods.find((one) => one.kind === 'cash')!.id

const sell = (guess: string) =>
  cashier.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: lamp.variant, quantity: '1000000', listPrice: '116000', unitPrice: '90000' }],
    total: '90000',
    tenders: [{ method, given: '90000' }],
    approval: { by: world.owner, pin: guess },
  })

test('another price needs the PIN of somebody who may; five wrong ones lock it, also when they come at once', async () => {
  assert.equal((await sell(pin)).status, 201)
  const wrong = await Promise.all(['1111', '2222', '3333', '4444', '5555', '6666', '8888'].map(sell))
  assert.deepEqual(
    wrong.map((one) => one.body.code).toSorted(),
    [...Array(5).fill('access.session.wrongPin'), ...Array(2).fill('access.session.pinLocked')].toSorted(),
  )
  const right = await sell(pin)
  assert.equal(right.status, 429)
  assert.equal(right.body.code, 'access.session.pinLocked')
  // The person is not locked out, and each wrong PIN stands in the trail.
  assert.equal((await owner.call('GET /session')).body.user.id, world.owner)
  const { rows } = await world.database.pool.query(
    `select count(*)::int as count from audit_entry where command = 'pos.completeSale' and about = $1`,
    [world.owner],
  )
  assert.equal(rows[0].count, 5)
  assert.equal((await owner.call('POST /profile/pin', { current: 'correct horse battery', pin: '5836' })).status, 200)
  assert.equal((await sell('5836')).status, 201)
})

test('a quantity is no finer than its unit', async () => {
  const { rows: units } = (await owner.call('GET /catalog/units')).body as { rows: { id: string; decimals: number }[] }
  await owner.call(`PATCH /catalog/products/${lamp.product}`, { unit: units.find((one) => one.decimals === 0)!.id })
  const answer = await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: lamp.variant, quantity: '10000', listPrice: '116000' }],
    total: '1160',
    tenders: [{ method, given: '2000' }],
  })
  assert.equal(answer.body.code, 'pos.sale.tooFine')
})
