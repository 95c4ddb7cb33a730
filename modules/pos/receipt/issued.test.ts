import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import sharp from 'sharp'
import { newId } from '#kit/id.ts'
import type { Ctx } from '#kit/server/context.ts'
import { withLogo } from '#kit/server/logo.ts'
import { countPaper } from '#kit/server/printed.ts'
import { issuedOf } from '#modules/inventory/document/paper.store.ts'
import { writingOf } from '#modules/places/index.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { anOpenTill, aProduct } from '../sale/sale.factory.ts'
import { invoiceData, receiptData } from './receipt.store.ts'

const world = await aCompany()
const { db } = world.database
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pot = await aProduct(world, 'Clay pot', 11_600n, 50, 40_000n)
const book = await aProduct(world, 'Book', 10_000n, 50, 4_000n, { taxed: false })
const shift = await anOpenTill(world)
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string; version: number }[]
const cash = methods.find((one) => one.kind === 'cash')!

async function change(path: string, id: string, facts: object) {
  const { row } = (await owner.call(`GET ${path}/${id}`)).body
  const answer = await owner.call(`PATCH ${path}/${id}`, facts, { 'if-match': `"${row.version}"` })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}
async function setCompany(facts: object) {
  const { company, pos } = (await owner.call('GET /company')).body
  const { costing, ...rest } = company
  const answer = await owner.call('POST /company', { ...rest, discountLimit: pos.discountLimit, ...facts })
  assert.equal(answer.status, 200, JSON.stringify([answer.body, costing]))
}
async function sell(of = pot, customer?: string) {
  const id = newId()
  const sold = await owner.call('POST /pos/sales', {
    id,
    till: world.till,
    customer,
    lines: [{ variant: of.variant, quantity: '1000000', listPrice: of.price }],
    total: of.price,
    tenders: [{ method: cash.id, given: of.price }],
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  return id
}
const invoice = (sale: string) =>
  fetch(`${server.base}/api/pos/sales/${sale}/invoice.pdf`, { headers: { cookie: `__Host-duka=${world.cookie}` } })

test('[W15] no tax invoice leaves without the tax number of the seller: the refusal says what is missing and where it is set', async () => {
  const sale = await sell()
  const refused = await owner.call(`POST /pos/sales/${sale}/invoice`)
  assert.deepEqual([refused.status, refused.body.code], [409, 'pos.receipt.noTaxNumber'])
  assert.equal((await invoice(sale)).status, 409)
  const untaxed = await sell(book)
  assert.equal((await owner.call(`POST /pos/sales/${untaxed}/invoice`)).status, 200)
  assert.equal((await invoiceData(world.ctx(), untaxed, 'en', false)).title, 'Invoice')
  await setCompany({ taxNumber: 'P051-OLD' })
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 200)
  const paper = await invoiceData(world.ctx(), sale, 'en', false)
  assert.equal(paper.title, 'Tax invoice')
  assert.ok(paper.head.some((line) => line.includes('P051-OLD')))
})

test('[I1] an issued paper stays as it was issued, whatever is renamed afterwards', async () => {
  const customer = newId()
  await owner.call('POST /parties', { id: customer, name: 'Old Ltd', address: 'Old Road 1', city: 'Nakuru', taxNumber: 'B-OLD' })
  await change('/places', world.place, { address: 'Old Market 3', phone: '+254700000001', receiptNote: 'No returns' })
  const receipt = newId()
  const goods = await owner.call('POST /inventory/receipts', {
    id: receipt,
    location: world.location,
    supplier: customer,
    source: 'supplier',
    lines: [{ variant: pot.variant, quantity: '1000000', unitCost: '4000' }],
  })
  assert.equal(goods.status, 201, JSON.stringify(goods.body))
  const sale = await sell(pot, customer)
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 200)
  const late = await sell(pot, customer)
  const z = async (id: string) => {
    const row = await db.selectFrom('posShift').select(['letterhead', 'asIssued']).where('id', '=', id).executeTakeFirstOrThrow()
    return { asIssued: row.asIssued, letterhead: (await writingOf(db, world.place, 'en', row.letterhead)).letterhead }
  }
  const closed = await owner.call(`POST /pos/shifts/${shift}/close`, { counted: '999999' })
  assert.equal(closed.status, 201, JSON.stringify(closed.body))
  const asTheyWere = async () => ({
    invoice: await invoiceData(world.ctx(), sale, 'en', false),
    receipt: await receiptData(world.ctx(), sale, 'en', false),
    late: await receiptData(world.ctx(), late, 'en', false),
    goods: await issuedOf(db, receipt),
    lines: (await owner.call(`GET /inventory/documents/${receipt}`)).body.lines,
    shift: await z(shift),
  })
  const before = await asTheyWere()
  assert.equal(before.invoice.facts.find(([label]) => label === 'Customer')?.[1], 'Old Ltd\nOld Road 1\nNakuru\nB-OLD')
  assert.deepEqual(before.invoice.head, ['Old Market 3', '+254700000001', 'Tax no. P051-OLD'])
  assert.equal(before.receipt.customer, 'Old Ltd')
  // [W15] Day before month, as on the screen.
  for (const at of [before.receipt.at, before.invoice.facts[0]![1]])
    assert.match(at, /^\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d\d:\d\d$/)

  await change('/parties', customer, { name: 'New Ltd', address: 'New Road 9', city: 'Eldoret', taxNumber: 'B-NEW' })
  await change('/places', world.place, {
    name: 'New Street',
    address: 'New Market',
    phone: null,
    taxNumber: 'N',
    receiptNote: null,
  })
  await change('/inventory/locations', world.location, { name: 'New shelf' })
  await change('/payments/methods', cash.id, { name: 'Notes and coins' })
  await change('/catalog/products', pot.product, { name: 'New pot' })
  await change('/pos/tills', world.till, { name: 'New till' })
  await setCompany({ name: 'New Stores', taxNumber: 'P051-NEW' })
  assert.deepEqual(await asTheyWere(), before)

  // An invoice that is asked for later is issued with both as they are then; the receipt of that sale stays.
  assert.equal((await owner.call(`POST /pos/sales/${late}/invoice`)).status, 200)
  const paper = await invoiceData(world.ctx(), late, 'en', false)
  assert.equal(paper.company, 'New Stores')
  assert.equal(paper.facts.find(([label]) => label === 'Customer')?.[1], 'New Ltd\nNew Road 9\nEldoret\nB-NEW')
  assert.equal((await receiptData(world.ctx(), late, 'en', false)).company, 'Baraka Stores')

  // The law wants invoices whole; what only a receipt said goes with the person.
  const erased = await owner.call(`POST /parties/${customer}/erasure`, { reason: 'asked to be forgotten' })
  assert.equal(erased.status, 200, JSON.stringify(erased.body))
  assert.deepEqual(await invoiceData(world.ctx(), sale, 'en', false), before.invoice)
  assert.equal((await receiptData(world.ctx(), sale, 'en', false)).customer, '•••')
  const { rows } = await sql<{ letterheads: number }>`select count(*)::int as letterheads from place_letterhead`.execute(db)
  assert.ok(rows[0]!.letterheads < 10, 'a letterhead is written when it changes, not with every paper')
})

test('[I1] one print of an invoice is the original, however many ask at once; every other says COPY', async () => {
  await anOpenTill(world)
  const sale = await sell()
  const answers = await Promise.all(Array.from({ length: 5 }, () => invoice(sale)))
  assert.deepEqual(
    answers.map((one) => one.status),
    [200, 200, 200, 200, 200],
  )
  const { prints } = await db.selectFrom('posInvoice').select('prints').where('sale', '=', sale).executeTakeFirstOrThrow()
  assert.equal(prints, 5)
  assert.equal((await invoiceData(world.ctx(), sale, 'en', true)).copy, 'COPY')
  // The program itself may not change what was issued.
  await assert.rejects(sql`update pos_invoice set buyer = null where sale = ${sale}`.execute(db), /append-only|permission/)
})

test('[W15] the logo and the company’s words stand on papers, and what was issued keeps those of its moment', async () => {
  await setCompany({ receiptHead: 'Pots since 1998', receiptNote: 'Back within 14 days' })
  const mark = (background: string) =>
    sharp({ create: { width: 900, height: 300, channels: 3, background } })
      .png()
      .toBuffer()
  const refused = await owner.upload('/company/logo', 'logo.png', Buffer.from('no picture'))
  assert.deepEqual([refused.status, refused.body.code], [422, 'kit.image.notAnImage'])
  const sent = await owner.upload('/company/logo', 'logo.png', await mark('#205080'))
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const sale = await sell()
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 200)
  const before = {
    receipt: await receiptData(world.ctx(), sale, 'en', false),
    invoice: await invoiceData(world.ctx(), sale, 'en', false),
  }
  assert.equal(before.receipt.logo, sent.body.logo)
  assert.deepEqual([before.receipt.top, before.receipt.note], ['Pots since 1998', 'Back within 14 days'])
  assert.equal(before.invoice.logo, sent.body.logo)
  // Ink or none on the receipt, and no larger than its place on either.
  const [roll, paper] = await Promise.all((['roll', 'paper'] as const).map((place) => withLogo({ logo: sent.body.logo }, place)))
  const shades = await sharp(Buffer.from(roll!.logo!)).greyscale().raw().toBuffer()
  assert.ok([...shades].every((shade) => shade === 0 || shade === 255))
  const sizes = await Promise.all([roll!, paper!].map(({ logo }) => sharp(Buffer.from(logo!)).metadata()))
  assert.ok(sizes[0]!.width! <= 384 && sizes[0]!.height! <= 160 && sizes[1]!.width! <= 708 && sizes[1]!.height! <= 283)

  await setCompany({ receiptHead: 'New words', receiptNote: '' })
  const other = await owner.upload('/company/logo', 'logo.png', await mark('#a02020'))
  assert.notEqual(other.body.logo, sent.body.logo)
  assert.deepEqual(
    { receipt: await receiptData(world.ctx(), sale, 'en', false), invoice: await invoiceData(world.ctx(), sale, 'en', false) },
    before,
  )
  assert.ok((await withLogo({ logo: sent.body.logo }, 'paper')).logo, 'the picture of before is still there')
  const next = await receiptData(world.ctx(), await sell(), 'en', false)
  assert.deepEqual([next.logo, next.top, next.note], [other.body.logo, 'New words', null])
  assert.equal((await owner.call('DELETE /company/logo')).status, 200)
  assert.equal((await receiptData(world.ctx(), await sell(), 'en', false)).logo, null)
  assert.equal((await owner.call('GET /company')).body.company.receiptHead, 'New words')
})

test('[I1] goods papers and Z reports say COPY from the second print on; the same person asking again at once sees the same print', async () => {
  const receipt = newId()
  await owner.call('POST /inventory/receipts', {
    id: receipt,
    location: world.location,
    source: 'opening',
    lines: [{ variant: pot.variant, quantity: '1000000', unitCost: '4000' }],
  })
  const count = (ctx: Ctx) => countPaper(ctx, { table: 'inventory_document', id: receipt })
  const now = world.ctx().now
  const later = (minutes: number): Ctx => ({ ...world.ctx(), now: now.add({ minutes }) })
  const paper = await fetch(`${server.base}/api/inventory/documents/${receipt}/paper.pdf`, {
    headers: { cookie: `__Host-duka=${world.cookie}` },
  })
  assert.equal(paper.status, 200)
  assert.deepEqual(await count(later(0)), { copy: false }, 'a reload is the same print')
  assert.deepEqual(await count(later(2)), { copy: true })
  assert.deepEqual(await count(later(2)), { copy: true })
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from paper_print where paper = ${receipt}`.execute(db)
  assert.equal(rows[0]!.n, 2)
  const others = newId()
  const both = await Promise.all([1, 2, 3].map((minutes) => countPaper(later(minutes), { table: 'pos_shift', id: others })))
  assert.ok(both.some(({ copy }) => !copy))
  await assert.rejects(
    sql`update paper_print set paper = ${others} where paper = ${receipt}`.execute(db),
    /append-only|permission/,
  )
})
