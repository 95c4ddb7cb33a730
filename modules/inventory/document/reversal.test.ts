import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { anOrder, aSupplier } from '#modules/sourcing/purchase/purchase.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'

const ONE = 1_000_000n

// All that tests need is there before the first of them begins.
const shops = await Promise.all(
  (['average', 'fifo'] as const).map(async (costing) => {
    const world = await aCompany({ costing })
    const owner = (await aServer(world.url)).client(world.cookie)
    const place = (await owner.call('GET /places')).body.rows[0].id as string
    const back = (await owner.call('POST /inventory/locations', { name: 'Back room', code: 'BACK', place })).body.id as string
    return { costing, world, owner, back }
  }),
)

for (const { costing, world, owner, back } of shops) {
  const at = async (variant: string, location = world.location) => {
    const { rows } = await world.database.pool.query<{ hand: bigint; value: bigint }>(
      `select coalesce(sum(on_hand), 0)::bigint as hand, coalesce(sum(value), 0)::bigint as value from inventory_balance
       where variant = $1 and location = $2`,
      [variant, location],
    )
    return [rows[0]!.hand / ONE, rows[0]!.value]
  }
  const balanceOf = async (part: string) => {
    const { rows } = await world.database.pool.query<{ n: bigint }>(
      `select coalesce(sum(b.debit - b.credit), 0)::bigint as n from ledger_balance b join ledger_account a on a.id = b.account where a.part = $1`,
      [part],
    )
    return rows[0]!.n
  }
  const inOrder = async () => {
    assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
    assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  }
  const post = async (route: string, input: object): Promise<string> => {
    const { status, body } = await owner.call(route, { id: newId(), location: world.location, ...input })
    assert.equal(status, 201, JSON.stringify(body))
    return body.id
  }
  const reverse = (id: string) =>
    owner.call(`POST /inventory/documents/${id}/reversal`, { newDocument: newId(), reason: 'Wrong goods' })
  const q = (n: number) => String(BigInt(n) * ONE)

  test(`${costing}: each goods paper is taken back once, and stock and books are as before`, async () => {
    const { variant } = await aProduct(world, 'Clay pot', 10_000n, 20, 4_000n)
    const parts = ['stock', 'goodsReceived', 'stockLoss', 'stockGain', 'openingEquity']
    const state = async () => [await at(variant), await at(variant, back), ...(await Promise.all(parts.map(balanceOf)))]
    const before = await state()
    for (const [route, input] of [
      [
        'POST /inventory/documents/receive',
        { kind: 'receipt', reason: 'supplier', lines: [{ variant, quantity: q(5), unitCost: '4000' }] },
      ],
      [
        'POST /inventory/documents/receive',
        { kind: 'receipt', reason: 'opening', lines: [{ variant, quantity: q(5), unitCost: '4000' }] },
      ],
      ['POST /inventory/documents/post', { kind: 'adjustment', reason: 'damaged', lines: [{ variant, quantity: q(-3) }] }],
      ['POST /inventory/documents/post', { kind: 'adjustment', reason: 'found', lines: [{ variant, quantity: q(3) }] }],
      ['POST /inventory/counts', { lines: [{ variant, counted: q(17) }] }],
      ['POST /inventory/documents/post', { kind: 'transfer', toLocation: back, lines: [{ variant, quantity: q(6) }] }],
    ] as const) {
      const id = await post(route, input)
      const answers = await Promise.all([reverse(id), reverse(id)])
      assert.deepEqual(answers.map((one) => one.status).toSorted(), [201, 409], JSON.stringify(answers.map((one) => one.body)))
      assert.deepEqual(await state(), before, `${route} ${JSON.stringify(input)}`)
      const shown = (await owner.call(`GET /inventory/documents/${id}`)).body
      const other = answers.find((one) => one.status === 201)!.body
      assert.equal(shown.reversedBy.number, other.number)
      const again = await reverse(other.id)
      assert.deepEqual([again.status, again.body.code], [409, 'inventory.document.isReversal'])
    }
    await inOrder()
  })

  test(`${costing}: what has gone on is not taken back; a difference in worth is a gain or a loss; an order keeps its papers`, async () => {
    const { variant } = await aProduct(world, 'Tin pot', 10_000n, 0)
    const receipt = await post('POST /inventory/documents/receive', {
      kind: 'receipt',
      reason: 'supplier',
      lines: [{ variant, quantity: q(10), unitCost: '100' }],
    })
    await post('POST /inventory/documents/receive', {
      kind: 'receipt',
      reason: 'supplier',
      lines: [{ variant, quantity: q(10), unitCost: '300' }],
    })
    const owed = await balanceOf('goodsReceived')
    const review = await owner.call(
      `POST /inventory/documents/${receipt}/reversal`,
      { newDocument: newId(), reason: 'Wrong' },
      { review: 'true' },
    )
    assert.equal(review.body.effects[0].rows[0][4], q(10), 'what lies there then')
    assert.equal((await reverse(receipt)).status, 201)
    assert.equal(await balanceOf('goodsReceived'), owed + 1_000n)
    assert.deepEqual(await at(variant), [10n, costing === 'average' ? 2_000n : 3_000n])
    await inOrder()

    const last = await post('POST /inventory/documents/receive', {
      kind: 'receipt',
      reason: 'supplier',
      lines: [{ variant, quantity: q(5), unitCost: '100' }],
    })
    await post('POST /inventory/documents/post', { kind: 'adjustment', reason: 'stolen', lines: [{ variant, quantity: q(-12) }] })
    const short = await reverse(last)
    assert.deepEqual([short.status, short.body.code], [409, 'inventory.stock.short'])

    const supplier = await aSupplier(owner, 'Unga Ltd')
    const order = await anOrder(owner, { supplier, location: world.location }, [{ variant, quantity: 2, price: 100n }])
    await owner.call(`POST /sourcing/purchases/${order.id}/receive`, {
      receipt: newId(),
      lines: [{ line: order.lines[0], quantity: q(2) }],
    })
    const { paper } = (await owner.call(`GET /sourcing/purchases/${order.id}`)).body.receipts[0]
    const refused = await reverse(paper)
    assert.deepEqual([refused.status, refused.body.code], [409, 'inventory.document.ofDocument'])
    await inOrder()
  })
}
