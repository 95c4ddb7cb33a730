import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message } from '#kit/message.ts'
import { command } from '#kit/server/door/command.ts'
import { postMessage, type Outgoing } from '#kit/server/door/message.ts'
import { aCompany } from '#test/harness.ts'
import { aMailServer, anHttpServer } from '#test/post.ts'
import { aServer, until } from '#test/server.ts'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { simulate as simulateSms } from '../sms/sms.simulator.ts'
import { onEnd } from '#test/end.ts'
import { z } from 'zod'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { db } = world.database

const letter = message('comms.trial', { name: { sample: 'Ali' }, code: { secret: true, sample: '482913' } }, ['mail', 'sms'])
const post = command({
  name: 'comms.trial',
  can: 'signedIn',
  input: z.custom<Outgoing<'name' | 'code'> & { fails?: boolean }>(),
  async run(tx, { fails, ...one }) {
    const id = await postMessage(tx, letter, one)
    if (fails) throw new Error('rolled back')
    return { id }
  },
})
const own = { subject: 'Hello {name}', body: 'Dear {name}, your code for {company} is {code}.' }
for (const channel of ['mail', 'sms'] as const)
  await owner.call('POST /message-templates/comms.trial', { channel, locale: 'en', ...own })

const write = async (to: string, more: Partial<Outgoing> = {}) =>
  (await post(world.ctx(), { to, locale: 'en', facts: { name: 'Ali', code: '271828' }, ...more } as never)).id
const stateOf = async (id: string) => (await owner.call(`GET /messages/${id}`)).body.row
const settled = (id: string) =>
  until(
    () => stateOf(id),
    (row) => row.state !== 'queued',
  )

test('without a mail server a message is kept, its code shown to whoever may become anybody, and once', async () => {
  useEnvironment({})
  const id = await write('kept@example.com')
  const row = await settled(id)
  assert.deepEqual([row.state, row.body], ['kept', 'Dear Ali, your code for Baraka Stores is ••••••.'])

  const opened = await owner.call(`POST /messages/${id}/secret`)
  assert.equal(opened.body.body, 'Dear Ali, your code for Baraka Stores is 271828.')

  const { rows } = await world.database.pool.query(
    `select 1 from idempotency_key where answer::text like '%271828%' union all select 1 from audit_entry where input::text like '%271828%'
     union all select 1 from comms_message m where m::text like '%271828%' union all select 1 from event where data::text like '%271828%'`,
  )
  assert.deepEqual(rows, [], 'the code stands nowhere in the clear')
  const manager = world.as('manager')
  const { revealMessage } = await import('./message.commands.ts')
  await assert.rejects(revealMessage(manager, { id }), { code: 'kit.forbidden' })
})

test('a kept message leaves when it is sent again and there is a server; then its code is forgotten', async () => {
  const id = await write('later@example.com')
  await settled(id)
  const mail = await aMailServer()
  useEnvironment({ ...mail.environment, MAIL_FROM: 'Baraka <shop@example.com>' })

  assert.equal((await owner.call(`POST /messages/${id}/resend`)).status, 200)
  const row = await settled(id)

  assert.equal(row.state, 'sent')
  assert.deepEqual(mail.letters[0]?.to, ['later@example.com'])
  assert.match(mail.letters[0]!.text, /Dear Ali, your code for Baraka Stores is 271828\./)
  assert.match(mail.letters[0]!.raw, new RegExp(`Message-ID: <${id}@example.com>`))
  const kept = await db.selectFrom('commsMessage').select('secrets').where('id', '=', id).executeTakeFirstOrThrow()
  assert.equal(kept.secrets, null)
  assert.equal((await owner.call(`POST /messages/${id}/secret`)).status, 404)
  assert.equal((await owner.call(`POST /messages/${id}/resend`)).status, 409)
})

test('what is rolled back is not sent', async () => {
  const mail = await aMailServer()
  useEnvironment(mail.environment)
  await assert.rejects(post(world.ctx(), { to: 'never@example.com', locale: 'en', facts: { name: 'A', code: '1' }, fails: true }))
  const id = await write('after@example.com')
  await settled(id)
  assert.deepEqual(
    mail.letters.flatMap((one) => one.to),
    ['after@example.com'],
  )
})

test('a server that is busy is tried three times, then the message waits to be sent again; a refusal is final at once', async () => {
  let isBusy = true
  const asked: string[] = []
  const mail = await aMailServer({
    answer(to) {
      asked.push(to)
      if (to.startsWith('nobody')) return 550
      return isBusy ? 451 : undefined
    },
  })
  useEnvironment(mail.environment)
  const [busy, refused] = [await write('busy@example.com'), await write('nobody@example.com')]
  const [first, second] = await Promise.all([settled(busy), settled(refused)])

  assert.deepEqual([first.state, first.attempts], ['failed', 3])
  assert.match(first.error, /451/)
  assert.deepEqual([second.state, second.attempts], ['failed', 1])
  assert.equal(asked.filter((one) => one === 'busy@example.com').length, 3)

  isBusy = false
  assert.equal((await owner.call(`POST /messages/${busy}/resend`)).status, 200)
  assert.equal((await settled(busy)).state, 'sent')
  assert.match(mail.letters[0]!.text, /271828/)
})

test('a mailbox with OAuth2: the refresh token brings an access token, which signs in as XOAUTH2', async () => {
  const tokens = await anHttpServer(({ body }) => {
    const form = new URLSearchParams(body)
    const isRight =
      form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === 'r-1' && form.get('client_secret') === 's'
    return isRight
      ? {
          status: 200,
          body: { access_token: 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg', expires_in: 3600, token_type: 'Bearer' },
        }
      : { status: 400, body: { error: 'invalid_grant' } }
  })
  const seen: unknown[] = []
  const mail = await aMailServer({
    smtp: {
      authOptional: false,
      onAuth(auth, _, done) {
        seen.push([auth.method, auth.username, auth.accessToken])
        done(null, { user: 'ok' })
      },
    },
  })
  useEnvironment({
    SMTP_URL: `smtp://someuser%40example.com@127.0.0.1:${mail.port}`,
    SMTP_OAUTH_TOKEN_URL: `${tokens}/token`,
    SMTP_OAUTH_CLIENT_ID: 'c',
    SMTP_OAUTH_CLIENT_SECRET: 's',
    SMTP_OAUTH_REFRESH_TOKEN: 'r-1',
  })

  assert.equal((await settled(await write('oauth@example.com'))).state, 'sent')
  assert.deepEqual(seen, [['XOAUTH2', 'someuser@example.com', 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg']])
})

test('an SMS goes to the gateway in its own form; a number that it refuses is final', async () => {
  const sms = await simulateSms()
  onEnd(sms.stop)
  useEnvironment({ ...sms.environment, SMS_FROM: 'BARAKA' })
  const sent = await settled(await write('+254711000000', { channel: 'sms' }))
  const refused = await settled(await write('+254700000009', { channel: 'sms' }))

  assert.equal(sent.state, 'sent')
  assert.deepEqual(sms.texts[0], {
    username: 'shop',
    to: '+254711000000',
    message: 'Dear Ali, your code for Baraka Stores is 271828.',
    from: 'BARAKA',
    bulkSMSMode: '1',
  })
  assert.deepEqual([refused.state, refused.attempts], ['failed', 1])
  assert.match(refused.error, /403 InvalidPhoneNumber/)
})

test('a name with a line break begins no header of its own', async () => {
  const mail = await aMailServer()
  useEnvironment(mail.environment)
  const facts = { name: 'Ali\r\nBcc: victim@example.com', code: '1' }
  await settled(await write('one@example.com', { facts }))
  const [head = ''] = mail.letters[0]!.raw.split('\r\n\r\n')
  assert.doesNotMatch(head, /^Bcc:/im)
  assert.match(head, /Subject: Hello Ali Bcc: victim@example.com/)
  assert.deepEqual(mail.letters[0]!.to, ['one@example.com'])
})

test('words of one’s own: unknown parts, a missing code, and a code in the subject are refused; the original comes back', async () => {
  const change = (words: object) => owner.call('POST /message-templates/comms.trial', { channel: 'mail', locale: 'ar', ...words })
  const codes = [
    await change({ subject: 'مرحبا {nmae}', body: '{code}' }),
    await change({ subject: 'مرحبا', body: 'بلا رمز' }),
    await change({ subject: '{code}', body: '{code}' }),
  ].map((answer) => answer.body.code)
  assert.deepEqual(codes, ['comms.template.unknownFact', 'comms.template.missingFact', 'comms.template.secretSubject'])
  assert.equal((await change({ subject: 'مرحبا {name}', body: 'رمزك {code}' })).status, 200)
  const textOf = async () => {
    const { rows } = (await owner.call('GET /message-templates')).body
    const row = rows.find((one: { name: string; channel: string }) => one.name === 'comms.trial' && one.channel === 'mail')
    return row.texts.find((one: { locale: string }) => one.locale === 'ar')
  }
  assert.deepEqual(await textOf(), { locale: 'ar', subject: 'مرحبا {name}', body: 'رمزك {code}', isOwn: true })
  assert.equal((await owner.call('DELETE /message-templates/comms.trial', { channel: 'mail', locale: 'ar' })).status, 200)
  assert.equal((await textOf()).isOwn, false)
})

test('sixty test messages an hour by one person, and no more', async () => {
  useEnvironment({})
  const send = () =>
    owner.call('POST /message-templates/comms.trial/test', { channel: 'mail', locale: 'en', to: 'me@example.com' })
  const answers = await Promise.all(Array.from({ length: 62 }, send))
  assert.deepEqual(
    [200, 429].map((status) => answers.filter((one) => one.status === status).length),
    [60, 2],
    JSON.stringify(answers.map((one) => one.status)),
  )
  assert.equal(answers.find((one) => one.status === 429)!.body.code, 'comms.template.tooMany')
})
