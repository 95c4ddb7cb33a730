import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { aDraft, anOrder, aSupplier, lineOf } from './purchase.factory.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const supplier = await aSupplier(owner, 'Unga Ltd', { emails: ['orders@unga.example'] })
const at = { supplier, location: world.location }
const flour = await aProduct(world, 'Flour 50 kg', 400_000n, 0, 0n)
const sugar = await aProduct(world, 'Sugar 1 kg', 20_000n, 0, 0n)
const ONE = 1_000_000n
const VAT = '160000'

const show = async (id: string) => (await owner.call(`GET /sourcing/purchases/${id}`)).body
const onHand = async (variant: string, location = world.location) => {
  const { rows } = await world.database.pool.query<{ n: bigint }>(
    'select coalesce(sum(on_hand), 0)::bigint as n from inventory_balance where variant = $1 and location = $2',
    [variant, location],
  )
  return rows[0]!.n / ONE
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
const receive = (id: string, lines: object[], by = owner, headers = {}) =>
  by.call(`POST /sourcing/purchases/${id}/receive`, { receipt: newId(), lines }, headers)
const of = (line: string, quantity: number, damaged?: number) => ({
  line,
  quantity: String(BigInt(quantity) * ONE),
  ...(damaged && { damaged: String(BigInt(damaged) * ONE) }),
})

test('a draft adds up, is changed line by line, and goes on only with something on it', async () => {
  const { status, body } = await aDraft(owner, at, [
    { variant: flour.variant, quantity: 20, price: 320_000n, taxRate: VAT },
    { variant: sugar.variant, quantity: 10, price: 15_333n },
  ])
  assert.equal(status, 201, JSON.stringify(body))
  assert.match(body.number, /^PO-\d{4}-\d{5}$/)
  const first = await show(body.id)
  assert.deepEqual(
    [first.row.state, first.row.net, first.row.tax, first.row.total, first.lines.map((one: { name: string }) => one.name)],
    ['draft', '6553330', '1024000', '7577330', ['Flour 50 kg', 'Sugar 1 kg']],
  )
  const [kept, gone] = first.lines as { id: string }[]
  const changed = await owner.call(
    `PATCH /sourcing/purchases/${body.id}`,
    {
      lines: [
        { ...lineOf({ variant: sugar.variant, quantity: 5, price: 10_000n }) },
        { ...lineOf({ variant: flour.variant, quantity: 2, price: 300_000n }), id: kept!.id },
      ],
    },
    { 'if-match': '"1"' },
  )
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  const second = await show(body.id)
  assert.deepEqual([second.lines[1].id, second.lines.length, second.row.total, second.row.version], [kept!.id, 2, '650000', 2])
  assert.ok(!second.lines.some((one: { id: string }) => one.id === gone!.id))
  const history = (await owner.call(`GET /sourcing/purchases/${body.id}/history`)).body.rows
  assert.deepEqual([history.length, history[0].command], [2, 'sourcing.purchase.change'])

  const empty = await aDraft(owner, at, [])
  const refused = await owner.call(`POST /sourcing/purchases/${empty.body.id}/submit`)
  assert.deepEqual([refused.status, refused.body.code], [422, 'sourcing.purchase.noLines'])
})

test('lines of another order are nobody’s to take, and what was submitted stays', async () => {
  const [mine, other] = [
    await anOrder(owner, at, [{ variant: flour.variant, quantity: 1, price: 1n }]),
    await aDraft(owner, at, []),
  ]
  const stolen = await owner.call(`PATCH /sourcing/purchases/${other.body.id}`, {
    lines: [{ ...lineOf({ variant: flour.variant, quantity: 9, price: 9n }), id: mine.lines[0] }],
  })
  assert.equal(stolen.status, 404)
  assert.equal((await show(mine.id)).lines[0].quantity, String(ONE))
  const late = await owner.call(`PATCH /sourcing/purchases/${mine.id}`, { lines: [] })
  assert.deepEqual([late.status, late.body.code], [409, 'kit.fixedNow'])
})

test('once approved, what was agreed stays; when it comes and what the supplier calls it may still be learnt', async () => {
  const order = await anOrder(owner, at, [{ variant: flour.variant, quantity: 2, price: 300_000n, taxRate: VAT }])
  const before = await show(order.id)
  const change = (values: object) => owner.call(`PATCH /sourcing/purchases/${order.id}`, values)
  const another = await aSupplier(owner, 'Another Mill')
  for (const [field, values] of [
    ['supplier', { supplier: another }],
    ['tolerance', { tolerance: '0', expectedOn: '2026-12-20' }],
    ['lines', { lines: [], reference: 'SO-1' }],
  ] as const) {
    const { status, body } = await change(values)
    assert.deepEqual(
      [status, body.code, body.params],
      [409, 'kit.fixedNow', { field: `sourcing.purchase.${field}`, state: 'approved' }],
    )
  }
  assert.deepEqual(await show(order.id), before)

  // What is as it was is no change; an article that was put aside meanwhile doesn't keep the day from being put right.
  await owner.call(`POST /catalog/variants/${flour.variant}/archival`)
  const { status } = await change({ supplier: before.row.supplier, expectedOn: '2026-12-20', reference: 'SO-1' })
  await owner.call(`DELETE /catalog/variants/${flour.variant}/archival`)
  assert.equal(status, 200)
  const after = await show(order.id)
  assert.deepEqual([after.row.expectedOn, after.row.reference, after.row.version], ['2026-12-20', 'SO-1', before.row.version + 1])
  assert.deepEqual([after.lines, after.row.total], [before.lines, before.row.total])

  await receive(order.id, [of(order.lines[0]!, 2)])
  assert.equal((await change({ expectedOn: null })).body.code, 'kit.wrongStep')
})

test('only a supplier is ordered from, only goods that lie on shelves are ordered', async () => {
  const customer = (await owner.call('POST /parties', { name: 'Njeri', roles: ['customer'] })).body.id
  const service = await aProduct(world, 'Delivery', 100n, 0, 0n, { kind: 'service' })
  const a = await aDraft(owner, { ...at, supplier: customer }, [])
  const b = await aDraft(owner, at, [{ variant: service.variant, quantity: 1, price: 1n }])
  assert.deepEqual([a.body.code, b.body.code], ['sourcing.purchase.noSupplier', 'sourcing.purchase.service'])
})

test('a review tells goods and money, and leaves nothing; then the same comes true', async () => {
  const order = await anOrder(owner, at, [{ variant: flour.variant, quantity: 10, price: 320_000n, taxRate: VAT }])
  const before = [await onHand(flour.variant), await balanceOf('stock'), await balanceOf('goodsReceived')]
  const { status, body } = await receive(order.id, [of(order.lines[0]!, 4)], owner, { review: 'true' })
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    body.effects.map((one: { title: string; rows: unknown[] }) => [one.title, one.rows.length]),
    [
      ['review.goods', 1],
      ['review.books', 2],
    ],
  )
  assert.deepEqual(body.effects[0].rows[0].slice(3), [String(4n * ONE), String(((before[0] as bigint) + 4n) * ONE), '1280000'])
  assert.deepEqual(body.effects[1].sums, [null, '1280000', '1280000'])
  assert.deepEqual([await onHand(flour.variant), await balanceOf('stock'), await balanceOf('goodsReceived')], before)
  assert.equal((await show(order.id)).row.state, 'approved')

  assert.equal((await receive(order.id, [of(order.lines[0]!, 4)])).status, 201)
  assert.deepEqual(
    [await onHand(flour.variant), await balanceOf('stock'), await balanceOf('goodsReceived')],
    [(before[0] as bigint) + 4n, (before[1] as bigint) + 1_280_000n, (before[2] as bigint) - 1_280_000n],
  )
  await inOrder()
})

test('received in parts, damaged apart, over within the tolerance, closed, and billed once', async () => {
  const order = await anOrder(owner, at, [{ variant: sugar.variant, quantity: 100, price: 15_000n, taxRate: VAT }])
  const [line] = order.lines as [string]
  const [shelf, owed, input] = [await onHand(sugar.variant), await balanceOf('goodsReceived'), await balanceOf('taxInput')]
  const first = await receive(order.id, [of(line, 57, 3)])
  assert.deepEqual([first.status, first.body.state], [201, 'partlyReceived'], JSON.stringify(first.body))
  assert.equal(await onHand(sugar.variant), shelf + 57n)
  const { rows } = await world.database.pool.query<{ id: string }>(`select id from inventory_location where holds = 'damaged'`)
  assert.equal(await onHand(sugar.variant, rows[0]!.id), 3n)

  const tooMuch = await receive(order.id, [of(line, 46)])
  assert.deepEqual([tooMuch.status, tooMuch.body.code], [422, 'sourcing.purchase.tooMuch'])
  const rest = await receive(order.id, [of(line, 45)])
  assert.deepEqual([rest.status, rest.body.state], [201, 'received'])
  const shown = await show(order.id)
  assert.deepEqual(
    [shown.lines[0].received, shown.lines[0].damaged, shown.receipts.length],
    [String(105n * ONE), String(3n * ONE), 3],
  )
  assert.equal(await balanceOf('goodsReceived'), owed - 105n * 15_000n)

  const bill = { bill: newId(), number: 'INV-7', dated: '2026-11-01', net: '1575000', tax: '252000' }
  assert.equal((await owner.call(`POST /sourcing/purchases/${order.id}/bill`, bill)).status, 201)
  assert.deepEqual(
    [await balanceOf('goodsReceived'), await balanceOf('taxInput'), await balanceOf('payable')],
    [owed, input + 252_000n, -1_827_000n],
  )
  const twice = await owner.call(`POST /sourcing/purchases/${order.id}/bill`, { ...bill, bill: newId() })
  assert.deepEqual([twice.status, twice.body.code], [409, 'sourcing.purchase.billTwice'])
  await takenBack(order.id, bill)
  assert.equal((await owner.call(`POST /sourcing/purchases/${order.id}/close`)).body.state, 'closed')
  await inOrder()
})

test('no invoice before something came; an order of more than the books can hold is refused', async () => {
  const order = await anOrder(owner, at, [{ variant: flour.variant, quantity: 1, price: 100n }])
  const bill = { bill: newId(), number: 'EARLY-1', dated: '2026-11-01', net: '100', tax: '0' }
  const early = await owner.call(`POST /sourcing/purchases/${order.id}/bill`, bill)
  assert.deepEqual([early.status, early.body.code], [409, 'kit.wrongStep'])
  const huge = await aDraft(owner, at, [{ variant: flour.variant, quantity: 1_000_000_000n, price: 10_000_000_000_000n }])
  assert.ok(huge.status >= 400 && huge.status < 500, JSON.stringify(huge.body))
})

test('a share of more than all is refused by its field, before the database has to', async () => {
  const line = { variant: flour.variant, quantity: 1, price: 100n }
  const [taxClass] = (await owner.call('GET /catalog/tax-classes')).body.rows as { id: string }[]
  const tried = [
    await aDraft(owner, at, [line], { tolerance: '1000001' }),
    await aDraft(owner, at, [{ ...line, taxRate: '5000000' }]),
    await owner.call('POST /catalog/tax-rates', { taxClass: taxClass!.id, rate: '5000000', validFrom: '2027-01-01' }),
  ]
  assert.deepEqual(
    tried.map(({ status, body }) => [status, body.details[0].path, body.details[0].code]),
    [
      [422, 'tolerance', 'outOfRange'],
      [422, 'lines.0.taxRate', 'outOfRange'],
      [422, 'rate', 'outOfRange'],
    ],
  )
  assert.equal((await aDraft(owner, at, [{ ...line, taxRate: '1000000' }], { tolerance: '1000000' })).status, 201)
})

test('two who receive the last of it at the same moment: one takes it', async () => {
  const order = await anOrder(owner, at, [{ variant: flour.variant, quantity: 10, price: 100n }], { tolerance: '0' })
  const before = await onHand(flour.variant)
  const answers = await Promise.all(Array.from({ length: 4 }, () => receive(order.id, [of(order.lines[0]!, 10)])))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [201, 409, 409, 409])
  assert.equal(await onHand(flour.variant), before + 10n)
  assert.equal((await show(order.id)).receipts.length, 1)
  await inOrder()
})

test('above the limit nobody approves what they wrote', async () => {
  const settings = { 'sourcing.purchase': { on: true, limit: '1000000' } }
  assert.equal((await owner.call('POST /approvals/settings', { settings })).status, 200)
  const small = await anOrder(owner, at, [{ variant: flour.variant, quantity: 1, price: 900_000n }])
  assert.equal((await show(small.id)).row.state, 'approved')
  const draft = await aDraft(owner, at, [{ variant: flour.variant, quantity: 2, price: 900_000n }])
  await owner.call(`POST /sourcing/purchases/${draft.body.id}/submit`)
  const review = await owner.call(`POST /sourcing/purchases/${draft.body.id}/approve`, {}, { review: 'true' })
  assert.deepEqual(review.body.approvals, ['sourcing.purchase'])
  const own = await owner.call(`POST /sourcing/purchases/${draft.body.id}/approve`)
  assert.deepEqual([own.status, own.body.code], [409, 'kit.approvalNeeded'])
  const manager = server.client()
  await accept(manager, await anInvitation(owner, 'boss@example.com', [{ role: 'manager', place: world.place }]))
  const other = await manager.call(`POST /sourcing/purchases/${draft.body.id}/approve`)
  assert.deepEqual([other.status, other.body.state], [201, 'approved'], JSON.stringify(other.body))
})

test('who may not see costs receives without them, and orders nothing', async () => {
  const order = await anOrder(owner, at, [{ variant: flour.variant, quantity: 3, price: 123n }])
  const keeper = server.client()
  await accept(keeper, await anInvitation(owner, 'keeper@example.com', [{ role: 'stockKeeper', place: world.place }]))
  const { body } = await keeper.call(`GET /sourcing/purchases/${order.id}`)
  assert.deepEqual([body.row.total, body.lines[0].price, body.bills], [undefined, undefined, []])
  const review = await receive(order.id, [of(order.lines[0]!, 3)], keeper, { review: 'true' })
  assert.ok(!JSON.stringify(review.body).includes('369'), 'no cost')
  assert.equal((await receive(order.id, [of(order.lines[0]!, 3)], keeper)).status, 201)
  assert.equal((await aDraft(keeper, at, [])).status, 403)
})

test('the paper is as it was approved, and who proposes counts what is under way', async () => {
  const pot = await aProduct(world, 'Clay pot', 8_000n, 2, 4_000n)
  await owner.call('POST /inventory/reorder-levels', {
    variant: pot.variant,
    place: world.place,
    level: String(10n * ONE),
    target: String(30n * ONE),
  })
  await owner.call('POST /sourcing/offers', {
    supplier,
    variant: pot.variant,
    code: 'U-7',
    price: '3900',
    pack: String(12n * ONE),
  })
  const proposals = async () =>
    (
      (await owner.call('GET /sourcing/proposals', { place: world.place })).body.rows as {
        variant: string
        quantity: string
        code: string
        price: string
      }[]
    ).find((one) => one.variant === pot.variant)
  assert.deepEqual(
    [(await proposals())?.quantity, (await proposals())?.code, (await proposals())?.price],
    [String(36n * ONE), 'U-7', '3900'],
  )
  const order = await anOrder(owner, at, [{ variant: pot.variant, quantity: 12, price: 3_900n, code: 'U-7' }])
  assert.equal((await proposals())?.quantity, '0')
  const pdf = await fetch(`${owner.base}/api/sourcing/purchases/${order.id}/paper.pdf`, {
    headers: { cookie: `__Host-duka=${world.cookie}` },
  })
  assert.deepEqual([pdf.status, pdf.headers.get('content-type')], [200, 'application/pdf'])
  assert.ok((await pdf.arrayBuffer()).byteLength > 5_000)
  const mail = await owner.call(`POST /sourcing/purchases/${order.id}/mail`, { email: 'orders@unga.example' })
  assert.deepEqual([mail.status, mail.body.code], [409, 'sourcing.purchase.noMail'])
})

/** An invoice that stands in the books is taken back, once, and entered again. */
async function takenBack(id: string, bill: { bill: string; number: string; net: string; tax: string }) {
  const balances = async () => [await balanceOf('goodsReceived'), await balanceOf('taxInput'), await balanceOf('payable')]
  const billed = await balances()
  const back = (headers = {}) =>
    owner.call(`POST /sourcing/purchases/${id}/bill-reversal`, { bill: bill.bill, reason: 'The wrong supplier' }, headers)
  const review = await back({ review: 'true' })
  assert.equal(review.body.effects[0].rows.length, 3, JSON.stringify(review.body))
  assert.deepEqual(await balances(), billed, 'a look changes nothing')
  const both = await Promise.all([back(), back()])
  assert.deepEqual(both.map((one) => one.status).toSorted(), [201, 409])
  assert.equal(both.find((one) => one.status === 409)!.body.code, 'sourcing.purchase.billReversed')
  const [net, tax] = [BigInt(bill.net), BigInt(bill.tax)]
  assert.deepEqual(await balances(), [billed[0]! - net, billed[1]! - tax, billed[2]! + net + tax])
  assert.deepEqual(
    (await show(id)).bills.map((one: { reason: string }) => one.reason),
    ['The wrong supplier'],
  )
  const again = { ...bill, bill: newId() }
  assert.equal((await owner.call(`POST /sourcing/purchases/${id}/bill`, again)).status, 201)
  assert.deepEqual(await balances(), billed)
  const twice = await owner.call(`POST /sourcing/purchases/${id}/bill`, { ...bill, bill: newId() })
  assert.deepEqual([twice.status, twice.body.code], [409, 'sourcing.purchase.billTwice'])
}
