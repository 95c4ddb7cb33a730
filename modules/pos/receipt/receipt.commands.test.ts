import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '#kit/id.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { simulate } from '#modules/comms/sms/sms.simulator.ts'
import { onEnd } from '#test/end.ts'
import { aMailServer } from '#test/post.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, until } from '#test/server.ts'
import { anOpenTill, aProduct } from '../sale/sale.factory.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const pot = await aProduct(world, 'Clay pot', 99_900n, 5, 40_000n)
await anOpenTill(world)
const methods = (await owner.call('GET /payments/methods')).body.rows as { id: string; kind: string }[]
const sale = newId()
const sold = await owner.call('POST /pos/sales', {
  id: sale,
  till: world.till,
  lines: [{ variant: pot.variant, quantity: '1000000', listPrice: pot.price }],
  total: pot.price,
  tenders: [{ method: methods.find((one) => one.kind === 'cash')!.id, given: pot.price }],
})
assert.equal(sold.status, 201, JSON.stringify(sold.body))

const post = await aMailServer()

test('[W6] where no mail can leave, nothing is promised: the refusal says what is missing and who can set it up', async () => {
  useEnvironment({})
  const answer = await owner.call(`POST /pos/sales/${sale}/mail`, { email: 'wanjiru@example.com' })
  assert.deepEqual([answer.status, answer.body.code], [409, 'pos.receipt.noMail'])
  assert.equal((await owner.call(`GET /pos/sales/${sale}`)).body.canMail, false)
  assert.equal((await owner.call(`GET /pos/tills/${world.till}/start`)).body.canMail, false)
})

test('more at once than there are connections are answered one after the other, and keep nobody waiting', async () => {
  useEnvironment({})
  const routes = ['mail', 'invoice'].flatMap((what) => Array.from({ length: 25 }, () => `POST /pos/sales/${sale}/${what}`))
  const answers = await Promise.all(routes.map((route) => owner.call(route, { email: 'somebody@example.com' })))
  // Neither mail nor a tax number has been set up here.
  const codes = [...new Set(answers.map(({ body }) => body.code as string))]
  assert.deepEqual(codes.toSorted(), ['pos.receipt.noMail', 'pos.receipt.noTaxNumber'])
})

test('the receipt arrives as a PDF at the address, through a real mail server', async () => {
  useEnvironment({ ...post.environment, MAIL_FROM: 'shop@example.com' })
  const answer = await owner.call(`POST /pos/sales/${sale}/mail`, { email: 'Wanjiru@Example.com' })
  assert.deepEqual([answer.status, answer.body], [200, { queued: true }])
  const mail = await until(
    async () => post.letters[0]!,
    (letter) => letter !== undefined,
  )
  assert.deepEqual(mail.to, ['wanjiru@example.com'])
  assert.match(mail.raw, /Subject: Receipt S1T1-\S+ from Baraka Stores/)
  assert.match(mail.raw, /Content-Type: application\/pdf/)
  const pdf = Buffer.from(/JVBERi[\w+/=\r\n]+/.exec(mail.raw)![0].replace(/\s/g, ''), 'base64')
  assert.ok(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 2000)
})

test('a person mails sixty receipts in an hour, and others theirs; what is no address counts for none', async () => {
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))
  const mail = (to: string) => cashier.call(`POST /pos/sales/${sale}/mail`, { email: to })
  for (const wrong of ['wanjiru', 'wanjiru@', '@example.com', 'a@b@example.com', 'wanjiru@example', 'a b@example.com'])
    assert.deepEqual([(await mail(wrong)).status, wrong], [422, wrong])
  for (let n = 0; n < 60; n++) assert.equal((await mail(`c${n}@example.com`)).status, 200)
  const waiting = async () => (await world.database.pool.query('select from comms_message')).rowCount
  const before = await waiting()
  const refused = await mail('one-more@example.com')
  assert.deepEqual([refused.status, refused.body.code, refused.body.params], [429, 'pos.receipt.tooMany', { most: 60 }])
  assert.equal(await waiting(), before, 'a refusal sends nothing')
  assert.equal((await owner.call(`POST /pos/sales/${sale}/mail`, { email: 'wanjiru@example.com' })).status, 200)
})

test('number and total of a receipt reach a telephone by SMS; where none can leave, the refusal says so', async () => {
  useEnvironment({})
  const text = (phone: string) => owner.call(`POST /pos/sales/${sale}/sms`, { phone })
  const refused = await text('+254712345678')
  assert.deepEqual([refused.status, refused.body.code], [409, 'pos.receipt.noSms'])
  assert.equal((await owner.call(`GET /pos/sales/${sale}`)).body.canText, false)
  const gateway = await simulate()
  onEnd(() => gateway.stop())
  useEnvironment(gateway.environment)
  for (const wrong of ['0712345678', '+0712', 'wanjiru']) assert.equal((await text(wrong)).status, 422, wrong)
  assert.deepEqual((await text('+254712345678')).body, { queued: true })
  const sms = await until(
    async () => gateway.texts[0]!,
    (one) => one !== undefined,
  )
  assert.equal(sms.to, '+254712345678')
  assert.match(sms.message, /^Baraka Stores: receipt S1T1-\S+, (?:KES|Ksh)\s999\.00\. Thank you!$/)
})
