import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import fc from 'fast-check'
import { newId } from '#kit/id.ts'
import { extend, priceUnits, qty, type PriceUnit } from '#kit/quantity.ts'
import { minor } from '#kit/money.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { listedPrices, quantities, unitPrice, type ListedPrice } from './price.rules.ts'
import { readTogether, type Read } from '#kit/server/data/read.ts'
import { carriedLists, carriedPrices, pricesIn, pricesRead } from './price.store.ts'

interface At {
  readonly place: string
  readonly day: string
  readonly customerGroup: string | null
}
/** What the server's statement says, as a sale asks it. */
async function pricesFor(client: pg.PoolClient, wanted: { variant: string; quantity: bigint }[], at: At) {
  const here: Read<unknown> = {
    name: 'here',
    text: 'select $1::uuid as place, $2::date as day, $3::text as "group"',
    values: [at.place, at.day, at.customerGroup],
  }
  const facts = { place: '(select place from here)', day: '(select day from here)', group: '(select "group" from here)' }
  return pricesIn((await readTogether(client, { here, prices: pricesRead(wanted, facts) })).prices)
}

const world = await aCompany()
const { pool, db } = world.database
const other = newId()
const store = { id: other, name: 'Second Street', code: 'B', kind: 'store', timeZone: 'Africa/Nairobi', cutOffHour: 4 }
await db
  .insertInto('place')
  .values(store as never)
  .execute()
const { variant } = await aProduct(world, 'Clay pot', 50_000n)
const perUnit = new Map<PriceUnit, string>([['1', variant]])
for (const per of priceUnits.slice(1))
  perUnit.set(per, (await aProduct(world, `Rope by ${per}`, 50_000n, 0, 0n, { per })).variant)
const QTY = 1_000_000n

test('[P1] from six pieces on: three and three more are six', () => {
  const six: ListedPrice = {
    price: 450n,
    minQuantity: 6n * QTY,
    priority: 0,
    place: null,
    customerGroup: null,
    validFrom: null,
    validTo: null,
  }
  const buying = (quantity: bigint) => ({ quantity, place: world.place, day: '2026-11-29', customerGroup: null })
  assert.equal(unitPrice(500n, [six], buying(5n * QTY)), 500n)
  const together = quantities([
    { variant, quantity: 3n * QTY },
    { variant, quantity: 3n * QTY },
  ])
  assert.equal(unitPrice(500n, [six], buying(together.get(variant)!)), 450n)
})

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const group = fc.constantFrom('staff', 'trade')
const day = fc.constantFrom('2026-11-01', '2026-11-15', '2026-11-29', '2026-12-31')
const list = fc
  .record({
    priority: fc.integer({ min: 0, max: 2 }),
    place: maybe(fc.constantFrom(world.place, other)),
    customerGroup: maybe(group),
    span: fc.tuple(maybe(day), maybe(day)),
    isArchived: fc.boolean(),
    prices: fc.uniqueArray(
      fc.record({
        minQuantity: fc.constantFrom(0n, 1n, 2n, 6n, 12n).map((one) => one * QTY),
        price: fc.bigInt(0n, 60_000n),
      }),
      { selector: (one) => one.minQuantity, maxLength: 4 },
    ),
  })
  .map(({ span: [one, two], ...rest }) => {
    const [validFrom, validTo] = one && two && one > two ? [two, one] : [one, two]
    return { ...rest, validFrom, validTo }
  })

test('[P1] the till’s rule and the server’s statement agree on any lists, quantities, customers, places and days', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(list, { maxLength: 5 }),
      fc.array(fc.bigInt(1n, 14n), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(world.place, other),
      day,
      maybe(group),
      fc.constantFrom(...priceUnits),
      async (lists, pieces, place, on, customerGroup, per) => {
        const variant = perUnit.get(per)!
        const client = await pool.connect()
        try {
          await client.query('begin')
          for (const [index, one] of lists.entries()) {
            const id = newId()
            await client.query(
              `insert into catalog_price_list (id, name, place, customer_group, valid_from, valid_to, priority, archived_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)`,
              [
                id,
                `List ${index}`,
                one.place,
                one.customerGroup,
                one.validFrom,
                one.validTo,
                one.priority,
                one.isArchived ? '2026-01-01' : null,
              ],
            )
            for (const { minQuantity, price } of one.prices)
              await client.query(
                'insert into catalog_price (id, price_list, variant, min_quantity, price) values ($1, $2, $3, $4, $5)',
                [newId(), id, variant, minQuantity, price],
              )
          }
          const lines = pieces.map((one) => ({ variant, quantity: one * QTY }))
          const server = (await pricesFor(client, lines, { place, day: on, customerGroup })).get(variant)!
          const listed = lists
            .filter((one) => !one.isArchived)
            .flatMap(({ prices, ...facts }) => prices.map((one) => ({ ...facts, ...one })))
          const quantity = quantities(lines).get(variant)!
          const till = unitPrice(50_000n, listed, { quantity, place, day: on, customerGroup })
          assert.equal(till, server.price)
          // The amount that both come to: the till by what it holds, the server by what it has read.
          assert.equal(extend(minor(till), qty(quantity), per), extend(server.price, qty(quantity), server.priceUnit))
        } finally {
          await client.query('rollback')
          client.release()
        }
      },
    ),
    { numRuns: 120 },
  )
})

test('[P1] what is carried to the till prices as the server does, for every group', async () => {
  const row = async (facts: object, price: bigint, minQuantity: bigint) => {
    const id = newId()
    const values = { id, name: id, place: null, customerGroup: null, priority: 0, ...facts }
    await db
      .insertInto('catalogPriceList')
      .values(values as never)
      .execute()
    await db
      .insertInto('catalogPrice')
      .values({ id: newId(), priceList: id, variant, minQuantity, price } as never)
      .execute()
  }
  await row({}, 45_000n, 6n * QTY)
  await row({ customerGroup: 'staff', priority: 1 }, 30_000n, 0n)
  await row({ place: other }, 1n, 0n)
  const at = { place: world.place, day: '2026-11-29' }
  const { lists, ids } = await carriedLists(db, at)
  const prices = await carriedPrices(db, ids, [variant])
  assert.equal(lists.length, 2, 'a list of another place is not carried')
  const listed = listedPrices(lists, prices.get(variant)!)
  for (const customerGroup of [null, 'staff', 'trade'])
    for (const pieces of [1n, 5n, 6n]) {
      const quantity = pieces * QTY
      const client = await pool.connect()
      const server = await pricesFor(client, [{ variant, quantity }], { ...at, customerGroup }).finally(() => client.release())
      assert.equal(unitPrice(50_000n, listed, { ...at, customerGroup, quantity }), server.get(variant)!.price)
    }
})
