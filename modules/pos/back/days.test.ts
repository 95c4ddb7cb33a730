import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { completeSale } from '../checkout/checkout.commands.ts'
import { aProduct } from '../sale/sale.factory.ts'
import { closeShift, openShift } from '../shift/shift.commands.ts'
import { shiftReportPdf, showShift } from '../shift/shift.queries.ts'
import { takeReturn } from './back.commands.ts'
import { showReturnable } from './back.queries.ts'

test('[C22] what was sold on Monday and comes back on Tuesday is missing from Tuesday’s drawer, and Monday’s report stays', async () => {
  const world = await aCompany()
  const tuesday = Temporal.Now.instant()
  const on = { monday: world.ctx({ now: tuesday.subtract({ hours: 24 }) }), tuesday: world.ctx({ now: tuesday }) }
  const pan = await aProduct(world, 'Pan', 80_000n, 10, 30_000n, { taxed: false })
  const cup = await aProduct(world, 'Cup', 50_000n, 10, 20_000n, { taxed: false })
  const cash = await world.database.db
    .selectFrom('paymentMethod')
    .select('id')
    .where('kind', '=', 'cash')
    .executeTakeFirstOrThrow()
  const sell = async (ctx: typeof on.monday, goods: typeof pan) => {
    const id = newId()
    await completeSale(ctx, {
      id,
      till: world.till,
      lines: [{ variant: goods.variant, quantity: '1000000', listPrice: goods.price }],
      total: goods.price,
      tenders: [{ method: cash.id, given: goods.price }],
    } as never)
    return id
  }
  const open = async (ctx: typeof on.monday) => {
    const id = newId()
    await openShift(ctx, { id, till: world.till, float: '100000', source: 'capital' } as never)
    return id
  }
  const seen = async (id: string) => JSON.stringify((await showShift(on.tuesday, { id })).report)

  const monday = await open(on.monday)
  const sale = await sell(on.monday, pan)
  await closeShift(on.monday, { id: monday, counted: '180000' } as never)
  const before = await seen(monday)

  const second = await open(on.tuesday)
  await sell(on.tuesday, cup)
  const { lines } = await showReturnable(on.tuesday, { id: sale })
  await takeReturn(on.tuesday, {
    id: newId(),
    till: world.till,
    sale,
    lines: [{ line: lines[0]!.id, quantity: '1000000' }],
    reason: 'unwanted',
    due: '80000',
  } as never)
  const { report } = await showShift(on.tuesday, { id: second })
  assert.deepEqual(
    [report!.float, report!.cashSales, report!.cashRefunds, report!.expected],
    [100_000n, 50_000n, 80_000n, 70_000n],
  )
  const closed = await closeShift(on.tuesday, { id: second, counted: '70000' } as never)
  assert.deepEqual([closed.expected, closed.variance], [70_000n, 0n])
  assert.equal(await seen(monday), before)
  assert.match(before, /"expected":"?180000/)
  assert.ok(await shiftReportPdf(on.tuesday, { id: second }))
})
