import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { anOpenTill, aProduct } from './sale.factory.ts'

/** Articles whose price is asked at the till: flowers, a repair. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const aPerson = async (email: string, role: string): Promise<Client> => {
  const client = server.client()
  await accept(client, await anInvitation(owner, email, [{ role, place: world.place }]))
  return client
}
const cashier = await aPerson('cashier@example.com', 'cashier')
await anOpenTill(world)
const aService = (name: string, usual: bigint) => aProduct(world, name, usual, 0, 0n, { kind: 'service', taxed: false })
const repair = await aService('Repair', 0n)
const flowers = await aService('Flowers', 2_000n)
const lamp = await aProduct(world, 'Lamp', 9_000n, 5, 4_000n, { taxed: false })
const ask = (product: string, more: object = {}) => owner.call(`PATCH /catalog/products/${product}`, { asksPrice: true, ...more })
assert.equal((await ask(repair.product)).status, 200)
assert.equal((await ask(flowers.product, { leastPrice: '500', mostPrice: '9000' })).status, 200)
const { rows: methods } = (await owner.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
const method = methods.find((one) => one.kind === 'cash')!.id

const line = (variant: string, listPrice: string, unitPrice?: string, more: object = {}) => ({
  variant,
  quantity: '1000000',
  listPrice,
  ...(unitPrice && { unitPrice }),
  ...more,
})
const aSale = (lines: object[], total: string) => ({
  id: newId(),
  till: world.till,
  lines,
  total,
  tenders: [{ method, given: total }],
})
const sell = async (lines: object[], total: string) => {
  const sale = aSale(lines, total)
  const { status, body } = await cashier.call('POST /pos/sales', sale)
  return { id: sale.id, status, code: body.code as string | undefined, message: body.message as string | undefined }
}

test('a cashier gives the price, each time another one, and nobody else is asked', async () => {
  const { id, status } = await sell([line(repair.variant, '0', '45000'), line(repair.variant, '0', '12000')], '57000')
  assert.equal(status, 201)
  const lines = await world.database.db
    .selectFrom('posSaleLine')
    .select(['unitPrice', 'listPrice', 'discount'])
    .where('sale', '=', id)
    .orderBy('position')
    .execute()
  assert.deepEqual(lines, [
    { unitPrice: 45_000n, listPrice: 45_000n, discount: 0n },
    { unitPrice: 12_000n, listPrice: 12_000n, discount: 0n },
  ])
})

test('no price and a price of nothing are refused, and so is one beyond the bounds; nothing was sold then', async () => {
  const before = await world.database.db.selectFrom('posSale').select('id').execute()
  assert.deepEqual((await sell([line(repair.variant, '0')], '0')).code, 'pricing.askPrice')
  assert.deepEqual((await sell([line(repair.variant, '0', '0')], '0')).code, 'pricing.askPrice')
  // The usual price is a proposal: what nobody has said is not sold.
  assert.deepEqual((await sell([line(flowers.variant, '2000')], '2000')).code, 'pricing.askPrice')
  const low = await sell([line(flowers.variant, '2000', '499')], '499')
  assert.deepEqual([low.status, low.message], [422, 'The price of Flowers can’t be below 5.00 KES.'])
  const high = await sell([line(flowers.variant, '2000', '9001')], '9001')
  assert.deepEqual([high.status, high.message], [422, 'The price of Flowers can’t be above 90.00 KES.'])
  assert.deepEqual(await world.database.db.selectFrom('posSale').select('id').execute(), before)
  for (const price of ['500', '9000']) assert.equal((await sell([line(flowers.variant, '2000', price)], price)).status, 201)
})

test('where the price is given anyway a discount needs nobody; what has a lowest price keeps the limit', async () => {
  const half = { discount: { rate: '500000' } }
  assert.equal((await sell([line(repair.variant, '0', '1000', half)], '500')).status, 201)
  assert.equal((await sell([line(flowers.variant, '2000', '1000', half)], '500')).code, 'kit.approvalNeeded')
})

test('an article that has a price keeps it: another one needs somebody who may', async () => {
  assert.equal((await sell([line(lamp.variant, '9000', '100')], '100')).code, 'kit.approvalNeeded')
  const stopped = await owner.call(`PATCH /catalog/products/${repair.product}`, { asksPrice: false })
  assert.equal(stopped.status, 200)
  assert.equal((await sell([line(repair.variant, '0', '100')], '100')).code, 'kit.approvalNeeded')
  assert.equal((await ask(repair.product)).status, 200)
})

test('who may not set prices says of no article that its price is asked, and the bounds make sense', async () => {
  const keeper = await aPerson('keeper@example.com', 'stockKeeper')
  const made = { id: newId(), name: 'Wreath', variants: [{ price: '0' }] }
  assert.equal((await keeper.call('POST /catalog/products', { ...made, asksPrice: true })).status, 403)
  assert.equal((await keeper.call(`PATCH /catalog/products/${lamp.product}`, { asksPrice: true })).status, 403)
  const wrong = await ask(flowers.product, { leastPrice: '9001' })
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'catalog.product.badBounds'])
  assert.equal((await owner.call('POST /catalog/products', { ...made, asksPrice: true, leastPrice: '100' })).status, 201)
})

test('a till carries what it needs to ask', async () => {
  const { body } = await cashier.call('GET /catalog/sellables', { place: world.place })
  const asked = Object.fromEntries((body.rows as { name: string; asked: unknown }[]).map(({ name, asked: of }) => [name, of]))
  assert.deepEqual(asked['Repair'], { least: null, most: null })
  assert.deepEqual(asked['Flowers'], { least: '500', most: '9000' })
  assert.equal(asked['Lamp'], null)
})
