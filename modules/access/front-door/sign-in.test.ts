import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hash as sha } from 'node:crypto'
import { flushActivity } from '#kit/server/door/activity.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, type Client } from '#test/server.ts'
import { stepOf } from '../factor/totp.store.ts'
import { hashSecret, isBreached, useBreachServer } from '../session/password.store.ts'
import { isCommon } from '#kit/password.ts'
import { tokenHash } from '../session/session.store.ts'
import { accept, anInvitation, PASSWORD } from '../user/user.factory.ts'
import { changeRole } from '../role/role.factory.ts'
import type { Membership } from '../role/role.ts'
import { addApp, aMailbox, appCode, codeOf } from '../sign-in/sign-in.factory.ts'
import { nextVerb, type Standing } from '../sign-in/sign-in.ts'

const world = await aCompany()
const { letter, codeFor, tokenFor, mail, settings } = await aMailbox()
const server = await aServer(world.url, settings)
// A second process, as it were, over the same database.
const other = await aServer(world.url, settings)
const owner = server.client(world.cookie)
const { db, pool } = world.database
const security = async (changes: object) => assert.equal((await owner.call('POST /security', changes)).status, 200)
await security({ attemptsPerMinute: 1000 })

let people = 0
/** Somebody who works here, in the browser with which they joined. */
async function aPerson(...roles: Partial<Membership>[]): Promise<{ id: string; email: string; client: Client }> {
  const email = `signer${++people}@example.com`
  const client = server.client()
  const answer = await accept(client, await anInvitation(owner, email, roles.length > 0 ? roles : [{ role: 'cashier' }]))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { id: answer.body.user, email, client }
}
const signIn = (client: Client, email: string, password = PASSWORD) => client.call('POST /sign-in', { email, password })
const isIn = async (client: Client) => (await client.call('GET /session')).body.user !== null
const WRONG = 'certainly not this one'

test('what a sign-in still wants, for every standing', () => {
  const of = (standing: Partial<Standing>) =>
    nextVerb({
      proofs: ['password'],
      needsSecond: false,
      hasSecond: false,
      secondIsMailed: false,
      isTrusted: false,
      mustChangePassword: false,
      ...standing,
    })
  assert.equal(of({}), 'complete')
  assert.equal(of({ mustChangePassword: true }), 'askPassword')
  assert.equal(of({ needsSecond: true }), 'askEnrolment')
  assert.equal(of({ needsSecond: true, hasSecond: true }), 'askSecond')
  assert.equal(of({ needsSecond: true, hasSecond: true, mustChangePassword: true }), 'askSecond')
  assert.equal(of({ needsSecond: true, hasSecond: true, isTrusted: true }), 'complete')
  assert.equal(of({ needsSecond: true, isTrusted: true }), 'askEnrolment')
  for (const second of ['totp', 'backup', 'passkey', 'provider'] as const)
    assert.equal(of({ needsSecond: true, hasSecond: true, proofs: ['password', second] }), 'complete')
  assert.equal(of({ needsSecond: true, hasSecond: true, proofs: ['passkey'] }), 'complete')
  assert.equal(of({ needsSecond: true, hasSecond: true, proofs: ['emailCode'] }), 'askSecond')
  assert.equal(of({ needsSecond: true, hasSecond: true, secondIsMailed: true, proofs: ['emailCode'] }), 'askSecond')
  assert.equal(of({ needsSecond: true, hasSecond: true, secondIsMailed: true, proofs: ['password', 'emailCode'] }), 'complete')
  assert.equal(of({ needsSecond: true, hasSecond: true, proofs: ['reset'] }), 'askSecond')
  assert.equal(of({ needsSecond: true, hasSecond: true, proofs: ['pin'] }), 'askSecond')
})

test('codes of an app: the vectors of RFC 6238, one step either way, each once', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
  const vectors: [number, string][] = [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ]
  for (const [seconds, code] of vectors) {
    const step = Math.floor(seconds / 30)
    assert.equal(stepOf(secret, code, at(seconds), null), step)
    assert.equal(stepOf(secret, code, at(seconds - 30), null), step, 'a clock one step ahead')
    assert.equal(stepOf(secret, code, at(seconds + 30), null), step, 'a clock one step behind')
    assert.equal(stepOf(secret, code, at(seconds + 60), null), undefined)
    assert.equal(stepOf(secret, code, at(seconds), BigInt(step)), undefined, 'used before')
    assert.equal(stepOf(secret, code, at(seconds), BigInt(step - 1)), step)
  }
  for (const bad of ['', '28708', '2870822', 'abcdef', '٢٨٧٠٨٢']) assert.equal(stepOf(secret, bad, at(59), null), undefined)
})

test('passwords that others would try first, with and without ornaments', () => {
  const list = new Set(['password', 'letmein', 'liverpool', '1234567890'])
  const words = ['duka', 'Baraka', 'Stores', 'Amina', 'amina']
  for (const bad of [
    'Liverpool2024!',
    'P@ssw0rd2024',
    '1234567890',
    'aaaaaaaaaaaa',
    'Baraka2026!!',
    'aminabaraka1',
    'DUKA-2026-duka',
  ])
    assert.equal(isCommon(bad, words, list), true, bad)
  for (const good of ['correct horse battery', 'baraka sells lamps', 'sunrise over the ngong hills', 'جبل كينيا عند الفجر'])
    assert.equal(isCommon(good, words, list), false, good)
})

test('breached passwords: only five characters of the hash leave, padding is not a hit, and silence is not a refusal', async () => {
  const asked: string[] = []
  let isBroken = false
  // Answers as text, so it is written by hand here.
  const { createServer } = await import('node:http')
  const fake = createServer((request, response) => {
    asked.push(request.url!)
    if (isBroken) return void response.writeHead(503).end()
    const rows = ['1E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004', 'DC183F740EE76F27B78EB39C8AD972A757:0']
    response.end(rows.join('\r\n'))
  })
  await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve))
  useBreachServer(`http://127.0.0.1:${(fake.address() as { port: number }).port}`)
  assert.equal(await isBreached('password'), true)
  assert.equal(await isBreached('P@ssw0rd'), false)
  assert.deepEqual(asked, ['/range/5BAA6', '/range/21BD1'])
  isBroken = true
  assert.equal(await isBreached('password'), false)
  fake.close()
  assert.equal(sha('sha1', 'password').slice(0, 5).toUpperCase(), '5BAA6')
})

test('known or not, the answer to a wrong password is the same; five lock the address that was typed, and say so alike', async () => {
  const { email } = await aPerson()
  const answers = async (who: string) => {
    const stranger = server.client()
    const all = []
    for (let at = 0; at < 7; at++) all.push(await signIn(stranger, who, WRONG))
    return all.map(({ status, body }) => ({ status, code: body.code, message: body.message, keys: Object.keys(body).sort() }))
  }
  const [known, unknown] = [await answers(email), await answers('nobody@example.com')]

  assert.deepEqual(known, unknown)
  assert.deepEqual(
    known.map((one) => one.status),
    [401, 401, 401, 401, 401, 429, 429],
  )
  assert.equal(known[5]!.code, 'access.signIn.locked')
})

test('a lock holds for strangers, not for the browser in which its owner was before; a reset opens it', async () => {
  const { email, client } = await aPerson()
  for (let at = 0; at < 6; at++) await signIn(server.client(), email, WRONG)

  assert.deepEqual(codeOf(await signIn(server.client(), email)), [429, 'access.signIn.locked'])
  assert.deepEqual(codeOf(await signIn(client, email)), [200, 'enter'])

  // Somebody who had taken that browser's cookie as well is counted there.
  for (let at = 0; at < 5; at++) assert.equal((await signIn(client, email, WRONG)).status, 401)
  assert.deepEqual(codeOf(await signIn(client, email)), [429, 'access.signIn.locked'])

  const fresh = server.client()
  await fresh.call('POST /reset', { email })
  const key = { email, code: await codeFor(email) }
  assert.deepEqual(codeOf(await fresh.call('POST /reset/password', { key, password: 'another long enough one' })), [200, 'enter'])
  assert.deepEqual(codeOf(await signIn(server.client(), email, 'another long enough one')), [200, 'enter'])
})

test('the count holds over two processes, and a second lock is twice as long', async () => {
  const { email } = await aPerson()
  for (let at = 0; at < 5; at++) await signIn((at % 2 ? other : server).client(), email, WRONG)
  const first = await signIn(other.client(), email)
  assert.deepEqual([first.status, first.body.params.minutes], [429, 15])

  // A quarter of an hour later.
  await pool.query(`update access_throttle set expire = 1 where key like 'account:%'`)
  for (let at = 0; at < 5; at++) assert.equal((await signIn(server.client(), email, WRONG)).status, 401)
  assert.equal((await signIn(server.client(), email)).body.params.minutes, 30)
})

test('a hundred guesses at once count as a hundred', async () => {
  const { email } = await aPerson()
  const answers = await Promise.all(Array.from({ length: 40 }, () => signIn(server.client(), email, WRONG)))
  assert.ok(answers.every((one) => [401, 429, 503].includes(one.status)))
  assert.equal((await signIn(server.client(), email)).status, 429)
})

test('an app: asked for after the password, its code works once, a trusted browser is not asked again', async () => {
  const { email, client } = await aPerson()
  const { secret } = await addApp(client)
  await letter(email, /passkey was added/)

  const fresh = server.client()
  const first = await signIn(fresh, email)
  assert.deepEqual([first.status, first.body], [200, { next: 'second', ways: ['totp', 'backup'] }])
  assert.equal(await isIn(fresh), false, 'the password alone opens nothing')
  assert.deepEqual((await fresh.call('GET /sign-in')).body.state, 'secondAsked')

  const code = appCode(secret)
  assert.deepEqual(codeOf(await fresh.call('POST /sign-in/second', { way: 'totp', code: '000000' })), [
    422,
    'access.signIn.wrongCode',
  ])
  assert.deepEqual(codeOf(await fresh.call('POST /sign-in/second', { way: 'totp', code, trust: true })), [200, 'enter'])
  assert.equal(await isIn(fresh), true)
  await letter(email, /browser that we did not know/)

  const again = server.client()
  await signIn(again, email)
  assert.equal((await again.call('POST /sign-in/second', { way: 'totp', code })).status, 422, 'the same code a second time')

  assert.deepEqual(codeOf(await signIn(fresh, email)), [200, 'enter'], 'trusted')
  await pool.query(`update access_browser set trusted_until = now() - interval '1 minute' where trusted_until is not null`)
  assert.deepEqual(codeOf(await signIn(fresh, email)), [200, 'second'], 'no longer')
})

test('[A3] five wrong codes lock the codes, and the password that is known clears nothing of that', async () => {
  const { email, client } = await aPerson()
  const { secret } = await addApp(client)
  const guess = (fresh: typeof client, code: string) => fresh.call('POST /sign-in/second', { way: 'totp', code })
  const first = server.client()
  for (let round = 0, wrong = 0; wrong < 5; round++) {
    const fresh = round === 0 ? first : server.client()
    assert.deepEqual(codeOf(await signIn(fresh, email)), [200, 'second'])
    for (let at = 0; at < 4 && wrong < 5; at++, wrong++) assert.equal((await guess(fresh, `00000${wrong}`)).status, 422)
  }
  const fresh = server.client()
  assert.deepEqual(codeOf(await signIn(fresh, email)), [200, 'second'], 'the password has a count of its own')
  assert.deepEqual(codeOf(await guess(fresh, appCode(secret))), [429, 'access.signIn.locked'])
  // Where they have been before, they are counted by themselves.
  assert.deepEqual(codeOf(await signIn(client, email)), [200, 'second'])
  assert.deepEqual(codeOf(await guess(client, appCode(secret))), [200, 'enter'])
})

test('[A4] a code is counted wherever it is judged: to prove it again, to add an app, to confirm an address', async () => {
  const { client } = await aPerson()
  await addApp(client)
  for (let at = 0; at < 5; at++)
    assert.equal((await client.call('POST /session/proof', { way: 'totp', code: `00000${at}` })).status, 422)
  assert.deepEqual(codeOf(await client.call('POST /session/proof', { way: 'totp', code: '000009' })), [
    429,
    'access.signIn.locked',
  ])
  // Another name for the browser begins no other count.
  for (let at = 0; at < 5; at++) {
    client.jar.set('__Host-duka-browser', `invented-${at}`)
    assert.equal((await client.call('POST /session/proof', { way: 'password', password: WRONG })).status, 422)
  }
  client.jar.set('__Host-duka-browser', 'invented-again')
  assert.equal((await client.call('POST /session/proof', { way: 'password', password: WRONG })).status, 429)
})

test('[A14] of forty guesses at once from forty addresses five are judged', async () => {
  const { email } = await aPerson()
  const { signIn: command } = await import('./sign-in.commands.ts')
  const { guest } = await import('#kit/server/door/context.ts')
  const guesses = Array.from({ length: 40 }, (_, at) =>
    command(world.ctx({ actor: guest, address: `10.0.0.${at}` } as never), { email, password: WRONG }).catch(
      (error: { code: string }) => error.code,
    ),
  )
  const answers = await Promise.all(guesses)
  assert.equal(answers.filter((one) => one === 'access.session.wrong').length, 5)
  assert.equal(answers.filter((one) => one === 'access.signIn.locked').length, 35)
})

test('[A14] guessing at the code of a reset leaves its link alone; a stranger elsewhere uses up nobody’s resets', async () => {
  const { email } = await aPerson()
  const fresh = server.client()
  await fresh.call('POST /reset', { email })
  const token = await tokenFor(email, 'reset', 1)
  const code = await codeFor(email)
  const wrong = code === '111111' ? '222222' : '111111'
  for (let at = 0; at < 6; at++)
    await fresh.call('POST /reset/password', { key: { email, code: wrong }, password: 'my next long secret' })
  const { askForReset } = await import('../reset/reset.commands.ts')
  const { guest } = await import('#kit/server/door/context.ts')
  for (let at = 0; at < 12; at++) await askForReset(world.ctx({ actor: guest, address: `10.9.0.${at}` } as never), { email })
  assert.equal((await fresh.call('POST /reset', { email })).status, 200, 'the owner may still ask')
  assert.equal((await fresh.call('POST /reset/password', { key: { token }, password: 'my next long secret' })).status, 200)
})

test('a backup code works once, however it is typed; of two at once one gets in; ten new ones end the old', async () => {
  const { email, client } = await aPerson()
  const { codes } = await addApp(client)
  assert.equal(codes.length, 10)
  assert.match(codes[3]!, /^3-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
  const begun = async () => {
    const one = server.client()
    await signIn(one, email)
    return one
  }
  const use = (one: Client, code: string) => one.call('POST /sign-in/second', { way: 'backup', code })
  const [a, b] = [await begun(), await begun()]
  const answers = await Promise.all([use(a, codes[0]!.toLowerCase().replaceAll('-', ' ')), use(b, codes[0]!)])
  assert.deepEqual(answers.map((one) => one.status).sort(), [200, 422])
  assert.equal((await use(await begun(), codes[0]!)).status, 422)
  assert.equal((await client.call('GET /profile/factors')).body.codesLeft, 9)

  const renewed = await client.call('POST /profile/factors/backup-codes')
  assert.equal((await use(await begun(), codes[1]!)).status, 422)
  assert.equal((await use(await begun(), renewed.body.backupCodes[1])).status, 200)
})

test('a role that needs a second proof sets one up on the way in, and can’t take the last one away', async () => {
  const { email, client } = await aPerson({ role: 'accountant' })
  await changeRole(owner, 'accountant', { secondFactor: true })
  try {
    const fresh = server.client()
    assert.deepEqual(codeOf(await signIn(fresh, email)), [200, 'enrolment'])
    assert.equal((await fresh.call('POST /sign-in/second', { way: 'totp', code: '123456' })).status, 410, 'no way around it')
    const { secret, qr } = (await fresh.call('POST /sign-in/enrolment')).body
    assert.match(qr, /^<svg/)
    assert.equal((await fresh.call('POST /sign-in/enrolment/confirmation', { code: '000000' })).status, 422)
    const done = await fresh.call('POST /sign-in/enrolment/confirmation', { code: appCode(secret) })
    assert.deepEqual([done.status, done.body.next, done.body.backupCodes.length], [200, 'enter', 10])
    assert.equal(await isIn(fresh), true)

    const { rows } = (await client.call('GET /profile/factors')).body
    assert.deepEqual(codeOf(await fresh.call(`DELETE /profile/factors/${rows[0].id}`)), [409, 'access.factor.needed'])
  } finally {
    await changeRole(owner, 'accountant', { secondFactor: false })
  }
})

test('seeds and codes are nowhere in the clear', async () => {
  const { client } = await aPerson()
  const { secret, codes } = await addApp(client)
  const plain = [secret, codes[0]!, codes[0]!.slice(2).replace('-', '')]
  const { rows } = await pool.query(
    `select 'factor' as at from access_factor f where f::text like any($1) union all
     select 'answer' from idempotency_key k where k::text like any($1) union all
     select 'trail' from audit_entry e where e::text like any($1) union all
     select 'change' from audit_change c where c::text like any($1) union all
     select 'code' from access_backup_code b where b::text like any($1)`,
    [plain.map((one) => `%${one}%`)],
  )
  assert.deepEqual(rows, [])
})

test('a person who lost their phone: an administrator resets with a reason, they are told, and are signed out', async () => {
  const { id, email, client } = await aPerson()
  await addApp(client)
  const reset = await owner.call(`POST /users/${id}/factors/reset`, { reason: 'Lost telephone' })
  assert.equal(reset.status, 200, JSON.stringify(reset.body))
  await letter(email, /Lost telephone/)
  assert.equal(await isIn(client), false)
  assert.deepEqual(codeOf(await signIn(server.client(), email)), [200, 'enter'])
  assert.deepEqual(codeOf(await owner.call(`POST /users/${world.owner}/factors/reset`, { reason: 'Me' })), [422, 'kit.invalid'])
  assert.deepEqual(codeOf(await owner.call(`POST /users/${world.owner}/factors/reset`, { reason: 'Myself' })), [
    409,
    'access.factor.notYours',
  ])
})

test('a password that must be changed is changed before anything else, and not to itself', async () => {
  const { id, email } = await aPerson()
  await db.updateTable('accessUser').set({ mustChangePassword: true }).where('id', '=', id).execute()
  const fresh = server.client()
  assert.deepEqual(codeOf(await signIn(fresh, email)), [200, 'password'])
  assert.equal(await isIn(fresh), false)
  assert.equal((await fresh.call('POST /sign-in/password', { password: PASSWORD })).status, 422)
  assert.equal((await fresh.call('POST /sign-in/password', { password: 'short' })).status, 422)
  assert.deepEqual(codeOf(await fresh.call('POST /sign-in/password', { password: 'a quite different secret' })), [200, 'enter'])
  assert.deepEqual(codeOf(await signIn(server.client(), email, 'a quite different secret')), [200, 'enter'])
})

test('a forgotten password: the link works once and ends all sessions; the answer tells nobody who works here', async () => {
  const { email, client } = await aPerson()
  const fresh = server.client()
  const [known, unknown] = [
    await fresh.call('POST /reset', { email }),
    await fresh.call('POST /reset', { email: 'no@example.com' }),
  ]
  assert.deepEqual([known.status, known.body], [unknown.status, unknown.body])

  const token = await tokenFor(email, 'reset')
  assert.equal((await fresh.call(`GET /reset/${token}`)).body.email, email)
  const key = { token }
  assert.deepEqual(codeOf(await fresh.call('POST /reset/password', { key, password: 'password123' })), [
    422,
    'access.session.common',
  ])
  assert.deepEqual(codeOf(await fresh.call('POST /reset/password', { key, password: 'my next long secret' })), [200, 'enter'])
  assert.equal(await isIn(client), false, 'signed out elsewhere')
  assert.equal(await isIn(fresh), true)
  assert.deepEqual(codeOf(await server.client().call('POST /reset/password', { key, password: 'one more long secret' })), [
    410,
    'access.reset.gone',
  ])
  assert.equal((await signIn(server.client(), email)).status, 401, 'the old password')
  assert.equal(mail.letters.filter((one) => one.to.includes('no@example.com')).length, 0)
})

test('the code of a reset has three tries; a reset skips no second proof; three letters an hour', async () => {
  const { email, client } = await aPerson()
  const { secret } = await addApp(client)
  const fresh = server.client()
  await fresh.call('POST /reset', { email })
  const code = await codeFor(email)
  const wrong = code === '111111' ? '222222' : '111111'
  const attempt = (given: string) =>
    fresh.call('POST /reset/password', { key: { email, code: given }, password: 'my next long secret' })
  for (let at = 0; at < 3; at++) assert.equal((await attempt(wrong)).status, 410)
  assert.equal((await attempt(code)).status, 410, 'after three wrong ones the right one is worth nothing')

  await fresh.call('POST /reset', { email })
  const token = await tokenFor(email, 'reset', 2)
  const next = await fresh.call('POST /reset/password', { key: { token }, password: 'my next long secret' })
  assert.deepEqual(codeOf(next), [200, 'second'])
  assert.equal(await isIn(fresh), false)
  assert.deepEqual(codeOf(await fresh.call('POST /sign-in/second', { way: 'totp', code: appCode(secret) })), [200, 'enter'])

  assert.equal((await fresh.call('POST /reset', { email })).status, 200)
  assert.deepEqual(codeOf(await fresh.call('POST /reset', { email })), [429, 'kit.tooMany'])
})

test('a code by e-mail in place of the password, where the company wants it; for nobody it looks the same', async () => {
  const { email } = await aPerson()
  assert.equal((await server.client().call('POST /sign-in/code', { email })).status, 404)
  await security({ emailCode: 'instead' })
  try {
    const [one, none] = [server.client(), server.client()]
    const answers = [
      await one.call('POST /sign-in/code', { email }),
      await none.call('POST /sign-in/code', { email: 'no@example.com' }),
    ]
    assert.deepEqual(answers[0]!.body, answers[1]!.body)
    assert.deepEqual(codeOf(await none.call('POST /sign-in/code/answer', { code: '123456' })), [422, 'access.signIn.wrongCode'])
    const code = await codeFor(email)
    assert.equal(
      (await server.client().call('POST /sign-in/code/answer', { code })).status,
      410,
      'only in the browser that asked',
    )
    assert.deepEqual(codeOf(await one.call('POST /sign-in/code/answer', { code })), [200, 'enter'])
    assert.equal((await one.call('POST /sign-in/code/answer', { code })).status, 410, 'once')
  } finally {
    await security({ emailCode: 'off' })
  }
})

test('a code besides the password, once a day has passed since the last one', async () => {
  const { id, email } = await aPerson()
  await security({ emailCode: 'besides' })
  try {
    const fresh = server.client()
    assert.deepEqual(codeOf(await signIn(fresh, email)), [200, 'enter'], 'within a day')
    await pool.query(`update access_user set last_password_at = now() - interval '25 hours' where id = $1`, [id])
    const asked = await signIn(fresh, email)
    assert.deepEqual(asked.body, { next: 'second', ways: ['emailCode'] })
    await fresh.call('POST /sign-in/second/mail')
    const code = await codeFor(email)
    assert.deepEqual(codeOf(await fresh.call('POST /sign-in/second', { way: 'emailCode', code })), [200, 'enter'])
  } finally {
    await security({ emailCode: 'off' })
  }
})

test('a session of before a sign-in is worth nothing after it, and a made-up one never was', async () => {
  const { email, client } = await aPerson()
  const before = client.cookie
  await signIn(client, email)
  assert.notEqual(client.cookie, before)
  assert.equal(await isIn(server.client(before)), false)
  const planted = server.client('planted-by-somebody-else')
  await signIn(planted, email)
  assert.notEqual(planted.cookie, 'planted-by-somebody-else')
  assert.equal(await isIn(server.client('planted-by-somebody-else')), false)
})

test('a risky act asks again after ten minutes; the proof changes the token; a wrong one proves nothing', async () => {
  const { id } = await aPerson()
  const boss = server.client()
  await signIn(boss, 'amina@example.com', 'correct horse battery')
  const act = () => boss.call(`POST /users/${id}/roles`, { roles: [{ role: 'stockKeeper', place: null }] })
  await pool.query(`update access_session set proven_at = now() - interval '11 minutes' where token_hash = $1`, [
    tokenHash(boss.cookie),
  ])
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  assert.deepEqual(codeOf(await act()), [403, 'kit.proveAgain'])
  assert.equal((await boss.call('POST /session/proof', { way: 'password', password: WRONG })).status, 422)
  assert.equal((await act()).status, 403)
  const before = boss.cookie
  assert.equal((await boss.call('POST /session/proof', { way: 'password', password: 'correct horse battery' })).status, 200)
  assert.notEqual(boss.cookie, before)
  assert.equal(await isIn(server.client(before)), false)
  assert.equal((await act()).status, 201)
})

test('a locked device does nothing until the PIN, which is counted; its session lives on', async () => {
  const { client } = await aPerson({ role: 'cashier', place: world.place })
  assert.deepEqual(codeOf(await client.call('POST /session/lock')), [409, 'access.session.noPin'])
  await client.call('POST /profile/pin', { current: PASSWORD, pin: '2846' })
  assert.equal((await client.call('POST /session/lock')).status, 200)

  assert.deepEqual(codeOf(await client.call('GET /pos/sales')), [423, 'kit.locked'])
  const facts = (await client.call('GET /session')).body
  assert.deepEqual([facts.user, facts.locked], [null, { name: 'Somebody New' }])
  assert.deepEqual(codeOf(await client.call('DELETE /session/lock', { pin: '1111' })), [403, 'access.session.wrongPin'])
  assert.equal((await client.call('DELETE /session/lock', { pin: '2846' })).status, 200)
  assert.equal((await client.call('GET /pos/sales')).status, 200)

  await client.call('POST /session/lock')
  for (let at = 0; at < 5; at++) await client.call('DELETE /session/lock', { pin: '1111' })
  assert.deepEqual(codeOf(await client.call('DELETE /session/lock', { pin: '2846' })), [429, 'access.session.pinLocked'])
})

test('a screen that listens goes dark with the lock, and with the next person at its device, before the next beat', async () => {
  const { client } = await aPerson({ role: 'cashier', place: world.place })
  await client.call('POST /profile/pin', { current: PASSWORD, pin: '2846' })
  const { user } = (await client.call('GET /session')).body
  const listen = async (one: Client) => {
    const { body } = await fetch(`${server.base}/api/live`, { headers: { cookie: `__Host-duka=${one.cookie}` } })
    return {
      async end() {
        for await (const _ of body!) void _
      },
    }
  }
  const started = performance.now()
  const dark = await listen(client)
  await client.call('POST /session/lock')
  await dark.end()
  await client.call('DELETE /session/lock', { pin: '2846' })
  const gone = await listen(client)
  assert.equal((await client.call('POST /session/user', { person: user.id, pin: '2846' })).status, 200)
  await gone.end()
  assert.ok(performance.now() - started < 15_000, 'before the next heartbeat')
})

test('how long a session lives follows the roles, the strictest of them; an idle one is over', async () => {
  await changeRole(owner, 'manager', { hours: 9, idleMinutes: 30 })
  const { id, client } = await aPerson({ role: 'cashier' }, { role: 'manager' })
  const row = await db.selectFrom('accessSession').selectAll().where('holder', '=', id).executeTakeFirstOrThrow()
  assert.equal(Math.round(row.expiresAt.since(row.createdAt).total('hours')), 9)
  assert.deepEqual([row.idleMinutes, row.lockMinutes], [30, 5])
  assert.deepEqual((await client.call('GET /session')).body.life, { idleMinutes: 30, lockMinutes: 5 })
  await pool.query(`update access_session set seen_at = now() - interval '31 minutes' where holder = $1`, [id])
  await new Promise((resolve) => setTimeout(resolve, 2_100))
  assert.equal(await isIn(client), false)
})

test('whoever is disabled is cut off at once on screens that are open, in every process', async () => {
  const { id, client } = await aPerson()
  const streams = await Promise.all(
    [server, other].map((one) => fetch(`${one.base}/api/live`, { headers: { cookie: `__Host-duka=${client.cookie}` } })),
  )
  const ended = streams.map(async (stream) => {
    for await (const _ of stream.body!) void _
    return 'ended'
  })
  const started = performance.now()
  assert.equal((await owner.call(`POST /users/${id}/disable`)).status, 200)
  assert.deepEqual(await Promise.all(ended), ['ended', 'ended'])
  assert.ok(performance.now() - started < 15_000, 'before the next heartbeat')
})

test('a hash of earlier costs is made anew by the next right password', async () => {
  const { id, email } = await aPerson()
  const { argon2Sync } = await import('node:crypto')
  const nonce = Buffer.alloc(16, 3)
  const tag = argon2Sync('argon2id', {
    message: Buffer.from(PASSWORD),
    nonce,
    memory: 8192,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  })
  const dated = `$argon2id$v=19$m=8192,t=1,p=1$${nonce.toString('base64')}$${tag.toString('base64')}`
  await db.updateTable('accessUser').set({ passwordHash: dated }).where('id', '=', id).execute()
  assert.deepEqual(codeOf(await signIn(server.client(), email)), [200, 'enter'])
  const { passwordHash } = await db.selectFrom('accessUser').select('passwordHash').where('id', '=', id).executeTakeFirstOrThrow()
  assert.match(passwordHash!, /m=19456,t=2,p=1/)
  assert.deepEqual(codeOf(await signIn(server.client(), email)), [200, 'enter'])
  assert.ok((await hashSecret('x')).startsWith('$argon2id$v=19$m=19456,t=2,p=1$'))
})

test('sign-ins, failures and wrong codes are noted, without what was typed', async () => {
  await flushActivity(server.database)
  const { rows } = await pool.query<{ kind: string; n: number }>('select kind, count(*)::int as n from activity group by 1')
  const kinds = new Map(rows.map((row) => [row.kind, row.n]))
  for (const kind of ['access.signedIn', 'access.signInFailed', 'access.wrongCode', 'access.wrongPin', 'access.wrongPassword'])
    assert.ok((kinds.get(kind) ?? 0) > 0, kind)
  const { rows: told } = await pool.query('select 1 from activity a where a::text like any($1)', [
    [`%${WRONG}%`, `%${PASSWORD}%`],
  ])
  assert.deepEqual(told, [])
})

test('five attempts a minute from one address, then it waits; right ones don’t count', async () => {
  const { email } = await aPerson()
  await security({ attemptsPerMinute: 5 })
  await pool.query(`delete from access_throttle where key like 'address:%'`)
  for (let at = 0; at < 8; at++) assert.deepEqual(codeOf(await signIn(server.client(), email)), [200, 'enter'])
  const statuses = []
  for (let at = 0; at < 7; at++) statuses.push((await signIn(server.client(), `guess${at}@example.com`, WRONG)).status)
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429])
})
