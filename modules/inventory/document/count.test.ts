import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const world = await aCompany()
const owner = (await aServer(world.url)).client(world.cookie)
await anOpenTill(world)
const cash = ((await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]).find(
  (one) => one.kind === 'cash',
)!.id
const ONE = 1_000_000n

async function sell(pot: { variant: string; price: string }, quantity: bigint): Promise<void> {
  const total = String(BigInt(pot.price) * quantity)
  const { status, body } = await owner.call('POST /pos/sales', {
    id: newId(),
    till: world.till,
    lines: [{ variant: pot.variant, quantity: String(quantity * ONE), listPrice: pot.price }],
    total,
    tenders: [{ method: cash, given: total }],
  })
  assert.equal(status, 201, JSON.stringify(body))
}
const onHand = async (variant: string) => {
  const { rows } = await world.database.pool.query<{ n: bigint }>(
    'select coalesce(sum(on_hand), 0)::bigint as n from inventory_balance where variant = $1',
    [variant],
  )
  return rows[0]!.n / ONE
}
/** What was found and missed, by the moves that a paper made. */
const movedBy = async (document: string) => {
  const { rows } = await world.database.pool.query<{ kind: string; quantity: bigint }>(
    `select f.kind, m.quantity from inventory_move m join inventory_location f on f.id = m.from_location where m.document = $1`,
    [document],
  )
  return rows.map((row) => `${row.kind === 'loss' ? '+' : '-'}${row.quantity / ONE}`)
}
const inOrder = async () => {
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
}
const count = (lines: object[]) => owner.call('POST /inventory/counts', { id: newId(), location: world.location, lines })

test('[M1] received 100, counted 100, sold 20, then posted: 80 lie there and nothing was found', async () => {
  const pot = await aProduct(world, 'Clay pot', 10_000n, 100, 4_000n)
  const counted = { variant: pot.variant, counted: String(100n * ONE), countedAt: Temporal.Now.instant().toString() }
  await sell(pot, 20n)
  const seen = await owner.call('POST /inventory/counts/comparison', { location: world.location, lines: [counted] })
  assert.equal(seen.status, 200, JSON.stringify(seen.body))
  const [row] = seen.body.rows
  assert.deepEqual([row.expected, row.since, row.difference, row.value], [String(100n * ONE), String(-20n * ONE), '0', '0'])
  const { status, body } = await count([counted])
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual([body.differences, body.value], [0, '0'])
  assert.equal(await onHand(pot.variant), 80n)
  assert.deepEqual(await movedBy(body.id), [])
  await inOrder()
})

test('[M1] two are missing of what was counted, whatever was sold and received since, and each line has its own moment', async () => {
  const pot = await aProduct(world, 'Tin cup', 5_000n, 50, 2_000n)
  const lid = await aProduct(world, 'Tin lid', 1_000n, 10, 500n)
  const first = Temporal.Now.instant().toString()
  await sell(pot, 5n)
  await sell(lid, 4n)
  const { status: received } = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: newId(),
    location: world.location,
    reason: 'opening',
    lines: [{ variant: pot.variant, quantity: String(30n * ONE), unitCost: '2000' }],
  })
  assert.equal(received, 201)
  const { body } = await count([
    { variant: pot.variant, counted: String(48n * ONE), countedAt: first },
    { variant: lid.variant, counted: String(6n * ONE), countedAt: Temporal.Now.instant().toString() },
  ])
  assert.deepEqual([await onHand(pot.variant), await onHand(lid.variant)], [73n, 6n])
  assert.deepEqual(await movedBy(body.id), ['-2'])
  const { lines } = (await owner.call(`GET /inventory/documents/${body.id}`)).body
  assert.deepEqual(
    lines.map((line: { expected: string; quantity: string }) => [line.expected, line.quantity]),
    [
      [String(50n * ONE), String(48n * ONE)],
      [String(6n * ONE), String(6n * ONE)],
    ],
  )
  await inOrder()
})

test('[M1] sales that are under way while the count is posted are told apart by their time, and nothing is lost', async () => {
  const pot = await aProduct(world, 'Water jar', 2_000n, 40, 900n)
  const countedAt = Temporal.Now.instant().toString()
  const [counted] = await Promise.all([
    count([{ variant: pot.variant, counted: String(40n * ONE), countedAt }]),
    ...Array.from({ length: 6 }, () => sell(pot, 1n)),
  ])
  assert.equal(counted.status, 201, JSON.stringify(counted.body))
  assert.equal(await onHand(pot.variant), 34n)
  assert.deepEqual(await movedBy(counted.body.id), [])
  await inOrder()
})

test('[M1] a count from tomorrow, one from last month, and one that more was sold of than it counted are refused and change nothing', async () => {
  const pot = await aProduct(world, 'Oil lamp', 2_000n, 10, 900n)
  const at = (change: (now: Temporal.Instant) => Temporal.Instant) => change(Temporal.Now.instant()).toString()
  const now = at((one) => one)
  await sell(pot, 4n)
  const refusals = [
    [{ counted: String(10n * ONE), countedAt: at((one) => one.add({ hours: 1 })) }, 422, 'inventory.count.badMoment'],
    [{ counted: String(10n * ONE), countedAt: at((one) => one.subtract({ hours: 24 * 8 })) }, 422, 'inventory.count.badMoment'],
    [{ counted: String(3n * ONE), countedAt: now }, 409, 'inventory.count.soldMore'],
  ] as const
  for (const [line, wanted, code] of refusals) {
    const { status, body } = await count([{ variant: pot.variant, ...line }])
    assert.deepEqual([status, body.code], [wanted, code])
    assert.match(body.message, /Oil lamp/)
  }
  assert.equal(await onHand(pot.variant), 6n)
})
