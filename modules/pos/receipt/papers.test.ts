import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { aProduct } from '#modules/pos/sale/sale.factory.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
import { root } from '#test/template.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const folder = join(root, 'test-output')
mkdirSync(folder, { recursive: true })

/** A PDF as a browser gets it; kept for people to look at. */
async function pdf(path: string, name: string): Promise<number> {
  const answer = await fetch(`${server.base}/api${path}`, { headers: { cookie: `__Host-duka=${world.cookie}` } })
  assert.equal(answer.status, 200, path)
  assert.equal(answer.headers.get('content-type'), 'application/pdf')
  const content = Buffer.from(await answer.arrayBuffer())
  assert.equal(content.subarray(0, 5).toString(), '%PDF-')
  writeFileSync(join(folder, `${name}.pdf`), content)
  return content.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

test('a sale as an invoice, a shift as its report and a receipt of goods are printed, in every language', async () => {
  const customer = newId()
  await owner.call('POST /parties', { id: customer, name: 'مؤسسة النور', address: 'شارع الملك 12', taxNumber: 'A001234567B' })
  const { company, pos } = (await owner.call('GET /company')).body
  const { costing: _, ...facts } = company
  const words = { receiptHead: 'Pots and lamps since 1998', receiptNote: 'Back within 14 days, with this receipt' }
  await owner.call('POST /company', { ...facts, ...words, taxNumber: 'P051234567X', discountLimit: pos.discountLimit })
  const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="360"><rect x="20" y="20" width="320" height="320" rx="60" fill="#18766f"/><text x="380" y="230" font-size="150" font-family="sans-serif" fill="#a0401c">Baraka</text></svg>`
  const sent = await owner.upload('/company/logo', 'logo.png', await sharp(Buffer.from(logo)).png().toBuffer())
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  const shift = newId()
  await owner.call('POST /pos/shifts', { id: shift, till: world.till, float: '100000' })
  const goods = []
  for (let n = 1; n <= 45; n++) goods.push(await aProduct(world, n === 1 ? 'جرة فخار #strong[كبيرة]' : `Clay pot ${n}`, 11_600n))
  const receipt = newId()
  const taken = await owner.call('POST /inventory/documents/receive', {
    kind: 'receipt',
    id: receipt,
    location: world.location,
    reason: 'supplier',
    lines: goods.map(({ variant }) => ({ variant, quantity: '5000000', unitCost: '6000' })),
  })
  assert.equal(taken.status, 201)
  const method = (await owner.call('GET /payments/methods')).body.rows.find((one: { kind: string }) => one.kind === 'cash').id
  const sale = newId()
  const sold = await owner.call('POST /pos/sales', {
    id: sale,
    till: world.till,
    customer,
    lines: goods.map(({ variant }) => ({ variant, quantity: '1000000', listPrice: '11600' })),
    total: '522000',
    tenders: [{ method, given: '522000' }],
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  assert.equal((await owner.call(`POST /pos/sales/${sale}/invoice`)).status, 200)
  assert.ok((await pdf(`/pos/sales/${sale}/invoice.pdf?locale=ar`, 'invoice-ar')) >= 2, 'as many pages as it needs')
  await pdf(`/pos/sales/${sale}/invoice.pdf`, 'invoice-en')
  await pdf(`/pos/sales/${sale}/receipt.pdf?locale=ar`, 'receipt-ar')
  const roll = await fetch(`${server.base}/api/pos/sales/${sale}/receipt.bin`, {
    headers: { cookie: `__Host-duka=${world.cookie}` },
  })
  assert.equal(roll.status, 200)
  writeFileSync(join(folder, 'receipt-en.bin'), Buffer.from(await roll.arrayBuffer()))
  await pdf(`/inventory/documents/${receipt}/paper.pdf?locale=sw`, 'goods-received-sw')
  await pdf(`/pos/shifts/${shift}/report.pdf`, 'x-report-en')

  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))
  assert.equal((await cashier.call(`GET /pos/shifts/${shift}/report.pdf`)).status, 403, 'who counts blind sees no report before')
  await owner.call(`POST /pos/shifts/${shift}/close`, { counted: '622000' })
  await pdf(`/pos/shifts/${shift}/report.pdf?locale=ar`, 'z-report-ar')
})

test('a program prints the papers that its key may see, and no other', async () => {
  const keyFor = async (...permissions: string[]) => {
    const { status, body } = await owner.call('POST /api-keys', { name: permissions.join(), permissions })
    assert.equal(status, 201, JSON.stringify(body))
    return (path: string) =>
      fetch(`${server.base}/api${path}`, { headers: { authorization: `Bearer ${String(body.key)}` } }).then(async (answer) => {
        const content = Buffer.from(await answer.arrayBuffer())
        return answer.status === 200 && path.endsWith('.pdf') ? content.subarray(0, 5).toString() : answer.status
      })
  }
  const first = async (path: string) => (await owner.call(`GET ${path}`)).body.rows[0].id as string
  const [sale, paper, shift] = await Promise.all(['/pos/sales', '/inventory/documents', '/pos/shifts'].map(first))
  const papers = [
    [`/pos/sales/${sale}/invoice.pdf`, '%PDF-'],
    [`/pos/sales/${sale}/receipt.pdf`, '%PDF-'],
    [`/pos/sales/${sale}/receipt.bin`, 200],
    [`/pos/shifts/${shift}/report.pdf`, '%PDF-'],
    [`/inventory/documents/${paper}/paper.pdf`, '%PDF-'],
  ] as const
  const printer = await keyFor('pos.sale.read', 'pos.shift.read', 'inventory.stock.read')
  for (const [path, right] of papers) assert.equal(await printer(path), right, path)
  const other = await keyFor('catalog.product.read')
  for (const [path] of papers) assert.equal(await other(path), 403, path)
})
