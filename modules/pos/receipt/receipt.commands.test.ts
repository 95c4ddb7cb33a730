import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { newId } from '#kit/id.ts'
import { useMail } from '#modules/comms/index.ts'
import { aCompany } from '#test/harness.ts'
import { aServer } from '#test/server.ts'
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

test('[W6] where no mail can leave, nothing is promised: the refusal says what is missing and who can set it up', async () => {
  useMail({ smtpUrl: undefined, mailFrom: undefined } as never)
  const answer = await owner.call(`POST /pos/sales/${sale}/mail`, { email: 'wanjiru@example.com' })
  assert.deepEqual([answer.status, answer.body.code], [409, 'pos.receipt.noMail'])
  assert.equal((await owner.call(`GET /pos/sales/${sale}`)).body.canMail, false)
  assert.equal((await owner.call(`GET /pos/tills/${world.till}/start`)).body.canMail, false)
})

test('the receipt arrives as a PDF at the address, through a real mail server', async () => {
  const arrived = Promise.withResolvers<{ to: string[]; text: string }>()
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.setEncoding('utf8').on('data', (part: string) => (text += part))
      stream.on('end', () => {
        arrived.resolve({ to: session.envelope.rcptTo.map((one) => one.address), text })
        done()
      })
    },
  })
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  after(() => new Promise<void>((resolve) => smtp.close(resolve)))
  useMail({ smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}`, mailFrom: 'shop@example.com' })
  const answer = await owner.call(`POST /pos/sales/${sale}/mail`, { email: 'Wanjiru@Example.com' })
  assert.deepEqual([answer.status, answer.body], [200, { queued: true }])
  const mail = await arrived.promise
  assert.deepEqual(mail.to, ['wanjiru@example.com'])
  assert.match(mail.text, /Subject: Receipt S1T1-\S+ from Baraka Stores/)
  assert.match(mail.text, /Content-Type: application\/pdf/)
  const pdf = Buffer.from(/JVBERi[\w+/=\r\n]+/.exec(mail.text)![0].replace(/\s/g, ''), 'base64')
  assert.ok(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 2000)
})
