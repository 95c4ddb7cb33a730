import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { completeSale } from '#modules/pos/checkout/checkout.commands.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { receiveNew } from '../document/draft.commands.ts'
import { checkStock } from './stock.queries.ts'

test('sales at the same time eat each layer once, oldest first', async () => {
  const world = await aCompany({ costing: 'fifo' })
  const { db, pool } = world.database
  await anOpenTill(world)
  const { variant } = await aProduct(world, 'Rope', 10_000n)
  for (const unitCost of ['100', '900'])
    await receiveNew(world.ctx(), {
      kind: 'receipt',
      id: newId(),
      location: world.location,
      reason: 'supplier',
      lines: [{ variant, quantity: '10000000' as never, unitCost: unitCost as never }],
    })
  const cash = await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()
  const sell = () =>
    completeSale(world.ctx(), {
      id: newId(),
      till: world.till,
      lines: [{ variant, quantity: '1000000' as never, listPrice: '10000' as never }],
      total: '10000' as never,
      tenders: [{ method: cash.id, given: '10000' as never }],
    })
  const costs = async () =>
    (
      await pool.query<{ cost: bigint }>(`select cost from inventory_move where document_kind = 'pos.sale' order by cost`)
    ).rows.map((row) => Number(row.cost))
  await Promise.all(Array.from({ length: 10 }, sell))
  assert.deepEqual(await costs(), Array(10).fill(100))
  await Promise.all(Array.from({ length: 10 }, sell))
  assert.deepEqual(await costs(), [...Array(10).fill(100), ...Array(10).fill(900)])
  const { rows } = await pool.query('select on_hand, value from inventory_balance where variant = $1', [variant])
  assert.deepEqual(rows, [{ on_hand: 0n, value: 0n }])
  assert.deepEqual((await checkStock(world.ctx(), {})).differences, [])
})
