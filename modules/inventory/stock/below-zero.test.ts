import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { checkLedger } from '#modules/ledger/entry/entry.queries.ts'
import { completeSale } from '#modules/pos/checkout/checkout.commands.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { postNew, receiveNew } from '../document/draft.commands.ts'
import { checkStock } from './stock.queries.ts'

for (const costing of ['average', 'fifo'] as const)
  test(`goods sold before they came take their cost with them when they come (${costing})`, async () => {
    const world = await aCompany({ costing })
    const { db, pool } = world.database
    await anOpenTill(world)
    await db.updateTable('inventoryLocation').set({ allowsNegative: true }).where('id', '=', world.location).execute()
    const { variant } = await aProduct(world, 'Rope', 10_000n)
    const cash = await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()
    const sell = (count: number) =>
      completeSale(world.ctx(), {
        id: newId(),
        till: world.till,
        lines: [{ variant, quantity: String(count * 1_000_000) as never, listPrice: '10000' as never }],
        total: String(count * 10_000) as never,
        tenders: [{ method: cash.id, given: String(count * 10_000) as never }],
      })
    const receive = (count: number, unitCost: number) =>
      receiveNew(world.ctx(), {
        kind: 'receipt',
        id: newId(),
        location: world.location,
        reason: 'supplier',
        lines: [{ variant, quantity: String(count * 1_000_000) as never, unitCost: String(unitCost) as never }],
      })
    const state = async () => {
      const { rows } = await pool.query(
        `select b.on_hand, b.value, (select coalesce(sum(l.amount), 0)::bigint from ledger_line l join ledger_account a on a.id = l.account where a.part = 'stock') as stock,
           (select coalesce(sum(l.amount), 0)::bigint from ledger_line l join ledger_account a on a.id = l.account where a.part = 'costOfSales') as sold
         from inventory_balance b where b.variant = $1`,
        [variant],
      )
      return rows[0]
    }

    await sell(3)
    assert.deepEqual(await state(), { on_hand: -3_000_000n, value: 0n, stock: 0n, sold: 0n })
    await receive(1, 7_000)
    assert.deepEqual(await state(), { on_hand: -2_000_000n, value: 0n, stock: 0n, sold: 7_000n })
    await receive(5, 8_000)
    assert.deepEqual(await state(), { on_hand: 3_000_000n, value: 24_000n, stock: 24_000n, sold: 23_000n })
    await sell(4)
    assert.deepEqual(await state(), { on_hand: -1_000_000n, value: 0n, stock: 0n, sold: 47_000n })
    await postNew(world.ctx(), {
      kind: 'adjustment',
      id: newId(),
      location: world.location,
      reason: 'found',
      lines: [{ variant, quantity: '1000000' as never }],
    })
    assert.deepEqual((await state()).value, 0n)
    await receive(2, 9_000)
    await sell(2)
    assert.deepEqual((await state()).value, 0n)
    assert.deepEqual((await checkStock(world.ctx(), {})).differences, [])
    assert.deepEqual((await checkLedger(world.ctx(), {})).differences, [])
  })
