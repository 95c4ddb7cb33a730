import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

/** Whoever takes goods in, or sells them, writes nothing that others can't add up any more. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const keeper = server.client()
await accept(keeper, await anInvitation(owner, 'keeper@example.com', [{ role: 'stockKeeper', place: world.place }]))
const goods = await aProduct(world, 'Flour', 10_000n, 10, 4_000n)
const shift = await anOpenTill(world)

const receive = (...lines: { quantity: string; unitCost: string }[]) =>
  keeper.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    location: world.location,
    reason: 'supplier',
    lines: lines.map((line) => ({ variant: goods.variant, ...line })),
  })
const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]
const everythingIsRead = async () => {
  for (const path of ['/accounts/chart', '/inventory/stock', '/inventory/check', '/ledger-check', '/periods', '/board'])
    assert.equal((await owner.call(`GET ${path}`)).status, 200, path)
}

test('a paper of more than a shelf can hold, or of more than the books can, is refused with a sentence', async () => {
  const much = { quantity: '1000000000000000', unitCost: '0' }
  assert.deepEqual(code(await receive(much, much)), [422, 'inventory.stock.tooLarge'])
  assert.deepEqual(code(await receive({ quantity: '900000000000000', unitCost: '9999999999' })), [
    422,
    'inventory.stock.tooLarge',
  ])
  const half = { quantity: '1000000', unitCost: '10000000000000' }
  assert.deepEqual(code(await receive(...Array.from({ length: 101 }, () => half))), [422, 'inventory.stock.tooLarge'])
  await everythingIsRead()
  assert.equal((await receive({ quantity: '5000000', unitCost: '4000' })).status, 201)
})

test('a basket that is given away whole takes off no more than any basket costs; its till is counted as ever', async () => {
  const wiring = await aProduct(world, 'Wiring', 10_000n, 0, 0n, { kind: 'service' })
  const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
  const give = (unitPrice: string, quantity: string) =>
    owner.call('POST /pos/sales', {
      id: newId(),
      till: world.till,
      lines: [{ variant: wiring.variant, quantity, listPrice: wiring.price, unitPrice }],
      discount: { rate: '1000000' },
      total: '0',
      tenders: [{ method: methods.find((one) => one.kind === 'cash')!.id, given: '0' }],
    })
  assert.deepEqual(code(await give('10000000000000', '900000000000')), [422, 'pricing.tooLarge'])
  assert.equal((await give('10000', '1000000')).status, 201)
  await everythingIsRead()
  assert.equal((await owner.call(`POST /pos/shifts/${shift}/close`, { counted: '100000' })).status, 201)
})
