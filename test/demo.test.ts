import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '#kit/id.ts'
import { openDatabase } from '#kit/server/data/db.ts'
import { fillDemo } from '../bin/demo.ts'
import { server } from './harness.ts'
import { cloneTemplate, dropClone } from './template.ts'

const SMALL = { products: 40, customers: 30, days: 3, sales: 8 }

async function aDemo() {
  const name = `t_${newId().replaceAll('-', '')}`
  const database = openDatabase(await cloneTemplate(server(), name))
  after(async () => {
    await database.close()
    await dropClone(server(), name)
  })
  const said: string[] = []
  await fillDemo(database, (sentence) => said.push(sentence), SMALL)
  return { database, said }
}

test('the demo company is the same every time, both ledgers add up, and it is filled once', async () => {
  const [one, other] = [await aDemo(), await aDemo()]
  const salesOf = ({ database }: typeof one) =>
    database.db
      .selectFrom('posSale')
      .select(['number', 'total', 'tax', 'cost', 'cashierName'])
      .where('businessDay', '<', Temporal.Now.zonedDateTimeISO('Africa/Nairobi').toPlainDate().toString())
      .orderBy('number')
      .execute()
  const sales = await salesOf(one)
  assert.ok(sales.length > 40)
  assert.deepEqual(await salesOf(other), sales)
  const { rows } = await one.database.pool.query(`
    select (select sum(amount) from ledger_line) as books,
           (select count(*)::int from return_note) as returns,
           (select count(*)::int from return_note where exchange is not null) as exchanges,
           (select count(*)::int from pos_void) as voids,
           (select count(*)::int from inventory_balance where on_hand < 0 and not may_go_below) as below,
           (select count(*)::int from pos_shift where state = 'closed' and opened_at < date_trunc('day', now(), 'Africa/Nairobi')) as closed`)
  assert.deepEqual([String(rows[0].books), rows[0].below, rows[0].closed], ['0', 0, 9])
  const { returns, exchanges, voids } = rows[0]
  assert.ok(returns > exchanges && exchanges > 0 && voids > 0, `${returns} returns, ${exchanges} exchanges, ${voids} voids`)
  await assert.rejects(
    fillDemo(one.database, () => undefined, SMALL),
    /has data already/,
  )
})
