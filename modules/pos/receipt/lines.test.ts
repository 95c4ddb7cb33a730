import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { anOpenTill, aProduct } from '../sale/sale.factory.ts'
import { invoiceData, receiptData } from './receipt.store.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const shift = await anOpenTill(world)
const pot = await aProduct(world, 'Clay pot', 8_000n, 50, 4_000n, { unit: 'pc' })
const rice = await aProduct(world, 'Rice', 18_550n, 50, 9_000n, { unit: 'kg' })
const saffron = await aProduct(world, 'Saffron', 8_555n, 10_000, 300n, { unit: 'g', per: '100' })
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
const method = (kind: string) => methods.find((one) => one.kind === kind)!.id

interface Line {
  readonly of: { variant: string; price: string }
  readonly quantity: string
  readonly off?: object
}
async function sold(lines: readonly Line[], total: string, more: object = {}): Promise<string> {
  const id = newId()
  const { status, body } = await owner.call('POST /pos/sales', {
    id,
    till: world.till,
    lines: lines.map(({ of, quantity, off }) => ({
      variant: of.variant,
      quantity,
      listPrice: of.price,
      ...(off && { discount: off }),
    })),
    total,
    tenders: [{ method: method('card'), given: total }],
    ...more,
  })
  assert.equal(status, 201, JSON.stringify(body))
  assert.equal((await owner.call(`POST /pos/sales/${id}/invoice`)).status, 200)
  return id
}
const { company, pos } = (await owner.call('GET /company')).body
const { costing: _, ...facts } = company
const setCompany = (change: object) =>
  owner.call('POST /company', { ...facts, taxNumber: 'P051234567X', discountLimit: pos.discountLimit, ...change })
assert.equal((await setCompany({})).status, 200)

/** What receipt and invoice say of their lines and below them. */
async function papers(id: string, language = 'en') {
  const receipt = await receiptData(world.ctx(), id, language, false)
  const invoice = await invoiceData(world.ctx(), id, language, false)
  return {
    receipt: receipt.lines.map((one) => [`${one.quantity} × ${one.price}`, one.gross, one.discount, one.total]),
    sums: receipt.sums,
    columns: invoice.columns.map((one) => one.title),
    invoice: invoice.rows.map((row) => row.slice(2)),
    invoiceSums: invoice.sums,
  }
}

const lines: Line[] = [
  { of: pot, quantity: '2000000', off: { rate: '100000' } },
  { of: rice, quantity: '1250000' },
  { of: saffron, quantity: '1234000000' },
]

test('papers take a discount off once: price × quantity, the line’s discount, what is left; the one on everything stands below', async () => {
  // 144.00 + 231.88 + 1,055.69 = 1,431.57, of which 31.57 are taken off everything.
  const id = await sold(lines, '140000', { discount: { amount: '3157' } })
  const said = await papers(id, 'en')
  assert.deepEqual(said.receipt, [
    ['2 × 80.00', '160.00', '-16.00', '144.00'],
    ['1.25\u00a0kg × 185.50', '231.88', null, '231.88'],
    ['1,234\u00a0g × 85.55\u00a0/\u00a0100\u00a0g', '1,055.69', null, '1,055.69'],
  ])
  assert.deepEqual(said.sums, [
    ['Discount on everything', '-31.57'],
    ['Net', '1,206.90'],
    ['VAT', '193.10'],
  ])
  assert.deepEqual(said.columns, ['Name', 'SKU', 'Quantity', 'Price', 'Discount', 'VAT', 'Total'])
  assert.deepEqual(said.invoice, [
    ['2', '80.00', '-16.00', '16%', '144.00'],
    ['1.25\u00a0kg', '185.50', '', '16%', '231.88'],
    ['1,234\u00a0g', '85.55\u00a0/\u00a0100\u00a0g', '', '16%', '1,055.69'],
  ])
  assert.deepEqual(said.invoiceSums[0], ['Discount on everything', '-31.57'])
  const arabic = await papers(id, 'ar')
  // Isolated, so that the unit stays behind its figure from right to left.
  assert.equal(arabic.receipt[1]![0], '\u20681.25\u00a0kg\u2069 × 185.50')
  const { body } = await owner.call(`GET /pos/sales/${id}`)
  assert.deepEqual(
    body.lines.map((one: { off: string; rest: string; discount: string }) => [one.off, one.rest]),
    [
      ['1600', '14400'],
      ['0', '23188'],
      ['0', '105569'],
    ],
  )
  assert.deepEqual([body.basketDiscount, body.row.discount], ['3157', '4757'])
})

test('without a discount nothing is said of any, and an invoice has no column for it', async () => {
  const said = await papers(await sold([{ of: pot, quantity: '1000000' }], '8000'))
  assert.deepEqual(said.receipt, [['1 × 80.00', '80.00', null, '80.00']])
  assert.deepEqual(said.columns, ['Name', 'SKU', 'Quantity', 'Price', 'VAT', 'Total'])
  assert.ok(said.sums.every(([label]) => !label.includes('Discount')))
})

test('where prices are without tax the lines are as well, and the tax stands below them', async () => {
  const other = await aCompany()
  const there = (await aServer(other.url)).client(other.cookie)
  assert.equal(
    (await there.call('POST /company', { ...facts, pricesIncludeTax: false, discountLimit: pos.discountLimit })).status,
    200,
  )
  await anOpenTill(other)
  const cup = await aProduct(other, 'Tin cup', 8_000n, 50, 4_000n)
  const { rows } = (await there.call('GET /payments/methods')).body as { rows: { id: string; kind: string }[] }
  const id = newId()
  const { status, body } = await there.call('POST /pos/sales', {
    id,
    till: other.till,
    lines: [{ variant: cup.variant, quantity: '2000000', listPrice: cup.price, discount: { rate: '100000' } }],
    discount: { amount: '400' },
    total: '16240',
    tenders: [{ method: rows.find((one) => one.kind === 'card')!.id, given: '16240' }],
  })
  assert.equal(status, 201, JSON.stringify(body))
  const said = await receiptData(other.ctx(), id, 'en', false)
  assert.deepEqual(
    said.lines.map((one) => [one.gross, one.discount, one.total]),
    [['160.00', '-16.00', '144.00']],
  )
  assert.deepEqual(said.sums, [
    ['Discount on everything', '-4.00'],
    ['Net', '140.00'],
    ['VAT', '22.40'],
  ])
})

test('a shift counts sales as sales: one that is paid in parts is one, also by its way to pay', async () => {
  const before = (await owner.call(`GET /pos/shifts/${shift}`)).body.report
  await sold([{ of: pot, quantity: '2000000' }], '16000', {
    tenders: [
      { method: method('cash'), given: '3000' },
      { method: method('cash'), given: '3000' },
      { method: method('card'), given: '10000' },
    ],
  })
  const after = (await owner.call(`GET /pos/shifts/${shift}`)).body.report
  assert.equal(after.sales - before.sales, 1)
  const counts = Object.fromEntries(after.methods.map((one: { kind: string; count: number }) => [one.kind, one.count]))
  assert.deepEqual(counts, { cash: 1, card: after.sales })
})
