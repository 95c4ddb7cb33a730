import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gtinCheckDigit } from '#kit/barcode.ts'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { paperOf } from '#modules/inventory/document/paper.store.ts'
import { writingOf } from '#modules/places/index.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { invoiceData, receiptData } from '../receipt/receipt.store.ts'
import { indexCatalogue } from '../selling/catalogue.rules.ts'
import { aProduct, anOpenTill } from './sale.factory.ts'

/** Saffron: 5.67 for 100 g, and 3.00 for 100 g is what it costs. */
const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool, db } = world.database
await anOpenTill(world)
const cash = (await owner.call('GET /payments/methods')).body.rows.find((one: { kind: string }) => one.kind === 'cash').id
const G = 1_000_000n
const saffron = await aProduct(world, 'Saffron', 567n, 10_000, 300n, { per: '100', unit: 'g', taxed: false })

interface Line {
  readonly quantity: bigint
  readonly listPrice?: string
  readonly unitPrice?: string
  readonly discount?: object
}
const aSale = (line: Line, total: bigint) => ({
  id: newId(),
  till: world.till,
  lines: [{ variant: saffron.variant, listPrice: saffron.price, ...line, quantity: String(line.quantity * G) }],
  total: String(total),
  tenders: [{ method: cash, given: '1000000' }],
})
async function sold(line: Line, total: bigint): Promise<string> {
  const sale = aSale(line, total)
  const { status, body } = await owner.call('POST /pos/sales', sale)
  assert.equal(status, 201, JSON.stringify(body))
  return sale.id
}
const lineOf = (sale: string) =>
  db
    .selectFrom('posSaleLine')
    .select(['unitPrice', 'priceUnit', 'unit', 'discount', 'net', 'cost'])
    .where('sale', '=', sale)
    .executeTakeFirstOrThrow()
const inOrder = async () => {
  assert.deepEqual((await owner.call('GET /inventory/check')).body.differences, [])
  assert.deepEqual((await owner.call('GET /ledger-check')).body.differences, [])
}

test('[N4] goods come in at a cost for 100 g: the shelf is worth it, and the article keeps the cost', async () => {
  const { rows } = await pool.query('select on_hand, value from inventory_balance where variant = $1', [saffron.variant])
  assert.deepEqual(rows, [{ on_hand: 10_000n * G, value: 30_000n }])
  const { cost } = await db
    .selectFrom('catalogVariant')
    .select('cost')
    .where('id', '=', saffron.variant)
    .executeTakeFirstOrThrow()
  assert.equal(cost, 300n)
  const [paper] = (await owner.call('GET /inventory/documents')).body.rows
  const shown = (await owner.call(`GET /inventory/documents/${paper.id}`)).body
  assert.deepEqual(
    shown.lines.map((one: Record<string, unknown>) => [one['unitCost'], one['priceUnit'], one['unit']]),
    [['300', '100', 'g']],
  )
  assert.equal(paperOf(shown, await writingOf(db, world.place, 'en', null)).rows[0]!.at(-1), '3.00 /\u00a0100\u00a0g')
})

test('[N4] 1,234 g at 5.67 for 100 g are 69.97: sold, booked, and printed as it was sold', async () => {
  const sale = await sold({ quantity: 1_234n }, 6_997n)
  assert.deepEqual(await lineOf(sale), {
    unitPrice: 567n,
    priceUnit: '100',
    unit: 'g',
    discount: 0n,
    net: 6_997n,
    cost: 3_702n,
  })
  // What is called another name later was sold by the old one.
  await pool.query(`update catalog_unit set code = 'gramme' where code = 'g'`)
  const receipt = await receiptData(world.ctx(), sale, 'en', false)
  assert.deepEqual(
    receipt.lines.map((one) => [one.quantity, one.price, one.total]),
    [['1,234\u00a0g', '5.67\u00a0/\u00a0100\u00a0g', '69.97']],
  )
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 200)
  const invoice = await invoiceData(world.ctx(), sale, 'en', false)
  assert.equal(invoice.rows[0]![3], '5.67\u00a0/\u00a0100\u00a0g')
  await pool.query(`update catalog_unit set code = 'g' where code = 'gramme'`)
  const shown = (await owner.call(`GET /pos/sales/${sale}`)).body
  assert.deepEqual([shown.lines[0].priceUnit, shown.lines[0].unit], ['100', 'g'])
  await inOrder()
})

test('[N4] a discount is of what the line costs, and another price is for as many units as the usual one', async () => {
  const off = await lineOf(await sold({ quantity: 1_234n, discount: { rate: '100000' } }, 6_297n))
  assert.deepEqual([off.discount, off.net], [700n, 6_297n])
  const other = await lineOf(await sold({ quantity: 250n, unitPrice: '500' }, 1_250n))
  assert.deepEqual([other.unitPrice, other.net], [500n, 1_250n])
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))
  const { body } = await cashier.call('POST /pos/sales', aSale({ quantity: 250n, unitPrice: '400' }, 1_000n))
  assert.equal(body.code, 'kit.approvalNeeded')
  // Who is asked reads what both prices are for.
  assert.deepEqual(body.details.facts.prices, [
    { name: 'Saffron', listPrice: '567', unitPrice: '400', priceUnit: '100', unit: 'g' },
  ])
})

test('[N4] what is worth less than the smallest coin is not sold for nothing', async () => {
  const crumb = await aProduct(world, 'Salt', 20n, 1_000, 10n, { per: '1000', unit: 'g', taxed: false })
  const sell = (grams: bigint, total: string) =>
    owner.call('POST /pos/sales', {
      ...aSale({ quantity: grams }, 0n),
      lines: [{ variant: crumb.variant, quantity: String(grams * G), listPrice: '20' }],
      total,
    })
  assert.equal((await sell(24n, '0')).body.code, 'pricing.tooFine')
  assert.equal((await sell(25n, '1')).status, 201)
})

test('[N4] a listed price from 1,000 g on is for 100 g as well, and the till is told the same', async () => {
  const list = newId()
  await owner.call('POST /catalog/price-lists', { id: list, name: 'By the kilo' })
  const price = { priceList: list, variant: saffron.variant, minQuantity: String(1_000n * G), price: '500' }
  const { body: made } = await owner.call('POST /catalog/prices', price)
  assert.equal((await owner.call(`GET /catalog/prices/${made.id}`)).body.row.priceUnit, '100')
  const { rows } = (await owner.call(`GET /catalog/sellables?place=${world.place}`)).body
  const at = rows.find((one: { id: string }) => one.id === saffron.variant)
  assert.deepEqual([at.priceUnit, at.unit, at.ownPrice, at.prices.length], ['100', 'g', '567', 1])
  await sold({ quantity: 999n }, 5_664n)
  await sold({ quantity: 1_000n, listPrice: '500' }, 5_000n)
  const stale = await owner.call('POST /pos/sales', aSale({ quantity: 1_000n }, 5_670n))
  assert.deepEqual([stale.status, stale.body.code], [409, 'pricing.priceChanged'])
  assert.match(stale.body.detail ?? stale.body.message, /Saffron \/\s100\sg/)
})

test('[N4] a label that carries an amount stands for as much as it buys at a price for 100 g', async () => {
  const id = newId()
  const variants = [{ price: '998', sku: '12345' }]
  await owner.call('POST /catalog/products', { id, name: 'Olives', priceUnit: '100', variants })
  const { rows } = (await owner.call(`GET /catalog/sellables?place=${world.place}`)).body
  const found = indexCatalogue(rows).find('2012345004993')
  assert.deepEqual([found?.product.name, found?.quantity], ['Olives', 50n * G])
})

test('[N4] labels of what is sold by the gram: an amount buys what costs that, a weight is in kilograms', async () => {
  const capers = await aProduct(world, 'Capers', 567n, 1_000, 300n, { per: '100', unit: 'g', taxed: false })
  await pool.query(`update catalog_variant set sku = '54321' where id = $1`, [capers.variant])
  const { rows } = (await owner.call(`GET /catalog/sellables?place=${world.place}`)).body
  const till = indexCatalogue(rows)
  const labelled = (digits: string) => till.find(digits + gtinCheckDigit(digits))?.quantity
  assert.deepEqual([labelled('205432100500'), labelled('215432100250')], [88_183_422n, 250n * G])
})

test('[N4] goods that are found are worth what lies there by weight, or else the cost for 100 g', async () => {
  const worth = async (variant: string, grams: bigint) => {
    const { status, body } = await owner.call('POST /inventory/documents/post', {
      kind: 'adjustment',
      id: newId(),
      location: world.location,
      reason: 'found',
      lines: [{ variant, quantity: String(grams * G) }],
    })
    assert.equal(status, 201, JSON.stringify(body))
    return (await owner.call(`GET /inventory/documents/${body.id}`)).body.row.value
  }
  // The shelf has 3.00 for 100 g: a gram alone would be 0.03.
  assert.equal(await worth(saffron.variant, 150n), '450')
  const id = newId()
  const variants = [{ price: '567', cost: '330' }]
  const made = await owner.call('POST /catalog/products', { id, name: 'Cardamom', priceUnit: '1000', variants })
  assert.equal(await worth(made.body.variants[0], 250n), '83')
  await inOrder()
})

test('[N4] the price unit of an article is given with it and stays: every price of it is for that', async () => {
  const changed = await owner.call(`PATCH /catalog/products/${saffron.product}`, { priceUnit: '1' }, { 'if-match': '"1"' })
  assert.equal(changed.status, 422)
  const other = await owner.call('POST /catalog/products', {
    id: newId(),
    name: 'Ten',
    priceUnit: '10',
    variants: [{ price: '1' }],
  })
  assert.equal(other.status, 422)
  const more = newId()
  const added = await owner.call(`POST /catalog/products/${saffron.product}/variants`, {
    variant: more,
    price: '600',
    optionValues: ['Fine'],
  })
  assert.equal(added.status, 201, JSON.stringify(added.body))
  assert.equal((await owner.call(`GET /catalog/variants/${more}`)).body.row.priceUnit, '100')
})

test('what a label charges is sold at exactly that, in whatever part of a kilogram it is', async () => {
  const cheese = await aProduct(world, 'Cheese', 99_900n, 10, 500n, { unit: 'kg', taxed: false })
  const sell = (quantity: string, total: string) =>
    owner.call('POST /pos/sales', {
      ...aSale({ quantity: 1n }, 0n),
      lines: [{ variant: cheese.variant, quantity, listPrice: '99900' }],
      total,
      tenders: [{ method: cash, given: total }],
    })
  assert.equal((await sell('123574', '12345')).status, 201)
  // Two labels of it in one line cost what both say.
  assert.equal((await sell(String(123_574 + 50_050), '17345')).status, 201)
})
