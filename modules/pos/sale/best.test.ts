import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { bestSellers } from './best.queries.ts'
import { anOpenTill, aProduct } from './sale.factory.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)

test('a till shows first what stands on the most receipts of its store, and nothing of another one', async () => {
  await anOpenTill(world)
  const [bread, milk, salt, gone] = [
    await aProduct(world, 'Bread', 100n, 100),
    await aProduct(world, 'Milk', 100n, 100),
    await aProduct(world, 'Salt', 100n, 100),
    await aProduct(world, 'Gone', 100n, 100),
  ]
  const cash = (await owner.call('GET /payments/methods')).body.rows.find((one: { kind: string }) => one.kind === 'cash').id
  const sell = async (till: string, ...lines: [string, bigint][]) => {
    const total = String(lines.reduce((all, [, pieces]) => all + pieces * 100n, 0n))
    const { status, body } = await owner.call('POST /pos/sales', {
      id: newId(),
      till,
      lines: lines.map(([variant, pieces]) => ({ variant, quantity: String(pieces * 1_000_000n), listPrice: '100' })),
      total,
      tenders: [{ method: cash, given: total }],
    })
    assert.equal(status, 201, JSON.stringify(body))
  }
  const best = async (till: string) => (await owner.call(`GET /pos/tills/${till}/best-sellers`)).body.variants as string[]
  assert.deepEqual(await best(world.till), [])
  // Who buys fifty at once is one customer.
  await sell(world.till, [salt.variant, 50n])
  for (let n = 0; n < 2; n++) await sell(world.till, [milk.variant, 1n], [gone.variant, 1n])
  for (let n = 0; n < 3; n++) await sell(world.till, [bread.variant, 1n])
  await owner.call(`POST /catalog/products/${gone.product}/archival`)
  assert.deepEqual(await best(world.till), [bread.variant, milk.variant, salt.variant])
  const later = world.ctx({ now: Temporal.Now.instant().add({ hours: 24 * 31 }) })
  assert.deepEqual((await bestSellers(later, { id: world.till })).variants, [], 'of the last thirty days')

  const place = (
    await owner.call('POST /places', { name: 'Far', code: 'FA', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 })
  ).body.id
  const location = (await owner.call('POST /inventory/locations', { name: 'Far shelf', code: 'FA-S', place })).body.id
  const till = (await owner.call('POST /pos/tills', { name: 'Far till', code: 'FA1', place, location })).body.id
  assert.deepEqual(await best(till), [])
})
