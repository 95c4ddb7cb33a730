import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { declaredEndpoints } from '#kit/server/door/command.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { completeSale } from '#modules/pos/checkout/checkout.commands.ts'
import { anOpenTill, aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { countStock } from '../document/document.commands.ts'
import { postNew, receiveNew } from '../document/draft.commands.ts'
import { putAside, release } from '../stock/reservation.commands.ts'
import { checkStock, findGoods, showStock } from '../stock/stock.queries.ts'

const world = await aCompany()
const { db, pool } = world.database
await anOpenTill(world)
const cash = await db.selectFrom('paymentMethod').select('id').where('kind', '=', 'cash').executeTakeFirstOrThrow()
// The day of business, which ends at four in the morning.
const today = Temporal.Now.zonedDateTimeISO('Africa/Nairobi').subtract({ hours: 4 }).toPlainDate()
const inDays = (days: number) => today.add({ days }).toString()
const pieces = (count: number) => String(count * 1_000_000) as never

interface Lot {
  readonly lotCode?: string
  readonly expiresOn?: string
  readonly quantity: number
  readonly unitCost: number
}
const receive = (variant: string, ...lots: Lot[]) =>
  receiveNew(world.ctx(), {
    kind: 'receipt',
    id: newId(),
    location: world.location,
    reason: 'supplier',
    lines: lots.map(({ quantity, unitCost, ...lot }) => ({
      ...lot,
      variant,
      quantity: pieces(quantity),
      unitCost: String(unitCost) as never,
    })),
  })
const sell = (variant: string, count: number) =>
  completeSale(world.ctx(), {
    id: newId(),
    till: world.till,
    lines: [{ variant, quantity: pieces(count), listPrice: '10000' as never }],
    total: String(count * 10_000) as never,
    tenders: [{ method: cash.id, given: String(count * 10_000) as never }],
  })
const shelf = async (variant: string) => {
  const { rows } = await pool.query<{ lot: string | null; left: number }>(
    `select t.code as lot, (b.on_hand / 1000000)::int as left from inventory_balance b left join inventory_lot t on t.id = b.lot
     where b.variant = $1 and b.on_hand > 0 order by t.code nulls last`,
    [variant],
  )
  return rows.map((row) => `${row.lot ?? '-'} ${row.left}`)
}
const inOrder = async () => assert.deepEqual((await checkStock(world.ctx(), {})).differences, [])

test('a till sells the lot that expires first, over several lots at their costs, and what has no lot last', async () => {
  const { variant } = await aProduct(world, 'Milk', 10_000n)
  await receive(
    variant,
    { lotCode: 'B', expiresOn: inDays(20), quantity: 3, unitCost: 500 },
    { lotCode: 'A', expiresOn: inDays(5), quantity: 2, unitCost: 400 },
    { quantity: 4, unitCost: 900 },
  )
  const { id } = await sell(variant, 4)
  const { rows } = await pool.query(
    `select t.code as lot, m.cost from inventory_move m left join inventory_lot t on t.id = m.lot where m.document = $1 order by 1`,
    [id],
  )
  assert.deepEqual(rows, [
    { lot: 'A', cost: 800n },
    { lot: 'B', cost: 1_000n },
  ])
  const { cost } = await db.selectFrom('posSale').select('cost').where('id', '=', id).executeTakeFirstOrThrow()
  assert.equal(cost, 1_800n)
  assert.deepEqual(await shelf(variant), ['B 1', '- 4'])
  await sell(variant, 2)
  assert.deepEqual(await shelf(variant), ['- 3'])
  await inOrder()
})

test('what has expired is not sold, and the refusal says how much of it there is; it is written off by its lot', async () => {
  const { variant } = await aProduct(world, 'Yoghurt', 10_000n)
  await receive(
    variant,
    { lotCode: 'OLD', expiresOn: inDays(-1), quantity: 5, unitCost: 100 },
    { lotCode: 'TODAY', expiresOn: inDays(0), quantity: 1, unitCost: 100 },
  )
  await assert.rejects(sell(variant, 2), (problem: { code: string; message: string }) => {
    assert.equal(problem.code, 'inventory.stock.expired')
    assert.match(problem.message, /Yoghurt.*1 left, 2 wanted; 5 have expired/)
    return true
  })
  await sell(variant, 1)
  const list = declaredEndpoints.get('inventory.lotStock.list') as unknown as (
    ctx: Ctx,
    input: object,
  ) => Promise<{ rows: { code: string; expiresOn: string }[] }>
  const { rows: lots } = await list(world.ctx(), { freshness: 'expired,expiring', q: 'Yoghurt', limit: 50, archived: 'without' })
  assert.deepEqual(
    lots.map((row) => [row.code, row.expiresOn]),
    [['OLD', inDays(-1)]],
  )
  await postNew(world.ctx(), {
    kind: 'adjustment',
    id: newId(),
    location: world.location,
    reason: 'expired',
    lines: [{ variant, lotCode: 'OLD', quantity: pieces(-5) }],
  })
  assert.deepEqual(await shelf(variant), [])
  await inOrder()
})

test('each lot is counted by itself; goods that move keep their lot', async () => {
  const { variant } = await aProduct(world, 'Cheese', 10_000n)
  await receive(
    variant,
    { lotCode: 'C1', expiresOn: inDays(9), quantity: 5, unitCost: 100 },
    { lotCode: 'C2', expiresOn: inDays(40), quantity: 5, unitCost: 300 },
  )
  const { rows } = await findGoods(world.ctx(), { location: world.location, q: 'Cheese' })
  assert.deepEqual(
    rows[0]!.lots.map((lot) => [lot.code, lot.onHand]),
    [
      ['C1', '5000000'],
      ['C2', '5000000'],
    ],
  )
  await countStock(world.ctx(), {
    id: newId(),
    location: world.location,
    lines: [
      { variant, lot: 'C1', counted: pieces(4) },
      { variant, lot: 'C2', counted: pieces(6) },
    ],
  })
  assert.deepEqual(await shelf(variant), ['C1 4', 'C2 6'])
  const store = newId()
  await db
    .insertInto('inventoryLocation')
    .values({ id: store, place: world.place, kind: 'storage', code: 'BACK', name: 'Back room' })
    .execute()
  await postNew(world.ctx(), {
    kind: 'transfer',
    id: newId(),
    location: world.location,
    toLocation: store,
    lines: [{ variant, quantity: pieces(5) }],
  })
  const { locations } = await showStock(world.ctx(), { variant })
  assert.deepEqual(
    locations.map((row) => [row['name'], row['lot'], String(row['onHand'])]).toSorted(),
    [
      ['Back room', 'C1', '4000000'],
      ['Back room', 'C2', '1000000'],
      [locations.find((row) => row['id'] === world.location)!['name'], 'C2', '5000000'],
    ].toSorted(),
  )
  await inOrder()
})

test('a lot has one date; another one is refused and changes nothing', async () => {
  const { variant } = await aProduct(world, 'Butter', 10_000n)
  await receive(variant, { lotCode: 'X', quantity: 1, unitCost: 100 })
  await receive(variant, { lotCode: 'X', expiresOn: inDays(10), quantity: 1, unitCost: 100 })
  await assert.rejects(receive(variant, { lotCode: 'X', expiresOn: inDays(11), quantity: 1, unitCost: 100 }), {
    code: 'inventory.lot.otherDate',
  })
  assert.deepEqual(await shelf(variant), ['X 2'])
  await assert.rejects(
    postNew(world.ctx(), {
      kind: 'adjustment',
      id: newId(),
      location: world.location,
      reason: 'damaged',
      lines: [{ variant, lotCode: 'NOWHERE', quantity: pieces(-1) }],
    }),
    { code: 'inventory.lot.unknown' },
  )
})

test('who corrects stock at one store gives a lot no date while some of it lies at another one, by its page or by goods that come in', async () => {
  const place = newId()
  const store = { id: place, name: 'Quay', code: 'QY', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
  await db
    .insertInto('place')
    .values(store as never)
    .execute()
  const shelf = newId()
  await db
    .insertInto('inventoryLocation')
    .values({ id: shelf, name: 'Quay', code: 'QY-1', kind: 'storage', place } as never)
    .execute()
  const { variant } = await aProduct(world, 'Ghee', 10_000n)
  await receive(variant, { lotCode: 'G', quantity: 1, unitCost: 100 })
  const { id } = await db.selectFrom('inventoryLot').select('id').where('code', '=', 'G').executeTakeFirstOrThrow()
  const change = declaredEndpoints.get('inventory.lot.change') as unknown as (ctx: Ctx, input: object) => Promise<unknown>
  const date = (ctx: Ctx) => change(ctx, { id, changes: { expiresOn: inDays(-1) } })
  const line = { variant, lotCode: 'G', expiresOn: inDays(-1), quantity: pieces(1), unitCost: '1' as never }
  const bringIn = (ctx: Ctx) =>
    receiveNew(ctx, { kind: 'receipt', id: newId(), location: shelf, reason: 'opening', lines: [line] })
  const there = world.as('stockKeeper', { place })
  for (const refused of [date(there), bringIn(there)]) await assert.rejects(refused, { code: 'inventory.lot.elsewhere' })
  await bringIn(world.ctx())
  await assert.rejects(date(world.as('stockKeeper', { place: world.place })), { code: 'inventory.lot.elsewhere' })
  await date(world.ctx())
})

test('goods put aside are sold to nobody until they are released; two hands never put the last one aside twice', async () => {
  const { variant } = await aProduct(world, 'Cake', 10_000n)
  await receive(
    variant,
    { lotCode: 'L1', expiresOn: inDays(2), quantity: 1, unitCost: 100 },
    { lotCode: 'L2', expiresOn: inDays(3), quantity: 2, unitCost: 100 },
  )
  const aside = (count: number) =>
    putAside(world.ctx(), { id: newId(), variant, location: world.location, quantity: pieces(count), note: 'for Amina' })
  await aside(2)
  await assert.rejects(sell(variant, 2), { code: 'inventory.stock.short' })
  const race = await Promise.allSettled([aside(1), aside(1), sell(variant, 1)])
  assert.equal(race.filter((one) => one.status === 'fulfilled').length, 1)
  const { reservations } = await showStock(world.ctx(), { variant })
  assert.ok(reservations.some((row) => row['lot'] === 'L1') && reservations.some((row) => row['lot'] === 'L2'))
  for (const row of reservations) await release(world.ctx(), { id: String(row['id']) })
  await assert.rejects(release(world.ctx(), { id: String(reservations[0]!['id']) }), { code: 'inventory.reservation.over' })
  const left = (await shelf(variant)).reduce((all, one) => all + Number(one.split(' ')[1]), 0)
  await sell(variant, left)
  assert.deepEqual(await shelf(variant), [])
  await inOrder()
})
