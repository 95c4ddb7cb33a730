import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from './harness.ts'
import { aServer } from './server.ts'

/** Two hundred buyers want the last ones, at several tills at once, over real sockets. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const BUYERS = 200
const TILLS = 6
const SEEDS = 20

const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
const cash = methods.find((one) => one.kind === 'cash')!.id
const tills: string[] = []
for (let number = 1; number <= TILLS; number++) {
  const till =
    number === 1
      ? world.till
      : (
          await owner.call('POST /pos/tills', {
            name: `Till ${number}`,
            code: `R${number}`,
            place: world.place,
            location: world.location,
          })
        ).body.id
  const opened = await owner.call('POST /pos/shifts', { id: newId(), till, float: '100000' })
  assert.equal(opened.status, 201, JSON.stringify(opened.body))
  tills.push(till)
}

const buy = (till: string, goods: { variant: string; price: string }) =>
  owner.call('POST /pos/sales', {
    id: newId(),
    till,
    lines: [{ variant: goods.variant, quantity: '1000000', listPrice: goods.price }],
    total: goods.price,
    tenders: [{ method: cash, given: goods.price }],
  })

test('categories that are moved at once never lie in a circle', async () => {
  const make = async (name: string): Promise<string> => (await owner.call('POST /catalog/categories', { name })).body.id
  for (let seed = 0; seed < 8; seed++) {
    const ids = await Promise.all(['A', 'B', 'C', 'D'].map((name) => make(`${name} ${seed}`)))
    const answers = await Promise.all(
      ids.map((id, at) =>
        owner.call(`PATCH /catalog/categories/${id}`, { parent: ids[(at + 1) % ids.length] }, { 'if-match': '1' }),
      ),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 422])
  }
})

async function rush(seed: number): Promise<void> {
  const there = [1, 7, 100][seed % 3]!
  const goods = await aProduct(world, `Last of seed ${seed}`, 10_000n, there, 4_000n)
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) => buy(tills[(buyer * (seed + 1)) % TILLS]!, goods)),
  )
  const sold = answers.filter((one) => one.status === 201).length
  const refusals = new Set(answers.filter((one) => one.status !== 201).map((one) => `${one.status} ${one.body.code}`))
  assert.equal(sold, there)
  assert.deepEqual([...refusals], ['409 inventory.stock.short'])
  const { rows } = await world.database.pool.query(
    `select (select sum(on_hand) from inventory_balance where variant = $1)::int as left,
            (select sum(value) from inventory_balance where variant = $1)::int as value,
            (select sum(case when from_location = $2 then -quantity else quantity end) from inventory_move where variant = $1)::int as moved`,
    [goods.variant, world.location],
  )
  assert.deepEqual(rows[0], { left: 0, value: 0, moved: 0 })
}

test('the last ones are sold once each, however many want them; stock and books stay right', async () => {
  for (let seed = 0; seed < SEEDS; seed++) await rush(seed)
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
  // A refused sale gives its number back: each till's numbers run from one without a gap.
  const { rows } = await world.database.pool.query(
    `select till, count(*)::int as sales, max(right(number, 4)::int) as last from pos_sale group by till`,
  )
  for (const { sales, last } of rows) assert.equal(last, sales)
})
