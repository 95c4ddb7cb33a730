import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { checkStock } from '#modules/inventory/stock/stock.queries.ts'
import { checkLedger, trialBalance } from '#modules/ledger/entry/entry.queries.ts'
import { aCompany } from '#test/harness.ts'
import { closeShift } from '../shift/shift.commands.ts'
import { completeSale } from './checkout.commands.ts'
import { aProduct, anOpenTill, type AProduct } from '../sale/sale.factory.ts'
import { showSale } from '../sale/sale.queries.ts'

const world = await aCompany()
const shift = await anOpenTill(world)
const methods = Object.fromEntries(
  (await world.database.db.selectFrom('paymentMethod').select(['id', 'kind']).execute()).map((row) => [row.kind, row.id]),
)

const line = (product: AProduct, count = 1) => ({
  variant: product.variant,
  quantity: String(count * 1_000_000) as never,
  listPrice: product.price as never,
})
const cash = (given: bigint) => ({ method: methods['cash']!, given: String(given) as never })
const aSale = (lines: ReturnType<typeof line>[], total: bigint, tenders: ReturnType<typeof cash>[], more: object = {}) => ({
  id: newId(),
  till: world.till,
  lines,
  total: String(total) as never,
  tenders,
  ...more,
})
const booksAreRight = async () => {
  assert.deepEqual((await checkLedger(world.ctx(), {})).differences, [])
  assert.deepEqual((await checkStock(world.ctx(), {})).differences, [])
}

test('a cash sale takes stock, fills the drawer, books tax and cost, and gives change', async () => {
  const lamp = await aProduct(world, 'Lamp', 116_000n, 10, 60_000n)
  const input = aSale([line(lamp, 2)], 232_000n, [cash(250_000n)])
  const done = await completeSale(world.ctx(), input)
  assert.equal(done.change, 18_000n)
  assert.equal(done.tax, 32_000n)
  const { rows } = await world.database.pool.query('select on_hand, value from inventory_balance where variant = $1', [
    lamp.variant,
  ])
  assert.deepEqual(rows[0], { on_hand: 8_000_000n, value: 480_000n })
  const shown = await showSale(world.ctx(), { id: input.id })
  assert.equal(shown.row['total'], 232_000n)
  assert.equal(shown.lines[0]!.cost, 120_000n)
  const lines = await world.database.db
    .selectFrom('ledgerLine as l')
    .innerJoin('ledgerEntry as e', 'e.id', 'l.entry')
    .innerJoin('ledgerAccount as a', 'a.id', 'l.account')
    .select(['a.code', 'l.amount'])
    .where('e.document', '=', input.id)
    .orderBy('a.code')
    .execute()
  assert.deepEqual(
    lines.map((l) => [l.code, l.amount]),
    [
      ['1020.1', 232_000n],
      ['1200', -120_000n],
      ['2100', -32_000n],
      ['4000', -200_000n],
      ['5000', 120_000n],
    ],
  )
  await booksAreRight()
})

test('the same key gives the same answer and sells once; another input under it is refused', async () => {
  const pen = await aProduct(world, 'Pen', 1_000n, 5, 500n)
  const input = aSale([line(pen)], 1_000n, [cash(1_000n)])
  const ctx = world.ctx({ key: `key-${newId()}` })
  const first = await completeSale(ctx, input)
  const second = await completeSale(ctx, input)
  assert.equal(String(second.total), String(first.total))
  assert.equal(second.number, first.number)
  await assert.rejects(completeSale(ctx, { ...input, id: newId() }), { code: 'kit.keyReused', status: 422 })
  const { rows } = await world.database.pool.query('select on_hand from inventory_balance where variant = $1', [pen.variant])
  assert.equal(rows[0].on_hand, 4_000_000n)
})

test('two requests with one key at the same moment sell once', async () => {
  const pen = await aProduct(world, 'Twin pen', 1_000n, 5, 500n)
  const input = aSale([line(pen)], 1_000n, [cash(1_000n)])
  const key = `key-${newId()}`
  const answers = await Promise.all([1, 2, 3].map(() => completeSale(world.ctx({ key }), input)))
  assert.equal(new Set(answers.map((answer) => answer.number)).size, 1)
  const { rows } = await world.database.pool.query('select on_hand from inventory_balance where variant = $1', [pen.variant])
  assert.equal(rows[0].on_hand, 4_000_000n)
})

test('the last one is sold once, however many want it', async () => {
  const lamp = await aProduct(world, 'Last lamp', 5_000n, 3, 100n)
  const results = await Promise.allSettled(
    Array.from({ length: 12 }, () => completeSale(world.ctx(), aSale([line(lamp)], 5_000n, [cash(5_000n)]))),
  )
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 3)
  for (const result of results) if (result.status === 'rejected') assert.equal(result.reason.code, 'inventory.stock.short')
  await booksAreRight()
})

test('two baskets that hold the same products in another order never deadlock', async () => {
  const products = await Promise.all(Array.from({ length: 6 }, (_, index) => aProduct(world, `Mixed ${index}`, 1_000n, 200, 10n)))
  const baskets = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? products : products.toReversed()))
  await Promise.all(
    baskets.map((basket) =>
      completeSale(
        world.ctx(),
        aSale(
          basket.map((product) => line(product)),
          6_000n,
          [cash(6_000n)],
        ),
      ),
    ),
  )
  await booksAreRight()
})

test('a short payment leaves nothing behind', async () => {
  const rice = await aProduct(world, 'Rice', 1_000n, 5, 500n)
  const input = aSale([line(rice)], 1_000n, [cash(400n)])
  await assert.rejects(completeSale(world.ctx(), input), { code: 'payments.short', status: 422 })
  const left = await world.database.pool.query(
    'select (select count(*) from pos_sale where id = $1) + (select count(*) from inventory_move where document = $1) + (select count(*) from ledger_entry where document = $1) as rows',
    [input.id],
  )
  assert.equal(left.rows[0].rows, 0n)
})

test('card and cash together: the card to the cent, the cash in coins that exist', async () => {
  const tea = await aProduct(world, 'Tea', 12_345n, 5, 500n)
  const done = await completeSale(
    world.ctx(),
    aSale([line(tea)], 12_345n, [{ method: methods['card']!, given: '10000' as never }, cash(2_500n)]),
  )
  assert.equal(done.rounding, -45n)
  assert.equal(done.total, 12_300n)
  assert.equal(done.change, 200n)
  await booksAreRight()
})

test('a stale price, a closed till, a discount above the limit and another price are refused with a way out', async () => {
  const cup = await aProduct(world, 'Cup', 10_000n, 5, 500n)
  const pay = (more: object, lineMore: object = {}, total = 10_000n) =>
    completeSale(world.as('cashier'), aSale([{ ...line(cup), ...lineMore }], total, [cash(total)], more))
  await assert.rejects(pay({}, { listPrice: '9000' }, 9_000n), { code: 'pricing.priceChanged' })
  await assert.rejects(pay({ till: newId() }), { code: 'pos.till.noShift' })
  await assert.rejects(pay({ discount: { rate: '100000' } }, {}, 9_000n), { code: 'kit.approvalNeeded' })
  await assert.rejects(pay({}, { unitPrice: '8000' }, 8_000n), { code: 'kit.approvalNeeded' })
  await pay({ discount: { rate: '50000' } }, {}, 9_500n)
})

test('at night the drawer is counted, the difference is booked and the drawer is empty', async () => {
  const { rows: before } = await world.database.pool.query(
    `select coalesce(sum(l.amount), 0)::bigint as cash from ledger_line l join ledger_account a on a.id = l.account where a.holds = 'drawer'`,
  )
  const closed = await closeShift(world.as('cashier'), { id: shift, counted: String(before[0].cash - 5_000n) as never })
  assert.equal(closed.expected, before[0].cash)
  assert.equal(closed.variance, -5_000n)
  const { rows } = await trialBalance(world.ctx(), { from: '2000-01-01', to: '2100-01-01' })
  assert.equal(rows.find((row) => row.code === '1020.1')!.closing, 0n)
  assert.equal(rows.find((row) => row.code === '5200')!.closing, 5_000n)
  assert.equal(
    rows.reduce((all, row) => all + row.closing, 0n),
    0n,
  )
  await booksAreRight()
})
