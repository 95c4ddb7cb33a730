import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const ONE = 1_000_000n
const at = world.location

const lot = (variant: string, code: string, quantity: bigint, expiresOn?: string) => ({
  variant,
  lotCode: code,
  quantity: String(quantity * ONE),
  unitCost: '100',
  ...(expiresOn && { expiresOn }),
})
const takes = (variant: string, quantity: bigint, code?: string) => ({
  variant,
  quantity: String(quantity * ONE),
  ...(code && { lot: code }),
})
const shortages = async (lines: object[], location = at) => {
  const { status, body } = await owner.call('POST /inventory/shortages', { location, lines })
  assert.equal(status, 200, JSON.stringify(body))
  return (body.rows as { variant: string; lot: string | null; wanted: string; available: string }[]).map((row) => [
    row.variant,
    row.lot,
    BigInt(row.wanted) / ONE,
    BigInt(row.available) / ONE,
  ])
}
const adjust = (lines: { variant: string; quantity: string; lot?: string }[]) =>
  owner.call('POST /inventory/documents/post', {
    kind: 'adjustment',
    id: newId(),
    location: at,
    reason: 'damaged',
    lines: lines.map(({ lot: lotCode, quantity, ...line }) => ({ ...line, lotCode, quantity: `-${quantity}` })),
  })

test('what a paper takes beyond what is there is told before it is posted, as posting would judge it', async () => {
  const { variant: pot } = await aProduct(world, 'Clay pot', 10_000n, 5)
  const { variant: milk } = await aProduct(world, 'Milk', 10_000n)
  const received = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    location: at,
    reason: 'opening',
    lines: [lot(milk, 'A', 3n, '2099-01-01'), lot(milk, 'B', 1n, '2099-02-01'), lot(milk, 'OLD', 7n, '2020-01-01')],
  })
  assert.equal(received.status, 201, JSON.stringify(received.body))

  for (const [lines, wanted] of [
    [[takes(pot, 5n)], []],
    [[takes(pot, 6n)], [[pot, null, 6n, 5n]]],
    [[takes(pot, 4n), takes(pot, 2n)], [[pot, null, 6n, 5n]]],
    [[takes(milk, 3n, 'A'), takes(milk, 1n)], []],
    // Goods of any lot are what the named ones leave; what has expired is taken by name only.
    [[takes(milk, 3n, 'A'), takes(milk, 2n)], [[milk, null, 2n, 1n]]],
    [[takes(milk, 7n, 'OLD')], []],
    [[takes(milk, 1n, 'NEVER')], [[milk, 'NEVER', 1n, 0n]]],
  ] as const) {
    const found = await shortages([...lines])
    assert.deepEqual(found, wanted)
    if (wanted.length === 0) continue
    const { status } = await adjust([...lines])
    assert.notEqual(status, 201, 'posting refuses what is short')
    assert.notEqual(status, 503, 'and does not say that it is busy')
  }
  const refused = await adjust([takes(milk, 3n, 'A'), takes(milk, 2n)])
  assert.deepEqual([refused.status, refused.body.code], [409, 'inventory.stock.expired'])
})

test('where stock may fall below zero nothing is short; another’s shelf tells nothing', async () => {
  const { variant } = await aProduct(world, 'Rope', 10_000n, 1)
  await world.database.db.updateTable('inventoryLocation').set({ allowsNegative: true }).where('id', '=', at).execute()
  assert.deepEqual(await shortages([takes(variant, 9n)]), [])
  await world.database.db.updateTable('inventoryLocation').set({ allowsNegative: false }).where('id', '=', at).execute()
  assert.equal((await owner.call('POST /inventory/shortages', { location: newId(), lines: [takes(variant, 9n)] })).status, 404)
})
