import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import sharp from 'sharp'
import { newId } from '#kit/id.ts'
import type { Ctx } from '#kit/server/door/context.ts'
import { withLogo } from '#kit/server/files/logo.ts'
import { countPaper } from '#kit/server/paper/printed.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
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
const invoice = async (sale: string) => {
  const issued = await owner.call(`POST /pos/sales/${sale}/invoice`)
  if (issued.status !== 200) return issued
  return fetch(`${server.base}/api/pos/sales/${sale}/invoice.pdf`, { headers: { cookie: `__Host-duka=${world.cookie}` } })
}
const printsOf = async (sale: string, kind: 'paper' | 'invoice') =>
  (await db.selectFrom('paperPrint').select('id').where('paper', '=', sale).where('kind', '=', kind).execute()).length

test('[W15] no tax invoice leaves without the tax number of the seller: the refusal says what is missing and where it is set', async () => {
  const sale = await sell()
  const refused = await owner.call(`POST /pos/sales/${sale}/invoice`)
  assert.deepEqual([refused.status, refused.body.code], [409, 'pos.receipt.noTaxNumber'])
  assert.equal((await invoice(sale)).status, 409)
  const untaxed = await sell(book)
  assert.equal((await owner.call(`POST /pos/sales/${untaxed}/invoice`)).status, 200)
  assert.equal((await invoiceData(world.ctx(), untaxed, 'en', false)).title, 'Invoice')
  await setCompany({ taxNumber: 'P051234567A' })
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 200)
  const paper = await invoiceData(world.ctx(), sale, 'en', false)
  assert.equal(paper.title, 'Tax invoice')
  assert.ok(paper.head.some((line) => line.includes('P051234567A')))
})

test('[I1] an issued paper stays as it was issued, whatever is renamed afterwards', async () => {
  const customer = newId()
  await owner.call('POST /parties', {
    id: customer,
    name: 'Old Ltd',
    address: 'Old Road 1',
    city: 'Nakuru',
    taxNumber: 'A001234567B',
  })
  await change('/places', world.place, { address: 'Old Market 3', phone: '+254700000001', receiptNote: 'No returns' })
  const receipt = newId()
  const goods = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: receipt,
    location: world.location,
    supplier: customer,
    reason: 'supplier',
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
  assert.equal(before.invoice.facts.find(([label]) => label === 'Customer')?.[1], 'Old Ltd\nOld Road 1\nNakuru\nA001234567B')
  assert.deepEqual(before.invoice.head, ['Old Market 3', '+254700000001', 'Tax no. P051234567A'])
  assert.equal(before.receipt.customer, 'Old Ltd')
  // [W15] Day before month, as on the screen.
  for (const at of [before.receipt.at, before.invoice.facts[0]![1]])
    assert.match(at, /^\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d\d:\d\d$/)

  await change('/parties', customer, { name: 'New Ltd', address: 'New Road 9', city: 'Eldoret', taxNumber: 'A007654321B' })
  await change('/places', world.place, {
    name: 'New Street',
    address: 'New Market',
    phone: null,
    taxNumber: 'P059999999N',
    receiptNote: null,
  })
  await change('/inventory/locations', world.location, { name: 'New shelf' })
  await change('/payments/methods', cash.id, { name: 'Notes and coins' })
  await change('/catalog/products', pot.product, { name: 'New pot' })
  await change('/pos/tills', world.till, { name: 'New till' })
  await setCompany({ name: 'New Stores', taxNumber: 'P051234567B' })
  assert.deepEqual(await asTheyWere(), before)

  // An invoice that is asked for later is issued with both as they are then; the receipt of that sale stays.
  assert.equal((await owner.call(`POST /pos/sales/${late}/invoice`)).status, 200)
  const paper = await invoiceData(world.ctx(), late, 'en', false)
  assert.equal(paper.company, 'New Stores')
  assert.equal(paper.facts.find(([label]) => label === 'Customer')?.[1], 'New Ltd\nNew Road 9\nEldoret\nA007654321B')
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
  assert.equal(await printsOf(sale, 'invoice'), 1, 'who asks again at once looks at the same print')
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

test('asking for the head of a paper prints nothing: what is sent first is the original, and an export without a body leaves no trail', async () => {
  const ask = (method: string, path: string) =>
    fetch(`${server.base}/api${path}`, { method, headers: { cookie: `__Host-duka=${world.cookie}` } })
  const sale = await sell(book)
  const path = `/pos/sales/${sale}/invoice.pdf`
  for (const method of ['HEAD', 'GET']) assert.equal((await ask(method, path)).status, 409, 'nobody issues by looking')
  assert.deepEqual(await db.selectFrom('posInvoice').select('sale').where('sale', '=', sale).execute(), [])
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 200)
  const head = await ask('HEAD', path)
  assert.deepEqual([head.status, head.headers.get('content-type')], [200, 'application/pdf'])
  assert.equal(await printsOf(sale, 'invoice'), 0)
  assert.equal((await ask('GET', path)).status, 200)
  assert.deepEqual([await printsOf(sale, 'invoice'), await printsOf(sale, 'paper')], [1, 0])
  const receipt = newId()
  await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: receipt,
    location: world.location,
    reason: 'opening',
    lines: [{ variant: pot.variant, quantity: '1000000', unitCost: '4000' }],
  })
  assert.equal((await ask('HEAD', `/inventory/documents/${receipt}/paper.pdf`)).status, 200)
  assert.equal((await ask('HEAD', '/pos/sales/export?format=csv')).status, 200)
  const { rows } = await sql<{ n: number }>`
    select (select count(*) from paper_print where paper = ${receipt})
      + (select count(*) from audit_entry where command = 'kit.export') as n`.execute(db)
  assert.equal(Number(rows[0]!.n), 0)
})

test('[I1] goods papers and Z reports say COPY from the second print on; the same person asking again at once sees the same print', async () => {
  const receipt = newId()
  await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: receipt,
    location: world.location,
    reason: 'opening',
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

test('who only looks at stock or shifts uses up no original of their papers', async () => {
  const { body } = await owner.call('GET /inventory/documents', { kind: 'receipt', limit: '1' })
  const paper = body.rows[0].id as string
  const shift = newId()
  const till = await owner.call('POST /pos/tills', { name: 'Z', code: 'ZED', place: world.place, location: world.location })
  await owner.call('POST /pos/shifts', { id: shift, till: till.body.id, float: '0' })
  assert.equal((await owner.call(`POST /pos/shifts/${shift}/close`, { counted: '0' })).status, 201)
  const looks = server.client()
  const roles = [{ role: 'guard', place: world.place }, { role: 'accountant' }]
  await accept(looks, await anInvitation(owner, 'looks@example.com', roles as never))
  const papers = [`GET /inventory/documents/${paper}/paper.pdf`, `GET /pos/shifts/${shift}/report.pdf`]
  const before = await printsOf(paper, 'paper')
  for (const route of papers) assert.equal((await looks.call(route)).status, 200)
  assert.deepEqual([await printsOf(paper, 'paper'), await printsOf(shift, 'paper')], [before, 0])
  assert.equal((await owner.call(papers[1]!)).status, 200)
  assert.equal(await printsOf(shift, 'paper'), 1)
})

test('a receipt by its address says COPY from the second print on; who only looks gets copies and issues no invoice', async () => {
  const sale = await sell(book)
  const client = async (role: string) => {
    const one = server.client()
    await accept(one, await anInvitation(owner, `${role}@example.com`, [{ role, place: world.place } as never]))
    return one
  }
  const [viewer, cashier] = [await client('viewer'), await client('cashier')]
  const receipt = (by: typeof viewer) => by.call(`GET /pos/sales/${sale}/receipt.pdf`)
  assert.equal((await viewer.call(`POST /pos/sales/${sale}/invoice`)).status, 403)
  assert.equal((await receipt(viewer)).status, 200)
  assert.equal(await printsOf(sale, 'paper'), 0, 'the original is left for the customer')
  assert.equal((await receipt(cashier)).status, 200)
  assert.equal((await receipt(owner)).status, 200)
  assert.equal(await printsOf(sale, 'paper'), 2)
  const eyes = await owner.call(`POST /users/${(await cashier.call('GET /session')).body.user.id}/view`)
  assert.equal(eyes.status, 200, JSON.stringify(eyes.body))
  await receipt(owner)
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 403)
  assert.equal(await printsOf(sale, 'paper'), 2, 'nobody prints in another one’s name')
})
