import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCompany } from '#test/harness.ts'
import { useEnvironment } from '#kit/server/outside/values.ts'
import { onEnd } from '#test/end.ts'
import { aServer } from '#test/server.ts'
import { aMailbox, codeOf } from '../sign-in/sign-in.factory.ts'
import { accept, anInvitation, PASSWORD } from '../user/user.factory.ts'
import { captchaFault } from './captcha.rules.ts'
import { simulate } from './captcha.simulator.ts'

const world = await aCompany()
const mailbox = await aMailbox()
const server = await aServer(world.url, mailbox.settings)
const owner = server.client(world.cookie)
const { pool } = world.database
const { codeFor, letter, tokenFor, mail } = mailbox
assert.equal((await owner.call('POST /security', { registration: true, attemptsPerMinute: 1000 })).status, 200)
const tidy = () => pool.query(`delete from access_throttle`)

const person = (email: string, more: object = {}) => ({
  name: 'Wanjiru Kamau',
  email,
  phone: '+254711000000',
  password: PASSWORD,
  ...more,
})
const idOf = async (email: string) =>
  (await owner.call('GET /registrations')).body.rows.find((row: { email: string }) => row.email === email)?.id as string
async function registered(email: string) {
  const client = server.client()
  assert.equal((await client.call('POST /register', person(email))).status, 200)
  assert.equal((await client.call('POST /register/verification', { email, code: await codeFor(email) })).status, 200)
  return { client, id: await idOf(email) }
}

test('whoever registers has no rights until somebody lets them in with roles; then they sign in as they are', async () => {
  const { client, id } = await registered('wanjiru@example.com')
  assert.deepEqual(codeOf(await client.call('POST /sign-in', { email: 'wanjiru@example.com', password: PASSWORD })), [
    403,
    'access.registration.waiting',
  ])
  assert.equal((await client.call('POST /sign-in', { email: 'wanjiru@example.com', password: 'a wrong password' })).status, 401)
  assert.equal((await client.call('GET /session')).body.user, null)

  const roles = [{ role: 'cashier', place: world.place }]
  const approved = await owner.call(`POST /registrations/${id}/approve`, { roles })
  assert.equal(approved.status, 200, JSON.stringify(approved.body))
  await letter('wanjiru@example.com', /have been let in/)
  assert.deepEqual(codeOf(await client.call('POST /sign-in', { email: 'wanjiru@example.com', password: PASSWORD })), [
    200,
    'enter',
  ])
  assert.deepEqual((await client.call('GET /session')).body.user.roles, ['cashier'])
  assert.equal((await owner.call(`POST /registrations/${id}/approve`, { roles })).status, 409, 'once')
})

test('a refusal is mailed with its reason, and keeps no password', async () => {
  const { id, client } = await registered('unknown@example.com')
  assert.equal((await owner.call(`POST /registrations/${id}/reject`, { reason: 'ok' })).status, 422)
  assert.equal((await owner.call(`POST /registrations/${id}/reject`, { reason: 'We do not know you' })).status, 200)
  await letter('unknown@example.com', /We do not know you/)
  assert.equal((await client.call('POST /sign-in', { email: 'unknown@example.com', password: PASSWORD })).status, 401)
  const { rows } = await pool.query('select password_hash from access_registration where id = $1', [id])
  assert.deepEqual(rows, [{ password_hash: null }])
})

test('three wrong codes, or a quarter of an hour, and the code is worth nothing', async () => {
  const client = server.client()
  const verify = (email: string, code: string) => client.call('POST /register/verification', { email, code })
  await client.call('POST /register', person('three@example.com'))
  const code = await codeFor('three@example.com')
  const wrong = code === '111111' ? '222222' : '111111'
  for (let at = 0; at < 3; at++) assert.equal((await verify('three@example.com', wrong)).status, 422)
  assert.deepEqual(codeOf(await verify('three@example.com', code)), [422, 'access.registration.wrongCode'])

  await client.call('POST /register', person('late@example.com'))
  const late = await codeFor('late@example.com')
  await pool.query(
    `update access_registration set code_until = now() - interval '1 second' where id = (select id from access_registration order by id desc limit 1)`,
  )
  assert.equal((await verify('late@example.com', late)).status, 422)
  // Registering again gives a new code.
  await client.call('POST /register', person('late@example.com'))
  await mailbox.letter('late@example.com', new RegExp(`code is (?!${late})\\d{6}`))
  assert.equal((await verify('late@example.com', await codeFor('late@example.com'))).status, 200)
})

test('an address that works here already looks the same to whoever asks; its owner is told', async () => {
  const client = server.client()
  const answers = [
    await client.call('POST /register', person('amina@example.com')),
    await client.call('POST /register', person('new@example.com')),
  ]
  assert.deepEqual(answers[0]!.body, answers[1]!.body)
  await letter('amina@example.com', /have an account already/)
  assert.equal(await idOf('amina@example.com'), undefined)
})

test('two who decide at once: one decides', async () => {
  const { id } = await registered('race@example.com')
  const answers = await Promise.all([
    owner.call(`POST /registrations/${id}/approve`, { roles: [{ role: 'cashier', place: null }] }),
    owner.call(`POST /registrations/${id}/reject`, { reason: 'Not today' }),
  ])
  assert.deepEqual(answers.map((one) => one.status < 300).sort(), [false, true])
})

test('nobody lets in with rights that they don’t have, and who may not see people sees no registrations', async () => {
  const { id } = await registered('above@example.com')
  const manager = server.client()
  await accept(manager, await anInvitation(owner, 'mgr@example.com', [{ role: 'manager', place: world.place }]))
  assert.equal((await manager.call('GET /registrations')).status, 403)
  assert.equal((await manager.call(`POST /registrations/${id}/approve`, { roles: [{ role: 'owner', place: null }] })).status, 403)
})

test('passwords and codes of registrations are nowhere in the clear', async () => {
  await tidy()
  const client = server.client()
  await client.call('POST /register', person('secret@example.com', { password: 'an unheard-of secret' }))
  const code = await codeFor('secret@example.com')
  const { rows } = await pool.query(
    `select 'job' from graphile_worker._private_jobs j where j::text like any($1) union all
     select 'key' from idempotency_key k where k::text like any($1) union all
     select 'trail' from audit_entry e where e::text like any($1) union all
     select 'row' from access_registration r where r::text like any($1)`,
    [['%unheard-of%', `%"${code}"%`]],
  )
  assert.deepEqual(rows, [])
})

test('twenty registrations an hour from one address, five for one address; closed, there are none', async () => {
  await tidy()
  const statuses = []
  for (let at = 0; at < 6; at++) statuses.push((await server.client().call('POST /register', person('often@example.com'))).status)
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429])
  await tidy()
  await owner.call('POST /security', { registration: false })
  assert.deepEqual(codeOf(await server.client().call('POST /register', person('closed@example.com'))), [
    404,
    'access.registration.closed',
  ])
  assert.equal((await server.client().call('GET /register')).body.isOpen, false)
  await owner.call('POST /security', { registration: true })
})

test('what a check for robots answers, judged as the providers say', () => {
  const now = Temporal.Instant.from('2025-03-01T09:15:30Z')
  const wanted = { hostname: 'app.example.com', action: 'signup', threshold: 0.5, now }
  const at = { success: true, action: 'signup', challenge_ts: '2025-03-01T09:15:00Z', hostname: 'app.example.com' }
  assert.equal(captchaFault('recaptcha', { ...at, score: 0.9 }, wanted), undefined)
  assert.equal(captchaFault('recaptcha', { ...at, score: 0.1 }, wanted), 'score 0.1')
  assert.equal(captchaFault('recaptcha', at, wanted), 'score undefined')
  assert.equal(
    captchaFault('recaptcha', { ...at, action: 'login', hostname: 'evil.example', score: 0.9 }, wanted),
    'hostname evil.example',
  )
  assert.equal(captchaFault('turnstile', { ...at, action: 'login' }, wanted), 'action login')
  assert.equal(captchaFault('hcaptcha', { success: true, hostname: 'app.example.com' }, wanted), undefined)
  assert.equal(
    captchaFault('turnstile', { success: false, 'error-codes': ['timeout-or-duplicate'] }, wanted),
    'timeout-or-duplicate',
  )
  assert.equal(captchaFault('recaptcha', { ...at, score: 0.9 }, { ...wanted, now: now.add({ seconds: 100 }) }), 'age 130')
  assert.equal(captchaFault('turnstile', at, { ...wanted, now: now.add({ seconds: 100 }) }), undefined)
})

test('a robot is refused, a token is good once, and a provider that is down lets nobody in unseen', async () => {
  await tidy()
  const robots = await simulate()
  onEnd(robots.stop)
  useEnvironment({ ...mailbox.settings.environment, ...robots.environment })
  try {
    const send = (email: string, captcha: string) => server.client().call('POST /register', person(email, { captcha }))
    assert.deepEqual((await server.client().call('GET /register')).body.captcha, { provider: 'turnstile', siteKey: 'site' })
    assert.deepEqual(codeOf(await send('r1@example.com', '')), [422, 'access.registration.robot'])
    assert.deepEqual(codeOf(await send('r2@example.com', 'robot')), [422, 'access.registration.robot'])
    assert.equal((await send('r3@example.com', 'person-1')).status, 200)
    assert.deepEqual(codeOf(await send('r4@example.com', 'person-1')), [422, 'access.registration.robot'], 'a second time')
    robots.isDown = true
    assert.deepEqual(codeOf(await send('r5@example.com', 'person-2')), [503, 'access.registration.robotCheckDown'])
  } finally {
    useEnvironment(mailbox.settings.environment)
  }
})

test('an invitation is mailed with its link; sent again, the old link ends', async () => {
  const email = 'invited@example.com'
  await anInvitation(owner, email, [{ role: 'cashier', place: world.place }])
  const first = await tokenFor(email, 'invitation')
  const { rows } = (await owner.call('GET /invitations')).body
  const { id } = rows.find((row: { email: string }) => row.email === email)
  assert.equal((await owner.call(`POST /invitations/${id}/mail`)).status, 200)
  const second = await tokenFor(email, 'invitation', 2)
  assert.notEqual(first, second)
  assert.equal((await accept(server.client(), first)).status, 410)
  assert.equal((await accept(server.client(), second)).status, 200)
  assert.equal((await owner.call(`POST /invitations/${id}/mail`)).status, 410)
  assert.ok(mail.letters.some((one) => one.to.includes(email) && one.text.includes('Amina Owner')))
})

test('[A6] letting somebody in gives them no more than one’s own', async () => {
  await tidy()
  const { id } = await registered('rises@example.com')
  const { id: role } = (await owner.call('POST /roles', { name: 'Door' })).body
  const lines = { 'access.registration.decide': 'place' }
  const set = await owner.call(`POST /roles/${role}/lines`, { lines })
  assert.equal(set.status, 200, JSON.stringify(set.body))
  const { rows } = await pool.query<{ key: string }>('select key from access_role where id = $1', [role])
  const client = server.client()
  await accept(client, await anInvitation(owner, 'door@example.com', [{ role: rows[0]!.key }]))
  const answer = await client.call(`POST /registrations/${id}/approve`, { roles: [{ role: 'manager', place: null }] })
  assert.deepEqual(codeOf(answer), [403, 'access.user.beyondYours'])
  assert.equal((await owner.call(`GET /registrations/${id}`)).body.row.state, 'pending')
})
