import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { simulate } from '#modules/comms/sms/sms.simulator.ts'
import { onEnd } from '#test/end.ts'
import { aCompany } from '#test/harness.ts'
import { aServer, until, type Client } from '#test/server.ts'
import { aMailbox, codeOf } from '../sign-in/sign-in.factory.ts'
import { accept, anInvitation, PASSWORD } from '../user/user.factory.ts'

const world = await aCompany()
const { letter, codeFor, tokenFor, settings } = await aMailbox()
const sms = await simulate()
onEnd(sms.stop)
const { texts } = sms
const server = await aServer(world.url, { environment: { ...settings.environment, ...sms.environment } })
const owner = server.client(world.cookie)
await owner.call('POST /security', { attemptsPerMinute: 1000 })

let people = 0
async function aPerson(): Promise<{ id: string; email: string; client: Client }> {
  const email = `profile${++people}@example.com`
  const client = server.client()
  const { body } = await accept(client, await anInvitation(owner, email, [{ role: 'cashier' }]))
  return { id: body.user, email, client }
}
const me = async (client: Client) => (await client.call('GET /session')).body.user
const textTo = async (number: string) => {
  const found = await until(
    async () => texts.find((one) => one.to === number),
    (one) => one !== undefined,
  )
  return /\d{6}/.exec(found!.message)![0]
}
const wrong = (code: string) => (code === '111111' ? '222222' : '111111')

test('a picture of at most 5 MB, cut about a point of one’s own choosing, for colleagues and for nobody else', async () => {
  const { client } = await aPerson()
  assert.equal((await client.call('POST /profile/photo/focus', { x: 10, y: 10 })).status, 404)
  const photo = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#a74' } })
    .jpeg()
    .toBuffer()
  const sent = await client.upload('/profile/photo', 'me.jpg', photo)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  assert.equal((await client.call('POST /profile/photo/focus', { x: 70, y: 101 })).status, 422)
  assert.equal((await client.call('POST /profile/photo/focus', { x: 70, y: 20 })).status, 200)
  const { photo: id, photoX, photoY } = await me(client)
  assert.deepEqual([id, photoX, photoY], [sent.body.photo, 70, 20])
  const status = async (cookie: string) =>
    (await fetch(`${server.base}/api/files/${id}?size=thumb`, { headers: { cookie: `__Host-duka=${cookie}` } })).status
  assert.deepEqual([await status(world.cookie), await status('')], [200, 401])
  const large = await client.upload('/profile/photo', 'large.jpg', Buffer.concat([photo, Buffer.alloc(5 * 1024 * 1024)]))
  assert.deepEqual(codeOf(large), [413, 'kit.image.tooBig'])
  assert.equal((await me(client)).photo, id, 'a refusal changes nothing')
  assert.equal((await client.call('DELETE /profile/photo')).status, 200)
  assert.equal(await status(world.cookie), 404)
})

test('several telephones, written as people write them; what is none is refused', async () => {
  const { client, email } = await aPerson()
  const save = (phones: string[]) => client.call('POST /profile', { name: 'Asha', locale: 'en', phones })
  assert.equal((await save(['0712 345 678', '+971 50 123 4567'])).status, 200)
  assert.deepEqual((await me(client)).phones, ['+254712345678', '+971501234567'])
  assert.deepEqual(codeOf(await save(['12'])), [422, 'parties.party.badPhone'])
  assert.equal((await client.call('POST /profile', { name: 'Asha B', locale: 'en' })).status, 200)
  assert.deepEqual((await me(client)).phones, ['+254712345678', '+971501234567'], 'left out, they stay')
  const found = (await owner.call('GET /users', { q: '0712345678' })).body.rows
  assert.deepEqual(
    found.map((row: { email: string }) => row.email),
    [email],
  )
})

test('another e-mail counts once its code has come back; the old address is told, and the old one opens nothing', async () => {
  const { client, email } = await aPerson()
  const next = `moved-${email}`
  assert.equal((await client.call('POST /profile/email', { email: next })).status, 200)
  const code = await codeFor(next)
  assert.deepEqual(codeOf(await client.call('POST /profile/email/confirmation', { code: wrong(code) })), [
    422,
    'access.profile.wrongCode',
  ])
  assert.equal((await me(client)).email, email)
  assert.equal((await client.call('POST /profile/email/confirmation', { code })).status, 200)
  assert.equal((await me(client)).email, next)
  await letter(email, /your account now uses m•••@example\.com/)
  const signIn = (address: string) => server.client().call('POST /sign-in', { email: address, password: PASSWORD })
  assert.deepEqual([(await signIn(email)).status, (await signIn(next)).status], [401, 200])
  assert.deepEqual(
    codeOf(await client.call('POST /profile/email/confirmation', { code })),
    [422, 'access.profile.wrongCode'],
    'once',
  )
})

test('three wrong codes, and the right one is worth nothing; a taken address gets the same answer and no code', async () => {
  const { client, email } = await aPerson()
  await client.call('POST /profile/email', { email: `third-${email}` })
  const code = await codeFor(`third-${email}`)
  for (let at = 0; at < 3; at++) await client.call('POST /profile/email/confirmation', { code: wrong(code) })
  assert.deepEqual(codeOf(await client.call('POST /profile/email/confirmation', { code })), [422, 'access.profile.wrongCode'])
  const taken = await client.call('POST /profile/email', { email: 'amina@example.com' })
  assert.deepEqual([taken.status, taken.body], [200, { to: 'a•••@example.com' }])
  // Nothing tells that no code came: what was proposed before is over either way.
  await client.call('POST /profile/email', { email: `fourth-${email}` })
  const fourth = await codeFor(`fourth-${email}`)
  await client.call('POST /profile/email', { email: 'amina@example.com' })
  assert.deepEqual(codeOf(await client.call('POST /profile/email/confirmation', { code: fourth })), [
    422,
    'access.profile.wrongCode',
  ])
})

test('who has the old mailbox gets in by nothing that went there', async () => {
  const { client, email } = await aPerson()
  const other = server.client()
  await other.call('POST /sign-in', { email, password: PASSWORD })
  await server.client().call('POST /reset', { email })
  const token = await tokenFor(email, 'reset')
  await client.call('POST /profile/email', { email: `safe-${email}` })
  assert.equal((await client.call('POST /profile/email/confirmation', { code: await codeFor(`safe-${email}`) })).status, 200)
  assert.equal((await server.client().call(`GET /reset/${token}`)).status, 410)
  assert.equal(await me(other), null, 'other sessions are over')
  assert.notEqual(await me(client), null)
})

test('a code by SMS goes to the number that was confirmed, and to no other; without one it goes by e-mail', async () => {
  const { client, email } = await aPerson()
  await client.call('POST /profile', { name: 'Asha', locale: 'en', phones: ['+254711222333'] })
  assert.deepEqual(codeOf(await client.call('POST /profile/code-phone', { phone: '+254799999999' })), [
    422,
    'access.profile.notYours',
  ])
  const asked = await client.call('POST /profile/code-phone', { phone: '+254711222333' })
  assert.deepEqual([asked.status, asked.body.to], [200, '•••• 2333'])
  const confirm = await client.call('POST /profile/code-phone/confirmation', { code: await textTo('+254711222333') })
  assert.equal(confirm.status, 200, JSON.stringify(confirm.body))
  assert.equal((await me(client)).codePhone, '+254711222333')

  await owner.call('POST /security', { emailCode: 'besides', codeBy: 'sms' })
  await world.database.pool.query('update access_user set last_password_at = null')
  texts.length = 0
  const fresh = server.client()
  const first = await fresh.call('POST /sign-in', { email, password: PASSWORD })
  assert.deepEqual(first.body, { next: 'second', ways: ['emailCode'] })
  const sent = await fresh.call('POST /sign-in/second/mail')
  assert.equal(sent.body.to, '•••• 2333')
  const code = await textTo('+254711222333')
  assert.deepEqual(codeOf(await fresh.call('POST /sign-in/second', { way: 'emailCode', code })), [200, 'enter'])

  const other = await aPerson()
  await world.database.pool.query('update access_user set last_password_at = null')
  const plain = server.client()
  await plain.call('POST /sign-in', { email: other.email, password: PASSWORD })
  assert.match((await plain.call('POST /sign-in/second/mail')).body.to, /@example\.com$/)
  await owner.call('POST /security', { emailCode: 'off', codeBy: 'mail' })
  // A number that is taken away gets no codes.
  await client.call('POST /profile', { name: 'Asha', locale: 'en', phones: [] })
  assert.equal((await me(client)).codePhone, null)
})

test('whoever changes somebody else’s record says why, and the person reads it', async () => {
  const { id, client } = await aPerson()
  const change = (body: object) => owner.call(`PATCH /users/${id}`, body, { 'if-match': '"1"' })
  assert.deepEqual(codeOf(await change({ name: 'Asha Omar' })), [422, 'kit.sayWhy'])
  assert.equal((await change({ name: 'Asha Omar', because: 'Married; asked by herself' })).status, 200)
  await owner.call(`POST /users/${id}/roles`, {
    roles: [{ role: 'stockKeeper', place: world.place }],
    reason: 'Moved to the store',
  })
  const back = server.client()
  await back.call('POST /sign-in', { email: (await owner.call(`GET /users/${id}`)).body.row.email, password: PASSWORD })
  const { rows } = (await back.call('GET /profile/history')).body
  assert.deepEqual(
    rows.slice(0, 2).map((row: { by: string; reason: string }) => [row.by, row.reason]),
    [
      ['Amina Owner', 'Moved to the store'],
      ['Amina Owner', 'Married; asked by herself'],
    ],
  )
  assert.equal(await me(client), null, 'their sessions ended with their roles')
})
