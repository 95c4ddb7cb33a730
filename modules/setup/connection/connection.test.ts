import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigError } from '#kit/server/host/config.ts'
import { adapterNamed, complete } from '#kit/server/outside/adapter.ts'
import { givenBy, judgeEnvironment } from '#kit/server/outside/environment.ts'
import { allowThisMachine } from '#kit/server/outside/reach.ts'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { reseal, newFieldsKey } from '#kit/server/vault/reseal.ts'
import { simulate as simulateSms } from '#modules/comms/sms/sms.simulator.ts'
import { onEnd } from '#test/end.ts'
import { aCompany } from '#test/harness.ts'
import { aMailServer } from '#test/post.ts'
import { aServer, until } from '#test/server.ts'
import { root } from '#test/template.ts'
import { accept, anInvitation } from '#modules/access/user/user.factory.ts'
import { codeOf } from '#modules/access/sign-in/sign-in.factory.ts'

const world = await aCompany()
const server = await aServer(world.url)
const owner = server.client(world.cookie)
const { pool } = world.database
const mail = await aMailServer()
const { password, ...plain } = mail.typed as Record<string, string | number>
const secrets = { password: String(password) }

const save = (values: object, typed: object = {}, name = 'mail') =>
  owner.call(`POST /connections/${name}`, { values, secrets: typed })
const shown = async (name = 'mail') => (await owner.call(`GET /connections/${name}`)).body.connection
const field = async (name: string, of = 'mail') => (await shown(of)).fields.find((one: { name: string }) => one.name === name)
const tryIt = async (to = 'amina@example.com') => (await owner.call('POST /connections/mail/test', { to })).body

async function anAdministrator() {
  const client = server.client()
  await accept(client, await anInvitation(owner, 'admin@example.com', [{ role: 'administrator' }]))
  return client
}

test('what is typed takes effect at once, is tried for real, and the result stays', async () => {
  assert.equal((await shown()).state, 'unset')
  assert.equal((await save(plain, secrets)).status, 200)
  assert.equal((await shown()).state, 'untried')
  assert.deepEqual(await tryIt(), { isWorking: true, said: 'adapter.mail.worked', facts: { to: 'amina@example.com' } })
  assert.match(mail.letters.at(-1)!.text, /Mail works/)
  const { state, test } = await shown()
  assert.deepEqual([state, test.isWorking, test.byName], ['working', true, 'Amina Owner'])
  assert.equal((await owner.call('GET /session')).body.leaves.mail, true, 'whoever was answered finds it done')
})

test('a wrong password is an answer with its reason, and the state of the connection', async () => {
  assert.equal((await save(plain, { password: 'not the one' })).status, 200)
  const tried = await tryIt()
  assert.deepEqual([tried.isWorking, tried.said], [false, 'problem.comms.mail.signIn'])
  assert.match(tried.facts.said, /535/)
  assert.doesNotMatch(JSON.stringify(tried), /not the one/)
  assert.equal((await shown()).state, 'failing')
  assert.equal((await save(plain, secrets)).status, 200)
  assert.equal((await shown()).state, 'untried', 'that says nothing of the new one')
})

test('a secret is sealed, told by nobody, and sealed anew with a new key', async () => {
  const { value, isSet, setByName } = await field('password')
  assert.deepEqual([value, isSet, setByName], [null, true, 'Amina Owner'])
  const held = async () =>
    (
      await pool.query(`select value as text from outside_secret union all select value::text from setting
        union all select input::text from audit_entry union all select after::text from audit_change
        union all select answer::text from idempotency_key union all select data::text from event`)
    ).rows.map((row: { text: string | null }) => row.text ?? '')
  assert.ok((await held()).every((text) => !text.includes(secrets.password)))
  const { rows } = await pool.query<{ after: object }>(
    `select after from audit_change where table_name = 'setting' and after ? 'password' order by id desc limit 1`,
  )
  assert.deepEqual(rows[0]!.after, { password: 'set anew' })
  const generation = async () =>
    (await pool.query<{ value: string }>(`select value from outside_secret where id = 'mail.password'`)).rows[0]!.value.split(
      '.',
    )[0]
  const before = await generation()
  const client = await pool.connect()
  await newFieldsKey(client)
  client.release()
  await reseal(world.database)
  assert.notEqual(await generation(), before)
  assert.equal((await tryIt()).isWorking, true)
})

test('a secret that is left out stays; who leads it to another server types it anew', async () => {
  assert.equal((await save({ ...plain, from: 'Baraka <shop@example.com>' })).status, 200)
  assert.equal((await tryIt()).isWorking, true)
  const thief = await aMailServer()
  assert.equal((await save({ ...plain, port: thief.port })).status, 200)
  assert.equal((await field('password')).isSet, false)
  await tryIt()
  assert.equal((await pool.query('select from outside_secret')).rowCount, 0)
  assert.equal((await save(plain, secrets)).status, 200)
})

test('the environment wins field by field, and a key of it goes nowhere that a page says', async () => {
  const other = await aMailServer()
  useEnvironment({ SMTP_URL: `smtp://shop:env-secret@127.0.0.1:${other.port}` })
  try {
    const port = await field('port')
    assert.deepEqual([port.value, port.variable, port.isLocked], [other.port, 'SMTP_URL', true])
    assert.doesNotMatch(JSON.stringify(await shown()), /env-secret/)
    assert.deepEqual(codeOf(await save({ ...plain }, {})), [422, 'kit.invalid'])
    assert.equal((await save({ from: 'Baraka <shop@example.com>' })).status, 200, 'the sender is still for the page to say')
    // Of an SMS service only the key is given: what it is sent to stays out of the page's hands.
    useEnvironment({ SMS_URL: 'https://sms.example.com', SMS_API_KEY: 'env-key' })
    assert.equal((await field('service', 'sms')).isLocked, true)
    assert.deepEqual(codeOf(await save({ service: 'other', url: 'https://thief.example.com', user: 'x' }, {}, 'sms')), [
      422,
      'kit.invalid',
    ])
  } finally {
    useEnvironment({})
    await save(plain, secrets)
  }
})

test('variables are judged as ever, by their names', () => {
  const refused = (env: Record<string, string>, says: RegExp) =>
    assert.throws(
      () => judgeEnvironment(env),
      (error: Error) => error instanceof ConfigError && says.test(error.message),
    )
  refused({ SMTP_URL: 'mail.example.com' }, /^SMTP_URL must begin with smtp:\/\/ or smtps:\/\/\. See README/)
  refused({ SMTP_URL: 'smtp://user:100%@mail.example.com' }, /^SMTP_URL must be an address like/)
  refused({ SMTP_OAUTH_TOKEN_URL: 'https://x.example.com' }, /^SMTP_OAUTH_CLIENT_ID is missing/)
  refused({ OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'duka' }, /^OIDC_CLIENT_SECRET is missing/)
  refused({ CAPTCHA_PROVIDER: 'other' }, /^CAPTCHA_PROVIDER must be recaptcha, hcaptcha or turnstile/)
  refused({ LOG_URL: 'http://logs.example.com' }, /^LOG_URL names a server elsewhere without encryption/)
  judgeEnvironment({ LOG_URL: 'http://logs.example.com', DUKA_PLAIN_CONNECTIONS: '1' })
  const of = adapterNamed('mail')!
  const { values } = givenBy(of, { SMTP_URL: 'smtps://a%40b.example:p%3Aq@mail.example.com', MAIL_FROM: 'Shop <a@b.example>' })
  assert.deepEqual(complete(of, values), {
    service: 'own',
    host: 'mail.example.com',
    security: 'tls',
    port: 465,
    way: 'password',
    user: 'a@b.example',
    password: 'p:q',
    from: 'Shop <a@b.example>',
    query: '',
  })
})

test('a page names machines of the public internet; this one only where it is tried out', async () => {
  const hosts = ['10.0.0.7', '169.254.169.254', 'intranet', '192.168.1.10']
  for (const host of hosts) assert.deepEqual(codeOf(await save({ ...plain, host }, secrets)), [422, 'kit.adapter.inside'], host)
  for (const url of ['http://sms.example.com', 'https://10.0.0.7', 'ftp://sms.example.com', 'https://u:p@sms.example.com'])
    assert.equal((await save({ service: 'other', url, user: 'shop' }, {}, 'sms')).status, 422, url)
  allowThisMachine(false)
  try {
    assert.deepEqual(codeOf(await save(plain, secrets)), [422, 'kit.adapter.inside'])
    // What was typed before that is not called any more either.
    assert.equal((await tryIt()).said, 'problem.kit.adapter.inside')
  } finally {
    allowThisMachine(true)
  }
})

test('what is missing or no such thing is refused at its field, and nothing is written', async () => {
  const before = await shown()
  const refused = async (values: object, typed: object = {}) => {
    const { status, body } = await save(values, typed)
    return [status, ...(body.details ?? []).map((one: { path: string; code: string }) => `${one.path} ${one.code}`)]
  }
  assert.deepEqual(await refused({ service: 'own' }), [422, 'host required'])
  assert.deepEqual(await refused({ ...plain, service: 'pigeon' }), [422, 'service invalid_value'])
  assert.deepEqual(await refused({ ...plain, port: 70_000 }), [422, 'port outOfRange'])
  assert.deepEqual(await refused({ ...plain, colour: 'red' }), [422, 'colour unrecognized_keys'])
  assert.deepEqual(await refused({ ...plain, query: '?tls.rejectUnauthorized=false' }), [422, 'query unrecognized_keys'])
  assert.deepEqual(await refused({ ...plain, password: 'in the clear' }), [422, 'password unrecognized_keys'])
  assert.deepEqual(await refused({ ...plain, way: 'oauth' }), [
    422,
    'tokenUrl required',
    'clientId required',
    'clientSecret required',
    'refreshToken required',
  ])
  assert.deepEqual(await shown(), before)
})

test('an administrator connects what lets nobody in; mail, SMS and sign-in are for owners; others see nothing', async () => {
  const admin = await anAdministrator()
  const gateway = { service: 'live', user: 'shop' }
  assert.deepEqual(codeOf(await admin.call('POST /connections/sms', { values: gateway, secrets: { key: 'k' } })), [
    403,
    'access.connection.ownersOnly',
  ])
  assert.deepEqual(codeOf(await admin.call('DELETE /connections/mail')), [403, 'access.connection.ownersOnly'])
  assert.deepEqual(codeOf(await admin.call('POST /connections/mail/test', { to: 'thief@example.com' })), [
    403,
    'access.connection.ownersOnly',
  ])
  assert.equal((await admin.call('GET /connections/mail')).body.connection.mayChange, false)
  const robots = { values: { provider: 'turnstile', siteKey: 'site' }, secrets: { secret: 'robots' } }
  assert.equal((await admin.call('POST /connections/captcha', robots)).status, 200)
  await until(
    async () => (await fetch(`${server.base}/`)).headers.get('content-security-policy') ?? '',
    (policy) => policy.includes('challenges.cloudflare.com'),
  )
  assert.equal((await admin.call('DELETE /connections/captcha')).status, 200)
  const cashier = server.client()
  await accept(cashier, await anInvitation(owner, 'cashier@example.com', [{ role: 'cashier', place: world.place }]))
  assert.deepEqual(codeOf(await cashier.call('GET /connections')), [403, 'kit.forbidden'])
})

test('a number that the SMS service does not know, and a key that it does not take', async () => {
  const sms = await simulateSms()
  onEnd(sms.stop)
  const { key, ...values } = sms.typed as Record<string, string>
  const send = async (to: string) => (await owner.call('POST /connections/sms/test', { to })).body
  assert.equal((await save(values, { key }, 'sms')).status, 200)
  assert.equal((await send('+254711000000')).said, 'adapter.sms.worked')
  assert.equal((await send('+254700000009')).said, 'problem.comms.sms.refused')
  assert.equal((await send('0711')).code, 'kit.invalid')
  assert.equal((await save(values, { key: 'another' }, 'sms')).status, 200)
  assert.equal((await send('+254711000000')).said, 'problem.comms.sms.signIn')
})

test('every adapter can be tried against its simulator, set up by what that says', async () => {
  for (const name of ['logs', 'captcha', 'provider']) {
    const of = adapterNamed(name)!
    const { simulate } = await of.simulator()
    const simulator = await simulate()
    onEnd(simulator.stop)
    const isSecret = (field: string) => of.fields[field]!.kind === 'secret'
    const typed = Object.entries(simulator.typed)
    const values = Object.fromEntries(typed.filter(([one]) => !isSecret(one)))
    const keys = Object.fromEntries(typed.filter(([one]) => isSecret(one)))
    assert.equal((await save(values, keys, name)).status, 200, name)
    const tried = await owner.call(`POST /connections/${name}/test`)
    assert.deepEqual([name, tried.body.said], [name, `adapter.${name}.worked`], JSON.stringify(tried.body))
    const wrong = Object.fromEntries(Object.keys(keys).map((one) => [one, 'another']))
    assert.equal((await save(values, wrong, name)).status, 200)
    assert.equal((await owner.call(`POST /connections/${name}/test`)).body.isWorking, false, name)
    assert.equal((await owner.call(`DELETE /connections/${name}`)).status, 200)
  }
})

test('another process goes on with what was typed, without being started anew', async () => {
  assert.equal((await owner.call('DELETE /connections/mail')).status, 200)
  const script = `
    const { serve } = await import('./server.ts')
    const { hasMail } = await import('./modules/comms/mail/mail.store.ts')
    const { MASTER_KEY, root } = await import('./test/template.ts')
    await serve({ host: '127.0.0.1', port: 0, role: 'web', dataDir: process.env.DUKA_DATA, masterKey: MASTER_KEY }, { appUrl: process.env.URL }, root)
    let before
    setInterval(() => hasMail() !== before && console.log('mail', (before = hasMail())), 20)`
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], {
    cwd: root,
    env: { ...process.env, URL: world.url, DUKA_DATA: join(process.env['TMPDIR'] ?? '/tmp', `duka-second-${process.pid}`) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onEnd(async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (said += part))
  const says = (text: string) =>
    until(
      async () => said,
      (all) => all.includes(text),
    )
  await says('mail false')
  assert.equal((await save(plain, secrets)).status, 200)
  await says('mail true')
})
